"""Confirmed when committed, never before; a poison update, a failing handler, a broken database lose nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from telegram import Update

from bot.chat import receiving, taking
from bot.chat.outgoing import Outgoing, SendMessage
from bot.chat.reading import cleaned
from bot.chat.receiving import Receiver
from bot.chat.request import AiohttpRequest
from bot.chat.taking import Answer, Reception, Taker
from bot.chat.updates import Lanes
from bot.errors import FieldworkError, StoreError
from tests.chat.scripted_telegram import (
    Refusal,
    ScriptedTelegram,
    bot_of,
    scripted_telegram,
    tap_update,
    text_update,
)
from tests.sentences import TEXTS

CONFLICT = Refusal(409, "Conflict: terminated by other getUpdates request")


class Office:
    """What a receiver reports to: a list of what it asked for."""

    def __init__(self) -> None:
        self.shown: list[tuple[int, Sequence[Outgoing]]] = []
        self.aside: list[int] = []
        self.stores = True

    def show(self, chat_id: int, outgoing: Sequence[Outgoing]) -> None:
        self.shown.append((chat_id, outgoing))

    async def set_aside(self, update_id: int, problem: str) -> None:
        if not self.stores:
            raise StoreError("disk full")
        assert problem
        self.aside.append(update_id)

    def said(self) -> list[str]:
        return [
            one.screen.text
            for _, outgoing in self.shown
            for one in outgoing
            if isinstance(one, SendMessage)
        ]


@asynccontextmanager
async def receiving_from(
    telegram: ScriptedTelegram, office: Office, answer: Answer
) -> AsyncIterator[Receiver]:
    async with bot_of(telegram) as bot, AiohttpRequest() as request:
        reception = Reception(answer, office.show, office.set_aside, TEXTS)
        receiver = Receiver(bot, request, Taker(bot, reception, Lanes()))
        running = asyncio.create_task(receiver.run())
        yield receiver
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until(condition) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - another process's state has no event
            await asyncio.sleep(0.005)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "BACK_OFF", (0.01,))
    monkeypatch.setattr(taking, "RETRIES", (0.01, 0.01))
    monkeypatch.setattr(receiving, "LONG_POLL", 1)
    monkeypatch.setattr(receiving, "PATIENCE", 0.01)


async def nothing(_: Update) -> list[Outgoing]:
    return []


async def test_an_update_is_confirmed_only_after_its_answer_has_returned():
    committed = asyncio.Event()

    async def slow(_: Update) -> list[Outgoing]:
        await committed.wait()
        return []

    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(7, chat=1)]
        async with receiving_from(telegram, Office(), slow) as receiver:
            await until(lambda: receiver.busy)
            await asyncio.sleep(0.05)
            assert telegram.confirmed == 0
            committed.set()
            await until(lambda: telegram.confirmed == 8)


async def test_one_busy_chat_holds_up_no_update_that_comes_later():
    asked: list[int] = []
    free = asyncio.Event()

    async def answer(update: Update) -> list[Outgoing]:
        asked.append(update.update_id)
        if update.update_id == 1:
            await free.wait()
        return []

    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(1, chat=1)]
        async with receiving_from(telegram, Office(), answer):
            await until(lambda: asked == [1])
            telegram.updates += [text_update(2, chat=2), text_update(3, chat=1)]
            await until(lambda: asked == [1, 2])
            assert telegram.confirmed <= 1
            free.set()
            await until(lambda: telegram.confirmed == 4)
    assert asked == [1, 2, 3]


async def test_after_a_quiet_week_telegram_counts_anew_and_the_bot_with_it():
    """Numbers then begin anywhere; whoever stays with the highest confirms nothing any more, and gets the same update for ever."""
    seen: list[int] = []

    async def answer(update: Update) -> list[Outgoing]:
        seen.append(update.update_id)
        return []

    async with scripted_telegram() as telegram:
        for number in (727_334_707, 117_314_199):
            batch = json.dumps({"ok": True, "result": [text_update(number, chat=1)]})
            telegram.will_answer("getUpdates", batch.encode())
        async with receiving_from(telegram, Office(), answer):
            await until(lambda: telegram.polls > 2)
            assert telegram.offset == 117_314_200
    assert seen == [727_334_707, 117_314_199]


async def test_the_updates_of_one_chat_are_answered_in_order_and_chats_in_parallel():
    order: list[int] = []
    second_chat = asyncio.Event()

    async def answer(update: Update) -> list[Outgoing]:
        if update.update_id == 1:
            await second_chat.wait()
        if update.update_id == 3:
            second_chat.set()
        order.append(update.update_id)
        return []

    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(1, 1), text_update(2, 1), text_update(3, 2)]
        async with receiving_from(telegram, Office(), answer):
            await until(lambda: telegram.confirmed == 4)
    assert order == [3, 1, 2]


async def test_a_poison_update_is_set_aside_and_the_others_go_on():
    seen: list[int] = []
    office = Office()

    async def answer(update: Update) -> list[Outgoing]:
        seen.append(update.update_id)
        return []

    async with scripted_telegram() as telegram:
        poison = {"update_id": 2, "message": {"chat": "not a chat"}}
        telegram.updates = [text_update(1, 1), poison, text_update(3, 1)]
        async with receiving_from(telegram, office, answer):
            await until(lambda: telegram.confirmed == 4)
    assert (seen, office.aside) == ([1, 3], [2])


async def test_a_handler_that_fails_is_apologised_for_with_a_code_and_set_aside(
    caplog: pytest.LogCaptureFixture,
):
    office = Office()

    async def fails(_: Update) -> list[Outgoing]:
        raise ZeroDivisionError

    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(1, 1, "rahasia saya")]
        async with receiving_from(telegram, office, fails):
            await until(lambda: telegram.confirmed == 2)
    (said,) = office.said()
    code = said.split("kode ")[1][:6]
    assert code in caplog.text
    assert "rahasia" not in caplog.text
    assert office.aside == [1]


async def test_a_refusal_by_fieldwork_becomes_its_own_sentence_in_the_persons_language():
    office = Office()

    async def refuses(_: Update) -> list[Outgoing]:
        raise FieldworkError("hanya_pribadi")

    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(1, 1), tap_update(2, 2)]
        async with receiving_from(telegram, office, refuses):
            await until(lambda: telegram.confirmed == 3)
    assert office.said() == [TEXTS.say("hanya_pribadi", "id"), TEXTS.say("hanya_pribadi", "en")]
    assert office.aside == []


async def test_a_database_that_is_busy_for_a_moment_is_asked_again():
    office, tries = Office(), []

    async def busy_once(_: Update) -> list[Outgoing]:
        tries.append(1)
        if len(tries) == 1:
            raise StoreError("locked")
        return []

    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(1, 1)]
        async with receiving_from(telegram, office, busy_once):
            await until(lambda: telegram.confirmed == 2)
    assert (office.said(), office.aside) == ([], [])


async def test_while_the_database_stores_nothing_no_update_is_confirmed_and_the_person_is_told_once():
    office, recovered, answered = Office(), asyncio.Event(), []
    office.stores = False

    async def down(update: Update) -> list[Outgoing]:
        if not recovered.is_set():
            raise StoreError("disk full")
        answered.append(update.update_id)
        return []

    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(1, 1), text_update(2, 1)]
        async with receiving_from(telegram, office, down):
            await until(lambda: len(office.said()) == 2)
            polls = telegram.polls
            await until(lambda: telegram.polls >= polls + 2)
            assert telegram.confirmed == 0
            recovered.set()
            await until(lambda: telegram.confirmed == 3)
    assert len(office.said()) == 2  # once for each of the two
    assert answered == [1, 2]


@pytest.mark.parametrize(
    "trouble",
    [
        CONFLICT,
        Refusal(502, "Bad Gateway"),
        Refusal(401, "Unauthorized"),
        Refusal(429, "Too Many Requests: retry after 1", retry_after=1),
        b"<html>not the API</html>",
        b"null",
        b"[]",
        b'{"ok": true}',
        b'{"message": "Please sign in"}',
        b'{"ok": false}',
        b'{"ok": true, "result": null}',
        b'{"ok": true, "result": {"a": 1}}',
        b'{"ok": true, "result": [null, 3, {"update_id": true}, {"update_id": 1180591620717411303424}]}',
    ],
)
async def test_no_trouble_of_polling_ends_it(trouble: object):
    async with scripted_telegram() as telegram:
        telegram.will_answer("getUpdates", trouble)
        telegram.updates = [text_update(1, 1)]
        async with receiving_from(telegram, Office(), nothing):
            await until(lambda: telegram.confirmed == 2)


async def test_a_second_instance_is_reported_in_a_clear_line(caplog: pytest.LogCaptureFixture):
    async with scripted_telegram() as telegram:
        telegram.will_answer("getUpdates", CONFLICT)
        async with receiving_from(telegram, Office(), nothing):
            await until(lambda: telegram.polls >= 2)
    assert "second instance" in caplog.text


async def test_stopping_confirms_the_batch_in_hand():
    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(1, 1)]

        async def slow(_: Update) -> list[Outgoing]:
            await asyncio.sleep(0.05)
            return []

        async with receiving_from(telegram, Office(), slow) as receiver:
            await until(lambda: receiver.busy)
            await receiver.stop()
            assert telegram.confirmed == 2


async def test_what_no_database_stores_is_taken_out():
    raw = {"text": "a\x00b\ud800c", "list": ["\x00"], "number": 3, "none": None}
    assert cleaned(raw) == {"text": "abc", "list": [""], "number": 3, "none": None}
