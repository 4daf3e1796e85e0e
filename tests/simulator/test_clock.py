"""The clock, jumps from due time to due time, and quiet as followers report it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from aiohttp import web

from bot.simulator.client import SimulatorRefused
from bot.simulator.clock import SimulatorClock, clock_at
from bot.simulator.server import serving
from tests.simulator.bench import NOON, workbench

DAY = timedelta(days=1)


@dataclass
class Follower:
    """What a bot does when it is told the time."""

    due: Callable[[datetime], datetime | None]
    told: list[datetime] = field(default_factory=list)
    asked_quiet: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def announced(self, request: web.Request) -> web.Response:
        said = await request.json()
        if said.get("quiet"):
            self.asked_quiet += 1
            self.asked.set()
            await self.free.wait()
            return web.json_response({"quiet": True})
        now = datetime.fromisoformat(said["now"])
        self.told.append(now)
        due = self.due(now)
        return web.json_response({"next_due": due.isoformat() if due else None})


@asynccontextmanager
async def following(due: Callable[[datetime], datetime | None]) -> AsyncIterator[Follower]:
    follower = Follower(due)
    app = web.Application()
    app.router.add_post("/clock", follower.announced)
    async with serving(app) as url:
        follower.url = f"{url}/clock"
        yield follower


def days_after(*days: float) -> Callable[[datetime], datetime | None]:
    dues = [NOON + timedelta(days=day) for day in days]
    return lambda now: next((due for due in dues if due > now), None)


async def test_a_jump_without_followers_goes_straight_there():
    async with workbench(with_bot=False) as bench:
        jump = await bench.telegram.advance(90 * DAY)
        assert jump.now == NOON + 90 * DAY == await bench.telegram.now()


async def test_a_jump_stops_at_every_due_time():
    async with workbench(with_bot=False) as bench, following(days_after(1, 3, 7, 100)) as follower:
        await bench.telegram.follow_clock(follower.url)
        jump = await bench.telegram.advance(90 * DAY)
        expected = [NOON + day * DAY for day in (0, 1, 3, 7, 90)]
        assert follower.told == expected == [step.at for step in jump.steps]


async def test_the_earliest_of_several_followers_counts():
    async with (
        workbench(with_bot=False) as bench,
        following(days_after(4)) as late,
        following(days_after(2)) as early,
    ):
        for follower in (late, early):
            await bench.telegram.follow_clock(follower.url)
        await bench.telegram.advance(5 * DAY)
        assert late.told == early.told == [NOON + day * DAY for day in (0, 2, 4, 5)]


async def test_something_that_stays_due_is_looked_at_each_minute():
    async with workbench(with_bot=False) as bench, following(lambda now: now) as follower:
        await bench.telegram.follow_clock(follower.url)
        await bench.telegram.advance(timedelta(minutes=2, seconds=30))
        seconds = [(told - NOON).total_seconds() for told in follower.told]
        assert seconds == [0, 60, 120, 150]


async def test_what_is_sent_during_a_jump_is_counted_and_dated():
    async with workbench(with_bot=False) as bench, following(days_after(3)) as follower:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        normal = follower.due

        def remind(now: datetime) -> datetime | None:
            if now == NOON + 3 * DAY:
                reminders.append(bench.raw("sendMessage", chat_id=siti.id, text="Pengingat"))
            return normal(now)

        reminders: list = []
        follower.due = remind
        original = follower.announced

        async def announced(request: web.Request) -> web.Response:
            answer = await original(request)
            while reminders:
                await reminders.pop()
            return answer

        app = web.Application()
        app.router.add_post("/clock", announced)
        async with serving(app) as url:
            await bench.telegram.follow_clock(f"{url}/clock")
            jump = await bench.telegram.advance(10 * DAY)
        assert jump.messages == 1
        assert [step.messages for step in jump.steps] == [0, 1, 0]
        assert (await siti.chat()).last.date == NOON + 3 * DAY


async def test_it_is_quiet_only_when_the_follower_says_so():
    async with workbench(with_bot=False) as bench, following(days_after()) as follower:
        await bench.telegram.follow_clock(follower.url)
        waiting = asyncio.create_task(bench.telegram.wait_quiet(within=3))
        await asyncio.sleep(0.1)
        assert follower.asked_quiet == 1
        assert not waiting.done()
        follower.free.set()
        await asyncio.wait_for(waiting, 1)


async def test_a_call_made_while_the_follower_was_asked_is_waited_for_again():
    async with workbench(with_bot=False) as bench, following(days_after()) as follower:
        await bench.telegram.follow_clock(follower.url)
        waiting = asyncio.create_task(bench.telegram.wait_quiet(within=3))
        await follower.asked.wait()
        await bench.raw("getMe")
        follower.free.set()
        await waiting
        assert follower.asked_quiet == 2


async def test_a_follower_that_never_rests_is_named_as_the_reason():
    async with workbench(with_bot=False) as bench, following(days_after()) as follower:
        await bench.telegram.follow_clock(follower.url)
        with pytest.raises(SimulatorRefused, match="a follower is still at work"):
            await bench.telegram.wait_quiet(within=0.2)
        follower.free.set()


async def test_a_stopped_follower_is_reported_once_and_forgotten():
    async with workbench(with_bot=False) as bench:
        async with following(days_after()) as follower:
            await bench.telegram.follow_clock(follower.url)
        with pytest.raises(SimulatorRefused, match="does not answer"):
            await bench.telegram.advance(DAY)
        jump = await bench.telegram.advance(DAY)
        assert jump.now == NOON + DAY


def test_a_running_clock_goes_with_real_time_and_can_be_pushed():
    seconds = [100.0]
    clock = SimulatorClock(NOON, running=True, monotonic=lambda: seconds[0])
    seconds[0] = 105.0
    assert clock.now() == NOON + timedelta(seconds=5)
    clock.move_to(NOON + DAY)
    seconds[0] = 107.0
    assert clock.now() == NOON + DAY + timedelta(seconds=2)


def test_time_never_goes_back():
    clock = SimulatorClock(NOON)
    clock.move_to(NOON - DAY)
    assert clock.now() == NOON


def test_a_clock_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="with its zone"):
        clock_at("2026-10-16T15:00:00")


ODD_DUES = ["tomorrow", "2026-10-17T08:00:00", "0001-01-01T00:00:00+14:00"]


@pytest.mark.parametrize("due", ODD_DUES)
async def test_a_follower_that_is_due_at_no_time_is_said_in_a_sentence(due):
    async def announced(_request: web.Request) -> web.Response:
        return web.json_response({"next_due": due})

    app = web.Application()
    app.router.add_post("/clock", announced)
    async with workbench(with_bot=False) as bench, serving(app) as url:
        await bench.telegram.follow_clock(f"{url}/clock")
        with pytest.raises(SimulatorRefused, match="a follower of the clock is due at"):
            await bench.telegram.advance(DAY)


NO_JUMPS = [
    ({"seconds": -5}, "the clock goes forward only"),
    ({"to": "9999-12-31T23:59:59+00:00"}, "the clock goes to the year 9000 at most"),
    ({"seconds": 2**53}, "a clock cannot go"),
]


@pytest.mark.parametrize(("target", "sentence"), NO_JUMPS)
async def test_a_jump_that_no_clock_can_make_is_refused_and_it_stands_still(target, sentence):
    async with workbench(with_bot=False) as bench:
        with pytest.raises(SimulatorRefused, match=sentence):
            await bench.telegram.post("clock/advance", target)
        assert await bench.telegram.now() == NOON
