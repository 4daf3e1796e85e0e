"""The metronome at the moment the bot stops: a tick in hand is finished, or dropped without a traceback."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot import logs, meanwhile, metronome
from bot.clock import SystemClock
from bot.fieldwork import life
from bot.metronome import alive_meanwhile, scheduled
from bot.store.database import Database
from tests.chat.staff_desk import desk_on

LONG_AGO = datetime(2026, 10, 16, 8, tzinfo=UTC)  # due at once


async def test_the_tick_in_hand_is_finished_before_the_end():
    begun, done = asyncio.Event(), asyncio.Event()

    async def tick() -> bool:
        begun.set()
        await asyncio.sleep(0.05)
        done.set()
        return False

    async with scheduled(tick, LONG_AGO):
        await begun.wait()
    assert done.is_set()


async def test_a_tick_that_takes_too_long_is_dropped_without_a_traceback(caplog):
    caplog.set_level(logging.WARNING)
    begun = asyncio.Event()

    async def tick() -> bool:
        begun.set()
        await asyncio.sleep(60)
        return False

    async with asyncio.timeout(5), scheduled(tick, LONG_AGO):
        await begun.wait()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "stays due" in caplog.text


async def test_a_tick_that_fails_is_reported_and_the_next_one_comes(caplog):
    failed = asyncio.Event()

    async def tick() -> bool:
        failed.set()
        raise ValueError("a broken tick")

    async with scheduled(tick, LONG_AGO):
        await failed.wait()
        await asyncio.sleep(0.05)
    assert "a broken tick" in caplog.text


async def test_a_tick_that_was_cut_short_is_followed_by_the_next_at_once():
    cut_short, done = [True, True, False], asyncio.Event()

    async def tick() -> bool:
        is_more = cut_short.pop(0)
        if not is_more:
            done.set()
        return is_more

    async with asyncio.timeout(5), scheduled(tick, LONG_AGO):
        await done.wait()
    assert cut_short == []


async def test_a_long_tick_gives_signs_of_life_meanwhile(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(meanwhile, "EVERY_SECONDS", 0.05)
    desk = desk_on(database)
    async with asyncio.timeout(5), alive_meanwhile(desk):
        while await database.run(life.last_sign) != desk.clock.now():  # noqa: ASYNC110 - a row
            await asyncio.sleep(0.01)


async def test_a_clock_that_is_set_back_holds_up_no_tick(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(metronome, "TICK_SECONDS", 0.05)
    ticked = asyncio.Event()

    async def tick() -> bool:
        ticked.set()
        return False

    now = SystemClock().now()
    with time_machine.travel(now) as traveller:
        async with asyncio.timeout(5), scheduled(tick, now):
            await ticked.wait()
            traveller.move_to(now - timedelta(hours=1))
            ticked.clear()
            await ticked.wait()


async def test_a_tick_longer_than_a_minute_is_no_line_of_the_scheduler_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(metronome, "TICK_SECONDS", 0.05)
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    logs.configure("INFO")

    async def tick() -> bool:
        await asyncio.sleep(0.3)  # others become due meanwhile, and are skipped
        return False

    async with scheduled(tick, SystemClock().now()):
        await asyncio.sleep(0.4)
    assert capsys.readouterr().err == ""
