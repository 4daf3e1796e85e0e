"""The bot goes where the simulator's clock goes, and says when it is done."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.clock import FollowedClock
from bot.errors import SettingsError
from bot.follow import Follower, ask_time, following

NOON = datetime(2026, 10, 16, 12, 0, tzinfo=UTC)


class Work:
    """Things due at given moments; a tick does one of those that are due."""

    def __init__(self, *due: datetime) -> None:
        self.due = list(due)
        self.done: list[datetime] = []
        self.free = asyncio.Event()
        self.free.set()

    async def tick(self, now: datetime) -> None:
        for moment in [moment for moment in self.due if moment <= now][:1]:
            self.due.remove(moment)
            self.done.append(now)

    async def next_due(self, _: datetime) -> datetime | None:
        return min(self.due, default=None)

    async def quiet(self) -> None:
        await self.free.wait()


@asynccontextmanager
async def simulated_clock() -> AsyncIterator[tuple[str, list[str]]]:
    """Just the simulator's two clock addresses; the followers that registered."""
    followers: list[str] = []

    async def register(request: web.Request) -> web.Response:
        followers.append((await request.json())["url"])
        return web.json_response({})

    async def forget(request: web.Request) -> web.Response:
        followers.remove((await request.json())["url"])
        return web.json_response({})

    async def clock(_: web.Request) -> web.Response:
        return web.json_response({"now": NOON.isoformat()})

    application = web.Application()
    application.router.add_post("/control/clock/followers", register)
    application.router.add_delete("/control/clock/followers", forget)
    application.router.add_get("/control/clock", clock)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", followers
    finally:
        await runner.cleanup()


@asynccontextmanager
async def announced_to(work: Work) -> AsyncIterator:
    clock = FollowedClock(NOON)
    follower = Follower(clock, work.tick, work.next_due, work.quiet)
    async with (
        simulated_clock() as (url, followers),
        following(url, follower),
        aiohttp.ClientSession() as session,
    ):

        async def announce(**said: object) -> dict:
            async with session.post(followers[0], json=said, raise_for_status=True) as answer:
                return await answer.json()

        yield announce, clock


async def test_at_an_announced_moment_all_that_is_due_is_done_and_the_next_is_told():
    later = NOON + timedelta(days=3)
    work = Work(NOON, NOON + timedelta(minutes=1), later)
    async with announced_to(work) as (announce, clock):
        moment = NOON + timedelta(hours=1)
        answer = await announce(now=moment.isoformat())
        assert datetime.fromisoformat(answer["next_due"]) == later
        assert (work.done, clock.now()) == ([moment, moment], moment)


async def test_nothing_more_is_due_reads_null():
    async with announced_to(Work()) as (announce, _):
        assert await announce(now=NOON.isoformat()) == {"next_due": None}


async def test_quiet_is_answered_only_when_the_work_is_done():
    work = Work()
    async with announced_to(work) as (announce, _):
        work.free.clear()
        asking = asyncio.create_task(announce(quiet=True))
        await asyncio.sleep(0.03)
        assert not asking.done()
        work.free.set()
        assert await asking == {"quiet": True}


async def test_what_stays_due_whatever_is_done_does_not_hang_the_demo(
    caplog: pytest.LogCaptureFixture,
):
    class Stuck(Work):
        async def next_due(self, _: datetime) -> datetime | None:
            return NOON

    async with announced_to(Stuck()) as (announce, _):
        answer = await announce(now=NOON.isoformat())
        assert datetime.fromisoformat(answer["next_due"]) > NOON
    assert "stays due" in caplog.text


async def test_when_it_stops_the_simulator_need_not_wait_for_it_any_more():
    work = Work()
    async with simulated_clock() as (url, followers):
        async with following(
            url, Follower(FollowedClock(NOON), work.tick, work.next_due, work.quiet)
        ):
            assert len(followers) == 1
        assert followers == []


async def test_the_time_at_the_start_is_the_simulators():
    async with simulated_clock() as (url, _):
        assert await ask_time(url + "/") == NOON


async def test_no_simulator_at_the_address_is_a_sentence_with_the_remedy():
    with pytest.raises(SettingsError, match=r"CLOCK_URL.*empty"):
        await ask_time("http://127.0.0.1:9")
