"""The races in their full length, by `make soak`: a thousand seeded rounds each."""

import sys

import pytest

from tests.soak.racing import UPDATES_AT_ONCE, Race, replicas_claim

PARTS, TIMES = 10, 100


@pytest.mark.parametrize("seed", range(PARTS))
@pytest.mark.parametrize("race", UPDATES_AT_ONCE)
async def test_a_thousand_times_at_once(database_url: str, race: Race, seed: int):
    assert await race(database_url, seed=seed, times=TIMES) == []
    sys.stdout.write(f"{TIMES} times {race.__name__} on {database_url.partition(':')[0]}\n")


@pytest.mark.parametrize("seed", range(PARTS))
async def test_a_thousand_times_four_replicas_take_two_thousand_due_rows(
    postgresql_url: str, seed: int
):
    assert await replicas_claim(postgresql_url, seed=seed, times=TIMES) == []
    sys.stdout.write(f"{TIMES} times four replicas took 2,000 rows\n")
