"""One chat in order, chats in parallel."""

import asyncio

import pytest

from bot.chat.updates import Lanes


async def test_the_work_of_one_chat_is_done_in_order():
    lanes, done = Lanes(), []

    async def work(number: int) -> None:
        await asyncio.sleep(0.01 if number == 0 else 0)
        done.append(number)

    for number in range(5):
        lanes.put(1, lambda number=number: work(number))
    await lanes.quiet()
    assert done == [0, 1, 2, 3, 4]


async def test_a_busy_chat_does_not_hold_up_others():
    lanes, held = Lanes(), asyncio.Event()
    for _ in range(500):
        lanes.put(1, held.wait)
    async with asyncio.timeout(1):
        assert await lanes.turn(2, lambda: asyncio.sleep(0, "answered")) == "answered"
    held.set()
    await lanes.quiet()


async def test_work_that_fails_does_not_stop_its_chat(caplog: pytest.LogCaptureFixture):
    lanes, done = Lanes(), []

    async def fails() -> None:
        raise ZeroDivisionError

    async def works() -> None:
        done.append(1)

    lanes.put(1, fails)
    lanes.put(1, works)
    await lanes.quiet()
    assert done == [1]
    assert "ZeroDivisionError" in caplog.text


async def test_a_turn_gives_its_value_or_its_failure():
    lanes = Lanes()

    async def fails() -> None:
        raise ZeroDivisionError

    assert await lanes.turn(1, lambda: asyncio.sleep(0, 7)) == 7
    with pytest.raises(ZeroDivisionError):
        await lanes.turn(1, fails)


async def test_a_turn_waits_for_what_was_put_before_it():
    lanes, done = Lanes(), []

    async def slow() -> None:
        await asyncio.sleep(0.01)
        done.append("before")

    async def what_is_done() -> list[str]:
        return list(done)

    lanes.put(1, slow)
    assert await lanes.turn(1, what_is_done) == ["before"]


async def test_a_caller_that_gives_up_does_not_take_its_work_along():
    lanes, done, go = Lanes(), [], asyncio.Event()

    async def work() -> None:
        await go.wait()
        done.append(1)

    caller = asyncio.create_task(lanes.turn(1, work))
    await asyncio.sleep(0)
    caller.cancel()
    go.set()
    await lanes.quiet()
    assert done == [1]


async def test_closing_drops_what_does_not_end():
    lanes = Lanes()
    lanes.put(1, asyncio.Event().wait)
    async with asyncio.timeout(1):
        await lanes.close(patience=0.01)
    assert not lanes.busy
