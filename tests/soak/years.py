"""Compares what the real bot said in a world with what the contract promises: every message and every summary, to the minute."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.store.database import Database
from bot.survey.study import Study, study_from
from tests.fieldwork.office import CONFIG
from tests.soak.contract import Said, expected
from tests.soak.contract_office import Days, expected_summaries
from tests.soak.heard import heard, heard_summaries
from tests.soak.living import life_of, rounds_of
from tests.soak.world import World

# What the office decided late: bridging days off, and a Saturday of work for one of them.
OFFICE_DAYS = Days(
    frozenset({date(2027, 1, 15), date(2027, 2, 4), date(2027, 10, 11), date(2028, 5, 8)}),
    frozenset({date(2027, 1, 16), date(2027, 3, 8), date(2028, 5, 9)}),
)


@dataclass(frozen=True, slots=True)
class Compared:
    differences: list[str]
    said: Counter[str]  # kind of round and words
    summaries: int
    ticks: int


async def compared(world: World, database_url: str) -> Compared:
    async with (
        await Database.open(database_url) as database,
        life_of(world, study_with(OFFICE_DAYS), database) as life,
    ):
        await life.through()
        said = heard(life.bench, await database.run(rounds_of))
        summaries = heard_summaries(life.bench)
        promised = expected(world, OFFICE_DAYS)
        differences = [
            *_apart(promised, said),
            *_apart(expected_summaries(world), summaries),
        ]
        counted = Counter(f"{one.kind} {one.words}" for one in said)
        return Compared(differences, counted, len(summaries), life.ticks)


def study_with(days: Days) -> Study:
    """As the office would write it into its study file."""
    settings = tomllib.loads((CONFIG / "study.toml").read_text("utf-8"))
    for name in ("extra_holidays", "extra_working_days"):
        settings["hours"][name] = [day.isoformat() for day in getattr(days, name)]
    return replace(study_from(settings), double_tap_seconds=0.0)


def _apart(promised: list[Said] | list[tuple], heard: list[Said] | list[tuple]) -> Iterator[str]:
    first, second = Counter(promised), Counter(heard)
    yield from (f"promised and not heard: {one}" for one in sorted((first - second).elements()))
    yield from (f"heard and not promised: {one}" for one in sorted((second - first).elements()))
