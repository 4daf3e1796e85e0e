"""When a tick comes: every minute by APScheduler, or at the moments that a followed clock announces.

The metronome remembers nothing: due times are columns. A late tick still comes, several late ones are one, and never two
at the same time.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import ticker
from bot.analysis import Analyst
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.receiving import Receiver
from bot.clock import FollowedClock
from bot.fieldwork import contacting, life
from bot.follow import Follower, following

TICK_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Metronome:
    desk: Desk
    outbox: Outbox
    receiver: Receiver
    analyst: Analyst

    async def tick(self, now: datetime) -> None:
        await ticker.tick(self.desk, self.outbox, self.analyst, now)
        await self.desk.run(life.go_on, now)

    async def tick_now(self) -> None:
        await self.tick(self.desk.clock.now())

    async def next_due(self, now: datetime) -> datetime | None:
        return await self.desk.run(contacting.next_due, self.desk.study, now)

    async def quiet(self) -> None:
        while self.receiver.busy or self.outbox.busy:
            await self.receiver.quiet()
            await self.outbox.quiet()


@asynccontextmanager
async def ticking(metronome: Metronome, clock_url: str) -> AsyncIterator[None]:
    clock = metronome.desk.clock
    if isinstance(clock, FollowedClock):
        follower = Follower(clock, metronome.tick, metronome.next_due, metronome.quiet)
        async with following(clock_url, follower):
            yield
        return
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        metronome.tick_now,
        "interval",
        seconds=TICK_SECONDS,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
        next_run_time=clock.now(),
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
