"""The ticker on a real database and a Bot API server over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot import ticker
from bot.analysis import Analyst
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.clock import Clock
from bot.fieldwork.staff import Named
from bot.store.database import Database
from tests.chat.scripted_telegram import (
    UNHURRIED,
    Refusal,
    ScriptedTelegram,
    bot_of,
    scripted_telegram,
)
from tests.chat.staff_desk import desk_on
from tests.fieldwork.office import (
    CONFIG,
    wib,
)

CLASS_DAY = wib("2026-10-16 08:00")
SUMMARY_DAY = wib("2026-10-19 08:00")
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - another task's state
            await asyncio.sleep(0.005)


@dataclass
class Bench:
    tick: Callable[[datetime], "asyncio.Future[ticker.Counts]"]
    clock: Clock
    telegram: ScriptedTelegram
    turns: Lanes
    database: Database


@asynccontextmanager
async def bench(
    database: Database,
    admins: frozenset[int] = frozenset(),
    patience: float = UNHURRIED,
    analyst: Analyst | None = None,
) -> AsyncIterator[Bench]:
    """The ticker on a real database and a Bot API server over HTTP."""

    async def nothing(*_: int) -> None:
        pass

    async with scripted_telegram() as telegram, bot_of(telegram, patience) as bot:
        turns = Lanes()
        outbox = Outbox(bot, Hooks(nothing, nothing), turns)
        counting = analyst or Analyst(CONFIG / "study.toml", CONFIG / "texts", database)
        desk = replace(desk_on(database), named=Named(admins))

        async def tick(now: datetime) -> ticker.Counts:
            return await ticker.tick(desk, outbox, counting, now)

        yield Bench(tick, desk.clock, telegram, turns, database)
