"""The control interface: books that can be read, sentences instead of tracebacks, quiet, latency."""

import asyncio
import json
import time

import aiohttp
import pytest

from bot.simulator.client import SimulatorClient, SimulatorRefused
from bot.simulator.clock import SimulatorClock
from bot.simulator.server import build_app, serving
from tests.simulator.bench import BOT, NOON, keyboard, workbench


async def test_every_call_is_in_the_books_with_its_answer():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await bench.raw("sendMessage", chat_id=siti.id, text="Halo")
        await bench.raw("sendMessage", chat_id=siti.id, text="")
        good, bad = await bench.telegram.calls("sendMessage")
        assert (good.code, good.parameters["text"], good.at) == (200, "Halo", NOON)
        assert (bad.code, bad.description) == (400, "Bad Request: message text is empty")
        assert await bench.telegram.call_counts() == {"sendMessage 200": 1, "sendMessage 400": 1}


async def test_calls_against_the_description_are_counted_as_invalid():
    async with workbench(with_bot=False) as bench:
        await bench.raw("sendMessage", chat_id=1, text="x", txt="y")
        await bench.raw("sendMessage", chat_id=1, text="x")
        (invalid,) = await bench.telegram.invalid_calls()
        assert invalid.problems == ("unknown parameter txt",)


async def test_a_full_description_judges_beside_the_extract(monkeypatch, tmp_path):
    entry = {"fields": [{"name": "only", "types": ["String"], "required": True}]}
    full = tmp_path / "api.min.json"
    full.write_text(json.dumps({"methods": {"getMe": entry}, "types": {}}))
    monkeypatch.setenv("BOT_API_SPEC", str(full))
    app = build_app(SimulatorClock(NOON))
    async with serving(app) as url, aiohttp.ClientSession() as session:
        async with session.get(f"{url}/bot{BOT}/getMe") as answer:
            assert (await answer.json())["ok"]
        async with session.get(f"{url}/control/calls/invalid") as answer:
            (call,) = await answer.json()
    assert call["problems"] == ["parameter only is required"]


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("people", {}, "first_name is missing"),
        ("people/5/text", {"text": "x"}, "there is no person 5"),
        ("people/x/text", {"text": "x"}, "x is not an id"),
        ("people/1/text", {}, "text is missing"),
        ("people/1/text", {"text": 5}, "text must be a text"),
        ("people/1/text", {"text": "  "}, "an empty text cannot be sent"),
        ("people/1/tap", {}, "a tap needs a button (label or data), or a message_id with data or row and column"),
        ("people/1/tap", {"button": "Tidak"}, "no button 'Tidak' in chat 1; there are: Ya, Situs"),
        ("people/1/tap", {"button": "Situs"}, "button 'Situs' opens something else; it tells the bot nothing"),
        ("people/1/tap", {"message_id": 2, "row": 3, "column": 0}, "message 2 has no button in row 3, column 0"),
        ("people/1/edit", {"message_id": 2, "text": "x"}, "message 2 is not a text of person 1"),
        ("people/2/block", {}, "person 2 has no chat with the bot yet"),
        ("people/1/document", {"base64": "%"}, "base64 is not valid"),
        ("groups/5/upgrade", {}, "there is no group 5"),
        ("groups", {"title": "x", "people": [9]}, "a group needs people that exist; unknown: [9]"),
        ("clock/advance", {"to": "tomorrow"}, "`to` is not an ISO time"),
        ("clock/advance", {"to": "2026-10-17T00:00:00"}, "`to` needs its zone"),
        ("latency", {"min_ms": 5, "max_ms": 1}, "0 <= min_ms <= max_ms is wanted"),
    ],
)  # fmt: skip
async def test_what_cannot_be_done_is_said_in_a_sentence(path, body, sentence):
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti", person_id=1)
        await bench.telegram.create_person("Budi", person_id=2)
        await siti.start()
        markup = keyboard([("Ya", "y")])
        markup["inline_keyboard"].append([{"text": "Situs", "url": "https://example.org"}])
        await bench.raw("sendMessage", chat_id=1, text="?", reply_markup=markup)
        with pytest.raises(SimulatorRefused) as refused:
            await bench.telegram.post(path, body)
        assert sentence in json.loads(str(refused.value))["error"]


@pytest.mark.parametrize("path", ["chats/5", "chats/5/files/x", "taps/x"])
async def test_what_is_not_there_is_said_in_a_sentence(path):
    async with workbench(with_bot=False) as bench:
        with pytest.raises(SimulatorRefused, match=r"there (is|was) no"):
            await bench.telegram.get(path)


@pytest.mark.parametrize("path", ["people/1/text", "updates/raw"])
async def test_an_unknown_bot_is_said_in_a_sentence(path):
    async with workbench() as bench, SimulatorClient(bench.url, bot="nobody_bot") as client:
        with pytest.raises(SimulatorRefused, match="there is no bot @nobody_bot"):
            await client.post(path, {"text": "x"})


async def test_who_blocked_the_bot_cannot_write_to_it():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await siti.block()
        with pytest.raises(SimulatorRefused, match="unblock first"):
            await siti.send_text("Halo")


async def test_a_button_is_found_by_label_by_data_and_by_place():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        markup = keyboard([("Ya", "y"), ("Tidak", "t")])
        await bench.raw("sendMessage", chat_id=siti.id, text="?", reply_markup=markup)
        await siti.tap("Tidak")
        await siti.tap("y")
        await siti.tap_at(2, 0, 1)
        assert [tap.data for tap in (await siti.chat()).taps] == ["t", "y", "t"]


async def test_a_poison_update_goes_out_as_it_came_in():
    async with workbench(with_bot=False) as bench:
        update_id = await bench.telegram.push_raw({"message": {"message_id": "no number"}})
        _, answer = await bench.raw("getUpdates")
        assert answer["result"] == [
            {"update_id": update_id, "message": {"message_id": "no number"}}
        ]


async def test_a_photo_is_taken_from_a_multipart_form_too():
    async with workbench(with_bot=False) as bench, aiohttp.ClientSession() as session:
        siti = await bench.telegram.create_person("Siti")
        form = aiohttp.FormData()
        form.add_field("file", b"%PDF", filename="surat.pdf", content_type="application/pdf")
        async with session.post(f"{bench.url}/control/people/{siti.id}/document", data=form):
            pass
        (message,) = (await siti.chat()).messages
        assert (message.file.name, message.file.mime, message.file.size) == (
            "surat.pdf",
            "application/pdf",
            4,
        )


async def test_it_is_not_quiet_while_an_update_waits():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        with pytest.raises(SimulatorRefused, match="1 updates wait"):
            await bench.telegram.wait_quiet(within=0.1)


async def test_it_is_quiet_once_the_last_call_is_over():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti")
        (update_id,) = (await siti.start()).update_ids
        waiting = asyncio.create_task(bench.telegram.wait_quiet(within=5, still_ms=400))
        await bench.raw("getUpdates", offset=update_id + 1)
        for number in range(3):
            await asyncio.sleep(0.01)
            assert not waiting.done()
            await bench.raw("sendMessage", chat_id=siti.id, text=str(number))
        await waiting
        assert (await siti.chat()).last.text == "2"


async def test_answers_are_delayed_when_asked_for():
    async with workbench(with_bot=False) as bench:
        await bench.telegram.set_latency(60, 80, seed=1)
        before = time.monotonic()
        await bench.raw("getMe")
        assert 0.06 <= time.monotonic() - before < 0.5
