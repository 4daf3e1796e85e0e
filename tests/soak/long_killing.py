"""The killing test in its full length, by `make soak`: 500 deaths on SQLite, 100 on PostgreSQL, and where they were."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.driven_bot_points import POINTS
from tests.soak.killing import killed

A_TOWN = 16  # deaths in one week of one town, if it lasts so long
WANTED = {"sqlite": 500, "postgresql": 100}
TOWNS = {"sqlite": 36, "postgresql": 9}
LEAST_NAMED = 1 / 3

Histogram = Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def histogram() -> Iterator[Histogram]:
    counted: Histogram = Counter()
    yield counted
    total = counted.total()
    for (store, where), number in sorted(counted.items()):
        sys.stdout.write(f"{number:5} {number / total:6.1%}  {store:10} {where}\n")
    named = sum(number for (_, where), number in counted.items() if where in POINTS)
    sys.stdout.write(f"{total:5} deaths, {named / total:.0%} of them at named points\n")
    assert named >= LEAST_NAMED * total
    for store in {store for store, _ in counted}:
        deaths = sum(number for (one, _), number in counted.items() if one == store)
        assert deaths >= WANTED[store], f"only {deaths} deaths on {store}"


async def one_town(folder: Path, url: str, seed: int, histogram: Histogram) -> None:
    deaths, wrong = await killed(folder, url, size=50, pace=0.5, kills=A_TOWN, seed=seed)
    for where, number in deaths.at.items():
        histogram[url.partition(":")[0].partition("+")[0], where] += number
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("seed", range(TOWNS["sqlite"]))
async def test_five_hundred_deaths_on_sqlite(
    tmp_path: Path, sqlite_url: str, seed: int, histogram: Histogram
):
    await one_town(tmp_path, sqlite_url, seed, histogram)


@pytest.mark.parametrize("seed", range(TOWNS["postgresql"]))
async def test_a_hundred_deaths_on_postgresql(
    tmp_path: Path, postgresql_url: str, seed: int, histogram: Histogram
):
    await one_town(tmp_path, postgresql_url, 1000 + seed, histogram)
