"""When a tick comes: every minute by APScheduler, or at the moments that a followed clock announces.

The metronome remembers nothing: due times are columns. A late tick still comes, several late ones are one, and never two
at the same time.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
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

LOG = logging.getLogger(__name__)
TICK_SECONDS = 60
LAST_TICK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Metronome:
    desk: Desk
    outbox: Outbox
    receiver: Receiver
    analyst: Analyst

    async def tick(self, now: datetime) -> None:
        await ticker.tick(self.desk, self.outbox, self.analyst, now)
        await self.desk.run(life.go_on, now)

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
    async with scheduled(lambda: metronome.tick(clock.now()), clock.now()):
        yield


@asynccontextmanager
async def scheduled(tick: Callable[[], Awaitable[None]], first: datetime) -> AsyncIterator[None]:
    """One tick a minute from `first` on. At the end the tick in hand may finish; one that takes longer is dropped quietly."""
    idle = asyncio.Event()
    idle.set()

    async def in_hand() -> None:
        idle.clear()
        try:
            await tick()
        except asyncio.CancelledError:  # by the shutdown below; the scheduler would log a traceback
            LOG.warning("the tick in hand was not finished; what it did not do stays due")
        finally:
            idle.set()

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        in_hand, "interval", seconds=TICK_SECONDS, next_run_time=first,
        max_instances=1, coalesce=True, misfire_grace_time=None,
    )  # fmt: skip
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        with suppress(TimeoutError):
            await asyncio.wait_for(idle.wait(), LAST_TICK_SECONDS)
        scheduler.shutdown(wait=False)
        await idle.wait()
