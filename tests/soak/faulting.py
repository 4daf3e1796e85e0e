"""Lets a tenth of all calls go wrong in every way there is, and every tenth update come twice, while the town lives through its week.

What is stored in the end must be what it is when nothing goes wrong.
"""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from bot.simulator.fault_plan import CALL_KINDS, evenly
from tests.soak.bot_lives import bot_lives
from tests.soak.killing import until_closed
from tests.soak.town import town
from tests.soak.verdict import Stored, read, wrong_in_the_end

SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Week:
    stored: dict[int, Stored]
    wrong: list[str]
    calls: int
    faults: dict[str, int]

    def kinds(self) -> set[str]:
        """Of calls that went wrong."""
        return set(self.faults) & set(CALL_KINDS)


async def week(
    folder: Path, database_url: str, *, size: int, pace: float, seed: int | None, first: int = 0
) -> Week:
    """`seed` None: nothing goes wrong."""
    plan = None
    if seed is not None:
        plan = replace(evenly(SHARE, seed), retry_after=(1, 1), slow_ms=(50, 300), html=0.5)
    async with (
        town(folder, database_url, size=size, pace=pace, faults=plan, first=first) as at,
        bot_lives(at.settings, folder / "log") as lives,
    ):
        await lives.begin()
        await at.live_through()
        await until_closed(at)
        await asyncio.sleep(0)
        books = at.bench.books
        return Week(read(at), wrong_in_the_end(at), len(books.calls), dict(at.bench.faults.done))
