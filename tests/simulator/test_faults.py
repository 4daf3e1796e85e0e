"""Faults on demand through real HTTP: what python-telegram-bot and a raw client see, and what the books say."""

import asyncio
import time
from datetime import timedelta

import aiohttp
import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.simulator.client import SimulatorRefused
from bot.simulator.client_faults import (
    NO_LIMITS,
    begin_outage,
    end_faults,
    end_outage,
    fail_next,
    faults,
    limits,
    set_faults,
    set_limits,
)
from bot.simulator.fault_plan import FaultPlan, evenly
from bot.simulator.limits import Rates
from tests.simulator.bench import BOT, Bench, workbench

PATIENCE = 0.3


@pytest.fixture(autouse=True)
def _retry_after_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """What python-telegram-bot will do by default, and warns of until then."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def send(bench: Bench, text: str = "Halo", chat_id: int = 1) -> None:
    await bench.bot.send_message(chat_id, text, read_timeout=PATIENCE)


async def texts(bench: Bench, chat_id: int = 1) -> list[str]:
    return [message.text for message in (await bench.telegram.chat(chat_id)).from_bot]


async def siti_in(bench: Bench, person_id: int = 1):
    siti = await bench.telegram.create_person("Siti", person_id=person_id)
    await siti.start()
    return siti


@pytest.mark.parametrize(
    ("kind", "error", "words", "arrives", "code"),
    [
        ("too_many", RetryAfter, "Retry in 0:01:30", False, 429),
        ("server_error_500", NetworkError, "Internal Server Error", False, 500),
        ("bad_gateway_502", NetworkError, "Bad Gateway", False, 502),
        ("bad_gateway_after", NetworkError, "Bad Gateway", True, 502),
        ("timeout_before", TimedOut, "Timed out", False, 0),
        ("timeout_after", TimedOut, "Timed out", True, 0),
        ("reset_before", NetworkError, "ReadError", False, 0),
        ("reset_after", NetworkError, "ReadError", True, 0),
    ],
)
async def test_python_telegram_bot_sees_each_kind_and_the_books_know_the_effect(
    kind, error, words, arrives, code
):
    async with workbench() as bench:
        await siti_in(bench)
        await fail_next(bench.telegram, kind, retry_after=90)
        with pytest.raises(error, match=words):
            await send(bench)
        assert await texts(bench) == (["Halo"] if arrives else [])
        (call,) = await bench.telegram.calls("sendMessage")
        assert (call.fault, call.effect, call.code) == (kind, arrives, code)
        await send(bench, "Lagi")
        assert (await texts(bench))[-1] == "Lagi"


@pytest.mark.parametrize(("kind", "status"), [("server_error_500", 500), ("bad_gateway_502", 502)])
async def test_the_gateway_answers_in_json_or_with_the_page_of_nginx(kind, status):
    async with workbench(with_bot=False) as bench, aiohttp.ClientSession() as session:
        words = {500: "Internal Server Error", 502: "Bad Gateway"}[status]
        await fail_next(bench.telegram, kind)
        async with session.post(f"{bench.url}/bot{BOT}/sendMessage") as answer:
            body = await answer.json()
        assert body == {"ok": False, "error_code": status, "description": words}
        await fail_next(bench.telegram, kind, html=True)
        async with session.post(f"{bench.url}/bot{BOT}/sendMessage") as answer:
            assert (answer.status, answer.content_type) == (status, "text/html")
            assert f"<h1>{status} {words}</h1>" in await answer.text()


async def test_python_telegram_bot_bears_the_page_of_nginx():
    async with workbench() as bench:
        await siti_in(bench)
        await fail_next(bench.telegram, "bad_gateway_502", html=True)
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await send(bench)


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
async def test_a_reset_is_a_real_reset_of_the_connection(kind):
    async with workbench(with_bot=False) as bench:
        await siti_in(bench)
        await fail_next(bench.telegram, kind)
        host, _, port = bench.url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        query = "chat_id=1&text=x"
        writer.write(f"GET /bot{BOT}/sendMessage?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        try:
            with pytest.raises(ConnectionResetError):
                await reader.read()
        finally:
            writer.close()


async def test_a_held_connection_is_dropped_when_its_seconds_are_over():
    async with workbench(with_bot=False) as bench:
        await siti_in(bench)
        await fail_next(bench.telegram, "timeout_after", hold_seconds=0.2)
        before = time.monotonic()
        with pytest.raises(aiohttp.ClientConnectionError):
            await bench.raw("sendMessage", chat_id=1, text="x")
        assert 0.2 <= time.monotonic() - before < 2


async def test_a_held_connection_does_not_keep_quiet_waiting():
    async with workbench(with_bot=False) as bench:
        await bench.telegram.create_person("Siti", person_id=1)
        await fail_next(bench.telegram, "timeout_before")
        held = asyncio.create_task(bench.raw("sendMessage", chat_id=1, text="x"))
        for _ in range(500):
            if not (await faults(bench.telegram)).scripted:
                break
            await asyncio.sleep(0.01)
        await bench.telegram.wait_quiet(within=1)
        assert not held.done()
        held.cancel()
        await asyncio.gather(held, return_exceptions=True)


async def test_a_slow_answer_is_an_answer():
    async with workbench(with_bot=False) as bench:
        await siti_in(bench)
        await fail_next(bench.telegram, "slow", slow_ms=150)
        before = time.monotonic()
        status, _ = await bench.raw("sendMessage", chat_id=1, text="x")
        assert status == 200
        assert 0.15 <= time.monotonic() - before < 2
        (call,) = await bench.telegram.calls("sendMessage")
        assert (call.fault, call.effect, call.code) == ("slow", True, 200)


async def test_a_download_can_fail_too():
    async with workbench() as bench:
        siti = await siti_in(bench)
        await siti.send_document("daftar.csv", b"nama\nSiti")
        updates = await bench.bot.get_updates()
        file = await updates[-1].message.document.get_file()
        await fail_next(bench.telegram, "bad_gateway_502", method="download")
        with pytest.raises(NetworkError):
            await file.download_as_bytearray()
        assert bytes(await file.download_as_bytearray()) == b"nama\nSiti"
        assert [call.code for call in await bench.telegram.calls("download")] == [502, 200]


async def test_a_flood_wait_goes_on_with_the_seconds_that_are_left():
    async with workbench() as bench:
        await siti_in(bench)
        await fail_next(bench.telegram, "too_many", retry_after=60, flood="bot")
        with pytest.raises(RetryAfter, match="Retry in 0:01:00"):
            await send(bench)
        await asyncio.sleep(1.1)
        with pytest.raises(RetryAfter) as refused:
            await send(bench)
        assert timedelta(seconds=30) < refused.value.retry_after < timedelta(seconds=60)
        (flood,) = (await faults(bench.telegram)).floods
        assert (flood.chat_id, 30 < flood.seconds_left < 59) == (0, True)


async def test_a_flood_wait_of_one_chat_leaves_the_others_alone():
    async with workbench() as bench:
        await siti_in(bench)
        await siti_in(bench, 2)
        await fail_next(bench.telegram, "too_many", retry_after=7200, flood="chat")
        for _ in range(2):
            with pytest.raises(RetryAfter, match="Retry in 2:00:00"):
                await send(bench)
        await send(bench, chat_id=2)
        assert (await texts(bench), await texts(bench, 2)) == ([], ["Halo"])


@pytest.mark.parametrize(("mode", "code"), [("reset", 0), ("bad_gateway", 502)])
async def test_an_outage_takes_every_call_until_it_is_ended(mode, code):
    async with workbench() as bench:
        await siti_in(bench)
        await begin_outage(bench.telegram, mode=mode)
        for call in (send(bench), bench.bot.get_me(), bench.bot.get_updates()):
            with pytest.raises(NetworkError):
                await call
        assert {call.code for call in await bench.telegram.calls() if call.fault} == {code}
        assert (await faults(bench.telegram)).outage.seconds_left is None
        await end_outage(bench.telegram)
        await send(bench)
        assert await texts(bench) == ["Halo"]


async def test_an_outage_ends_by_itself():
    async with workbench() as bench:
        await siti_in(bench)
        state = await begin_outage(bench.telegram, seconds=0.3)
        assert 0 < state.outage.seconds_left <= 0.3
        with pytest.raises(NetworkError):
            await send(bench)
        await asyncio.sleep(0.3)
        await send(bench)
        assert (await faults(bench.telegram)).outage is None


async def test_an_outage_cuts_a_long_poll_that_is_waiting_and_loses_no_update():
    async with workbench() as bench:
        poll = asyncio.create_task(bench.bot.get_updates(timeout=20))
        await asyncio.sleep(0.1)
        await begin_outage(bench.telegram)
        with pytest.raises(NetworkError):
            await asyncio.wait_for(poll, 2)
        await siti_in(bench)
        await end_outage(bench.telegram)
        (update,) = await bench.bot.get_updates()
        assert update.message.text == "/start"


async def test_a_duplicated_update_comes_twice_in_one_batch():
    async with workbench() as bench:
        await fail_next(bench.telegram, "duplicate_update")
        siti = await siti_in(bench)
        await siti.send_text("satu")
        heard = [update.message.text for update in await bench.bot.get_updates()]
        assert heard == ["/start", "/start", "satu"]


async def test_a_redelivered_update_comes_once_more_after_it_was_confirmed():
    async with workbench() as bench:
        await siti_in(bench)
        (first,) = await bench.bot.get_updates()
        await fail_next(bench.telegram, "redelivery")
        offset = first.update_id + 1
        (again,) = await bench.bot.get_updates(offset=offset)
        assert again.update_id == first.update_id
        assert await bench.bot.get_updates(offset=offset) == ()


async def test_it_is_not_quiet_before_a_redelivery_was_fetched():
    async with workbench(with_bot=False) as bench:
        siti = await siti_in(bench)
        await siti.send_text("satu")
        await fail_next(bench.telegram, "redelivery", times=2)
        _, batch = await bench.raw("getUpdates")
        offset = batch["result"][-1]["update_id"] + 1
        await bench.raw("getUpdates", offset=offset, limit=1)
        assert await bench.telegram.pending() == 1
        await bench.raw("getUpdates", offset=offset)
        assert await bench.telegram.pending() == 0


async def test_an_answer_to_a_tap_belongs_to_the_chat_of_the_tap():
    async with workbench(with_bot=False) as bench:
        taps = [await (await siti_in(bench, chat)).forge_tap(1, "x") for chat in (1, 2)]
        await fail_next(bench.telegram, "bad_gateway_502", chat_id=2)
        codes = [
            (await bench.raw("answerCallbackQuery", callback_query_id=tap.query_id))[0]
            for tap in taps
        ]
        assert codes == [200, 502]


async def test_stopping_the_server_ends_a_held_connection_at_once():
    async with workbench(with_bot=False) as bench:
        await fail_next(bench.telegram, "timeout_before")
        held = asyncio.create_task(bench.raw("sendMessage", chat_id=1, text="x"))
        await asyncio.sleep(0.3)
        before = time.monotonic()
    assert time.monotonic() - before < 0.7
    with pytest.raises(aiohttp.ClientConnectionError):
        await held


async def test_a_lost_answer_to_a_poll_loses_no_update():
    async with workbench() as bench:
        await siti_in(bench)
        await fail_next(bench.telegram, "reset_after", method="getUpdates")
        with pytest.raises(NetworkError):
            await bench.bot.get_updates()
        assert len(await bench.bot.get_updates()) == 1


async def test_the_plan_and_what_was_done_can_be_read():
    async with workbench(with_bot=False) as bench:
        await siti_in(bench)
        plan = FaultPlan(seed=4, server_error_500=1.0, methods=("sendMessage",))
        assert (await set_faults(bench.telegram, plan)).plan == plan
        for _ in range(3):
            assert (await bench.raw("sendMessage", chat_id=1, text="x"))[0] == 500
        state = await faults(bench.telegram)
        assert (state.plan, state.done) == (plan, {"server_error_500": 3})
        ended = await end_faults(bench.telegram)
        assert (ended.plan, ended.done) == (FaultPlan(), {"server_error_500": 3})
        assert (await bench.raw("sendMessage", chat_id=1, text="x"))[0] == 200


async def test_two_runs_with_the_same_seed_meet_the_same_faults_though_chats_interleave():
    async def run(order: list[int]) -> dict[int, list[str]]:
        async with workbench(with_bot=False) as bench:
            for person_id in (1, 2, 3):
                await siti_in(bench, person_id)
            await set_limits(bench.telegram, NO_LIMITS)
            plan = FaultPlan(seed=5, too_many=0.2, server_error_500=0.2, bad_gateway_after=0.2)
            await set_faults(bench.telegram, plan)
            for chat_id in order:
                await bench.raw("sendMessage", chat_id=chat_id, text="x")
            calls = await bench.telegram.calls("sendMessage")
            return {
                chat: [call.fault for call in calls if call.parameters["chat_id"] == chat]
                for chat in (1, 2, 3)
            }

    assert await run([1, 2, 3] * 10) == await run([3] * 10 + [2] * 10 + [1] * 10)


async def test_limits_can_be_raised_and_are_telegrams_again():
    async with workbench(with_bot=False) as bench:
        await siti_in(bench)
        await set_limits(bench.telegram, NO_LIMITS)
        codes = [(await bench.raw("sendMessage", chat_id=1, text=str(n)))[0] for n in range(5)]
        assert codes == [200] * 5
        assert await set_limits(bench.telegram, Rates()) == await limits(bench.telegram) == Rates()
        codes = [(await bench.raw("sendMessage", chat_id=1, text=str(n)))[0] for n in range(4)]
        assert codes == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("verb", "path", "body", "sentence"),
    [
        ("PUT", "faults", {"slow": 2}, "slow is a share, from 0 to 1"),
        ("POST", "faults/next", {"kind": "fire"}, "kind is one of: "),
        ("POST", "faults/outage", {"mode": "war"}, "mode is one of: reset, bad_gateway"),
        ("POST", "faults/outage", {"seconds": -1}, "seconds is above 0 and at most a week"),
        ("POST", "limits", {"chat_burst": 0}, "chat_burst is 1 to 1000000"),
        ("POST", "limits", {"chat": 1}, "unknown: chat; there are: "),
        ("POST", "limits", {"chat_burst": 1.5}, "chat_burst must be a whole number"),
    ],
)
async def test_what_makes_no_sense_is_said_in_a_sentence(verb, path, body, sentence):
    async with workbench(with_bot=False) as bench:
        with pytest.raises(SimulatorRefused, match=sentence):
            await bench.telegram.ask(verb, path, body)


async def test_a_tenth_of_all_calls_goes_wrong_when_a_tenth_is_asked_for():
    async with workbench(with_bot=False) as bench:
        await siti_in(bench)
        await set_faults(bench.telegram, FaultPlan(seed=1, bad_gateway_502=0.1))
        for _ in range(300):
            await bench.raw("sendChatAction", chat_id=1, action="typing")
        assert 15 <= (await faults(bench.telegram)).done["bad_gateway_502"] <= 45
        assert evenly(0.1).slow == pytest.approx(0.1 / 9)
