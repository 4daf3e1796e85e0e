"""When a tick comes: every minute by APScheduler, or at the moments that a followed clock announces.

The metronome remembers nothing: due times are columns. A late tick still comes, several late ones are one, and never two
at the same time. Jobs that somebody asked for in a chat wait for no tick: the desk's bell has them done at once.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import ticker
from bot.alone import Place
from bot.analysis import Analyst
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.taking import Source
from bot.clock import FollowedClock, SystemClock
from bot.erasing import Keeper
from bot.errors import BotError
from bot.fieldwork import contacting, life, requests, retention
from bot.follow import Follower, following
from bot.live_cards import LiveCards
from bot.meanwhile import signs_meanwhile
from bot.recorder import Recorder
from bot.reminding_office import OfficeReminder

LOG = logging.getLogger(__name__)
TICK_SECONDS = 60
FAR_OFF = 2 * TICK_SECONDS
LAST_TICK_SECONDS = 0.7


def _set() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


@dataclass(frozen=True, slots=True)
class Metronome:
    desk: Desk
    outbox: Outbox
    receiver: Source
    analyst: Analyst
    place: Place
    keeper: Keeper
    recorder: Recorder
    jobs_done: asyncio.Event = field(default_factory=_set)

    async def tick(self, now: datetime) -> bool:
        """Whether it was cut short: then the next one is due at once."""
        if not await self.place.is_mine():
            return False  # another replica ticks; this one stands by
        async with alive_meanwhile(self.desk):
            counts = await ticker.tick(self.desk, self.outbox, self.analyst, now)
        await self.desk.run(life.go_on, now)
        await self.unname(now)
        await self.settle_erasures(now)
        await self.remind_office(now)
        self.recorder.bell.set()
        self.desk.class_changed.set()  # the end of a class changes its card too
        return bool(counts.cut_short)

    async def next_due(self, now: datetime) -> datetime | None:
        due = await self.desk.run(contacting.next_due, self.desk.study, now)
        asked = await self.desk.run(requests.next_due)
        return min((one for one in (due, asked) if one is not None), default=None)

    async def do_jobs(self) -> None:
        """Until cancelled: whenever the bell was rung."""
        while True:
            await self.desk.job_asked.wait()
            self.jobs_done.clear()
            self.desk.job_asked.clear()
            now = self.desk.clock.now()
            try:
                await self.settle_erasures(now)
                await ticker.do_jobs(self.desk, self.outbox, self.analyst, now)
            finally:
                self.jobs_done.set()

    async def unname(self, now: datetime) -> None:
        """What the notice promises after so many months; a few people a transaction."""
        try:
            while await self.desk.run(
                retention.unname_some, self.desk.study, self.desk.secret, now
            ):
                pass
            await self.desk.run(retention.drop_recordings, self.desk.secret, now)
        except BotError:
            LOG.exception("old answers still have names")

    async def settle_erasures(self, now: datetime) -> None:
        """What fails is logged and tried again at the next tick."""
        try:
            await self.keeper.settle(now)
        except BotError:
            LOG.exception("an erasure is not settled yet")

    async def remind_office(self, now: datetime) -> None:
        try:
            await OfficeReminder(self.desk, self.outbox).tell(now)
        except BotError:
            LOG.exception("the administrators were not told of a request")

    async def quiet(self) -> None:
        while self._busy:
            await self.receiver.quiet()
            await self.jobs_done.wait()
            await self.outbox.quiet()

    @property
    def _busy(self) -> bool:
        jobs = self.desk.job_asked.is_set() or not self.jobs_done.is_set()
        return self.receiver.busy or self.outbox.busy or jobs


@asynccontextmanager
async def alive_meanwhile(desk: Desk) -> AsyncIterator[None]:
    """Signs of life while something long is done, or whoever watches would take a report for a bot that hangs, and end it."""
    async with signs_meanwhile(lambda: desk.run(life.go_on, desk.clock.now())):
        yield


@asynccontextmanager
async def ticking(metronome: Metronome, clock_url: str) -> AsyncIterator[None]:
    jobs = asyncio.create_task(metronome.do_jobs(), name="jobs")
    live = LiveCards(metronome.desk, metronome.outbox)
    cards = asyncio.create_task(live.keep(), name="live cards")
    voices = asyncio.create_task(metronome.recorder.keep(), name="voices")
    try:
        async with _ticks(metronome, clock_url):
            yield
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(metronome.jobs_done.wait(), LAST_TICK_SECONDS)
        for task in (jobs, cards, voices):
            task.cancel()
        await asyncio.gather(jobs, cards, voices, return_exceptions=True)


@asynccontextmanager
async def _ticks(metronome: Metronome, clock_url: str) -> AsyncIterator[None]:
    clock = metronome.desk.clock
    if isinstance(clock, FollowedClock):
        follower = Follower(clock, metronome.tick, metronome.next_due, metronome.quiet)
        async with following(clock_url, follower):
            yield
        return
    async with scheduled(lambda: metronome.tick(clock.now()), clock.now()):
        yield


@asynccontextmanager
async def scheduled(tick: Callable[[], Awaitable[bool]], first: datetime) -> AsyncIterator[None]:
    """One tick a minute from `first` on, and at once after one that was cut short.

    At the end the tick in hand may finish; one that takes longer is dropped quietly.
    """
    idle, stopping = asyncio.Event(), asyncio.Event()
    idle.set()

    async def in_hand() -> None:
        idle.clear()
        try:
            while await tick() and not stopping.is_set():
                pass
        except asyncio.CancelledError:  # by the shutdown below; the scheduler would log a traceback
            LOG.warning("the tick in hand was not finished; what it did not do stays due")
        finally:
            idle.set()

    scheduler = AsyncIOScheduler(timezone=UTC)
    job = scheduler.add_job(
        in_hand, "interval", seconds=TICK_SECONDS, next_run_time=first,
        max_instances=1, coalesce=True, misfire_grace_time=None,
    )  # fmt: skip
    scheduler.start()
    watch = asyncio.create_task(_never_far_off(job), name="watch over the scheduler")
    try:
        yield
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        stopping.set()
        scheduler.pause()
        with suppress(TimeoutError):
            await asyncio.wait_for(idle.wait(), LAST_TICK_SECONDS)
        scheduler.shutdown(wait=False)
        await idle.wait()


async def _never_far_off(job: Job) -> None:
    """The scheduler waits for an hour on the wall: a clock that is set back would hold up every tick until it is that hour again."""
    while True:
        await asyncio.sleep(TICK_SECONDS)
        now = SystemClock().now()
        if job.next_run_time is not None and job.next_run_time > now + timedelta(seconds=FAR_OFF):
            LOG.warning("the clock was set back; the next tick comes at once")
            job.modify(next_run_time=now)
