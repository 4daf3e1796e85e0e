"""The table of the team's TELEGRAM.md, row by row, through python-telegram-bot: each error arrives as the exception it is with Telegram."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.simulator import client_faults
from bot.simulator.client import SimulatedPerson
from tests.simulator.bench import Bench, keyboard, workbench

PATIENCE = 0.3  # seconds a call may take before the library gives up


@dataclass(frozen=True, slots=True)
class Talk:
    bench: Bench
    siti: SimulatedPerson
    card_id: int

    @property
    def bot(self):
        return self.bench.bot


async def edit_to_the_same(talk: Talk) -> None:
    await talk.bot.edit_message_text(
        "?", talk.siti.id, talk.card_id, reply_markup=keyboard([("Ya", "y")])
    )


async def answer_an_old_tap(talk: Talk) -> None:
    tap = await talk.siti.tap("Ya")
    await talk.bench.telegram.advance(timedelta(seconds=151))
    await talk.bot.answer_callback_query(tap.query_id)


async def delete_an_old_message(talk: Talk) -> None:
    await talk.bench.telegram.advance(timedelta(hours=48, seconds=1))
    await talk.bot.delete_message(talk.siti.id, talk.card_id)


async def edit_a_deleted_message(talk: Talk) -> None:
    await talk.bot.delete_message(talk.siti.id, talk.card_id)
    await talk.bot.edit_message_text("!", talk.siti.id, talk.card_id)


async def write_to_a_stranger(talk: Talk) -> None:
    budi = await talk.bench.telegram.create_person("Budi")
    await talk.bot.send_message(budi.id, "Halo")


async def write_after_a_block(talk: Talk) -> None:
    await talk.siti.block()
    await talk.bot.send_message(talk.siti.id, "Halo")


async def write_to_a_deleted_account(talk: Talk) -> None:
    await talk.siti.deactivate()
    await talk.bot.send_message(talk.siti.id, "Halo")


async def poll_twice(talk: Talk) -> None:
    (start,) = await talk.bot.get_updates()
    first = asyncio.create_task(talk.bot.get_updates(start.update_id + 1, timeout=5))
    await asyncio.sleep(0.05)
    await talk.bench.raw("getUpdates")
    await first


async def call_with_a_foreign_path(talk: Talk) -> None:
    await talk.bot.do_api_request("noSuchMethod")


async def meet_a_server_error(talk: Talk) -> None:
    await client_faults.fail_next(talk.bench.telegram, "server_error_500")
    await talk.bot.send_message(talk.siti.id, "Halo")


async def meet_a_bad_gateway(talk: Talk) -> None:
    await client_faults.fail_next(talk.bench.telegram, "bad_gateway_502")
    await talk.bot.send_message(talk.siti.id, "Halo")


NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TABLE: list[tuple[Callable[[Talk], Awaitable[None]], type[Exception], str]] = [
    (edit_to_the_same, BadRequest, NOT_MODIFIED),
    (answer_an_old_tap, BadRequest, "Query is too old and response timeout expired or query id is invalid"),
    (delete_an_old_message, BadRequest, "Message can't be deleted"),
    (edit_a_deleted_message, BadRequest, "Message to edit not found"),
    (write_to_a_stranger, BadRequest, "Chat not found"),
    (write_after_a_block, Forbidden, "Forbidden: bot was blocked by the user"),
    (write_to_a_deleted_account, Forbidden, "Forbidden: user is deactivated"),
    (poll_twice, Conflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"),
    (call_with_a_foreign_path, EndPointNotFound, "Endpoint 'noSuchMethod' not found in Bot API"),
    (meet_a_server_error, NetworkError, "Internal Server Error"),
    (meet_a_bad_gateway, NetworkError, "Bad Gateway"),
]  # fmt: skip


async def talk_on(bench: Bench) -> Talk:
    siti = await bench.telegram.create_person("Siti")
    await siti.start()
    card = await bench.bot.send_message(siti.id, "?", reply_markup=keyboard([("Ya", "y")]))
    return Talk(bench, siti, card.message_id)


@pytest.mark.parametrize(("provoke", "kind", "words"), TABLE)
async def test_an_error_arrives_as_the_exception_it_is_with_telegram(provoke, kind, words):
    async with workbench() as bench:
        talk = await talk_on(bench)
        with pytest.raises(kind) as raised:
            await provoke(talk)
        assert (type(raised.value), raised.value.message) == (kind, words)


async def test_a_group_that_moved_says_where_it_is_now():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        group = await bench.telegram.create_group("Angkatan III", [siti])
        moved = await bench.telegram.post(f"groups/{group}/upgrade", {})
        with pytest.raises(ChatMigrated) as raised:
            await bench.bot.send_message(group, "x")
        assert raised.value.new_chat_id == moved["chat"]["id"]
        assert (await bench.bot.send_message(raised.value.new_chat_id, "x")).text == "x"


@pytest.mark.parametrize("seconds", [1, 37, 7200])
async def test_a_flood_wait_says_for_how_long(monkeypatch, seconds):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with workbench() as bench:
        talk = await talk_on(bench)
        await client_faults.fail_next(bench.telegram, "too_many", retry_after=seconds)
        with pytest.raises(RetryAfter) as raised:
            await bench.bot.send_message(talk.siti.id, "Halo")
        assert raised.value.retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(("kind", "arrived"), [("timeout_before", 0), ("timeout_after", 1)])
async def test_after_a_time_out_nothing_is_known(kind, arrived):
    async with workbench() as bench:
        talk = await talk_on(bench)
        await client_faults.fail_next(bench.telegram, kind)
        with pytest.raises(TimedOut):
            await bench.bot.send_message(talk.siti.id, "Halo", read_timeout=PATIENCE)
        texts = [message.text for message in (await talk.siti.chat()).from_bot]
        assert texts.count("Halo") == arrived
