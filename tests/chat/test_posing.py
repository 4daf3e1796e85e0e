"""The same over the real receiver and outbox: what is typed while the next question is on its way does not answer it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count

import pytest
from sqlalchemy import Connection, select

from bot.chat import outbox as outbox_module
from bot.chat import receiving, routing
from bot.chat.outbox import Hooks, Outbox
from bot.chat.receiving import Receiver
from bot.chat.request import AiohttpRequest
from bot.chat.taking import Reception, Taker
from bot.chat.updates import Lanes
from bot.fieldwork import answering, once
from bot.fieldwork.records import Posed
from bot.store import accounts, tables
from bot.store.database import Database
from tests.chat.phone import FIRST_UPDATE, TEXTS, desk
from tests.chat.scripted_telegram import (
    Hangs,
    ScriptedTelegram,
    Slow,
    bot_of,
    scripted_telegram,
    tap_update,
    text_update,
)
from tests.fieldwork import field

CARD = 5  # where the taps of tap_update come from
EARLY = "mungkin terkirim sebelum"
ON_ITS_WAY = 0.3  # seconds
_updates = count(FIRST_UPDATE)


@dataclass
class Talk:
    """Siti and the bot, until it dies; the next bot finds the same database and the same chat."""

    database: Database
    telegram: ScriptedTelegram

    async def says(self, text: str) -> None:
        self.telegram.messages += 1
        raw = text_update(next(_updates), field.CHAT, text)
        raw["message"] |= {
            "message_id": self.telegram.messages, "date": int(field.NOW.timestamp())
        }  # fmt: skip
        await self._sent(raw)

    async def taps(self, position: int, revision: int, rest: str) -> None:
        response_id = (await self.database.read(answered))[0]
        data = f"a:{response_id}:{position}:{revision}:{rest}"
        await self._sent(tap_update(next(_updates), field.CHAT, data))

    async def _sent(self, raw: dict) -> None:
        self.telegram.updates.append(raw)
        await self.until(lambda: self.telegram.confirmed > raw["update_id"])

    async def until(self, condition) -> None:
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110 - another task's state has no event
                await asyncio.sleep(0.005)

    async def answers(self) -> dict[str, str]:
        return (await self.database.read(answered))[1]

    def times_told(self) -> int:
        return sum(EARLY in text for text in self.telegram.texts())


def answered(connection: Connection) -> tuple[int, dict[str, str]]:
    rows = connection.execute(select(tables.answers.c.item, tables.answers.c.value))
    asked = {row.item: row.value for row in rows if row.item in {"a03", "a15"}}
    return connection.execute(select(tables.responses.c.id)).scalar_one(), asked


def begun(connection: Connection) -> None:
    """Siti sees her first question; the third, a03, is a number, and a15 a text."""
    _, _, round_id = field.classroom(connection)
    field.attended(connection, partial(answering.agree, round_id=round_id, more=""))
    accounts.remember_card(connection, field.CHAT, CARD)


@asynccontextmanager
async def bot_in(talk: Talk) -> AsyncIterator[Outbox]:
    at = desk(talk.database)

    async def remember(chat_id: int, message_id: int, posed: Posed | None) -> None:
        await talk.database.run(answering.remember_card, chat_id, message_id, posed)

    async def blocked(_: int) -> None:
        raise AssertionError("blocked")

    async def set_aside(update_id: int, problem: str) -> None:
        await talk.database.run(once.set_aside, update_id, problem, field.NOW)

    async with bot_of(talk.telegram) as bot, AiohttpRequest() as request:
        turns = Lanes()
        outbox = Outbox(bot, Hooks(remember, blocked), turns, posing=at.posing)
        reception = Reception(partial(routing.answered, at), outbox.show, set_aside, TEXTS)
        receiver = Receiver(bot, request, Taker(bot, reception, turns))
        running = asyncio.create_task(receiver.run())
        yield outbox
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await outbox.close(0)


@asynccontextmanager
async def talking(database: Database) -> AsyncIterator[Talk]:
    await database.run(begun)
    async with scripted_telegram() as telegram:
        yield Talk(database, telegram)


async def to_the_number(talk: Talk, outbox: Outbox) -> None:
    await talk.taps(3, 1, "choose:setuju")
    await talk.taps(4, 2, "on:waktu")
    await talk.taps(4, 2, "done:")
    await outbox.quiet()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "LONG_POLL", 1)
    monkeypatch.setattr(receiving, "BACK_OFF", (0.01,))
    monkeypatch.setattr(outbox_module, "FIRST_PAUSE", 0.05)


async def test_a_text_written_three_times_before_the_next_question_arrives_answers_once(
    database: Database,
):
    async with talking(database) as talk, bot_in(talk) as outbox:
        await to_the_number(talk, outbox)
        talk.telegram.will_answer("sendMessage", Slow(ON_ITS_WAY))
        for _ in range(3):
            await talk.says("12")
        await outbox.quiet()
        assert await talk.answers() == {"a03": "12"}
        assert talk.times_told() == 1
        await talk.says("Memakai daftar periksa.")
        assert await talk.answers() == {"a03": "12", "a15": "Memakai daftar periksa."}


async def test_a_copy_that_waited_while_the_bot_was_dead_answers_nothing(database: Database):
    async with talking(database) as talk:
        async with bot_in(talk) as outbox:
            await to_the_number(talk, outbox)
            talk.telegram.will_answer("sendMessage", Hangs())
            await talk.says("12")
        async with bot_in(talk) as outbox:
            await talk.says("12")
            await outbox.quiet()
            assert await talk.answers() == {"a03": "12"}
            assert "a15" in talk.telegram.texts()[-1]
            await talk.says("Memakai daftar periksa.")
            assert (await talk.answers())["a15"] == "Memakai daftar periksa."


async def test_what_is_typed_while_a_tapped_card_is_being_edited_answers_nothing(
    database: Database,
):
    async with talking(database) as talk, bot_in(talk) as outbox:
        await talk.taps(3, 1, "choose:setuju")
        await talk.taps(4, 2, "on:waktu")
        await outbox.quiet()
        talk.telegram.will_answer("editMessageText", Slow(ON_ITS_WAY))
        await talk.taps(4, 2, "done:")
        await talk.says("12")
        assert await talk.answers() == {}
        await outbox.quiet()
        await talk.says("12")
        assert await talk.answers() == {"a03": "12"}
