"""What one reply costs: calls of the Bot API, transactions, statements. Whoever adds one has to say so here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot.chat import routing
from bot.chat.outbox import Hooks, Outbox
from bot.chat.taking import Reception, Taker
from bot.chat.updates import Lanes
from bot.fieldwork import answering, enrolment, once
from bot.fieldwork.records import Posed
from bot.store import accounts
from bot.store.database import Database
from tests.chat.phone import TEXTS, desk
from tests.chat.scripted_telegram import (
    ScriptedTelegram,
    bot_of,
    scripted_telegram,
    tap_update,
    text_update,
)
from tests.fieldwork import field
from tests.store.listening import Heard, all_of

CARD = 5  # where the taps of tap_update come from
TAP = [
    "INSERT accounts", "INSERT seen_updates", "SELECT responses", "SELECT answers",
    "SELECT consents", "UPDATE responses", "INSERT answers",
]  # fmt: skip
TEXT = [
    "SELECT accounts", "SELECT form_drafts", "INSERT accounts", "INSERT seen_updates",
    "SELECT responses", "SELECT answers", "SELECT consents", "DELETE answer_messages",
    "INSERT answer_messages", "UPDATE responses", "INSERT answers", "UPDATE accounts",
    "UPDATE accounts",  # the second transaction: which message shows the next question
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bot:
    telegram: ScriptedTelegram
    taker: Taker
    outbox: Outbox
    response_id: int

    async def gets(self, raw: dict) -> list[str]:
        """The calls with which it replies."""
        self.telegram.calls.clear()
        assert await self.taker.take(raw)
        await self.outbox.quiet()
        return self.telegram.methods()

    def tap(self, number: int, position: int, revision: int, rest: str) -> dict:
        data = f"a:{self.response_id}:{position}:{revision}:{rest}"
        return tap_update(number, field.CHAT, data)


@asynccontextmanager
async def bot_on(database: Database) -> AsyncIterator[Bot]:
    """Somebody is at the first question; the questionnaire, which is read once, has been read."""
    _, (person,), round_id = await database.run(field.classroom)
    agree = partial(answering.agree, round_id=round_id, more="")
    await database.run(field.attended, agree)
    await database.run(accounts.remember_card, field.CHAT, CARD)
    found = await database.run(field.response_of, person)
    at = desk(database)

    async def blocked(chat_id: int) -> None:
        await database.run(enrolment.blocked, chat_id, field.NOW)

    async def remember(chat_id: int, message_id: int, posed: Posed | None) -> None:
        await database.run(answering.remember_card, chat_id, message_id, posed)

    async def set_aside(update_id: int, problem: str) -> None:
        await database.run(once.set_aside, update_id, problem, field.NOW)

    async with scripted_telegram() as telegram, bot_of(telegram) as bot:
        turns = Lanes()
        outbox = Outbox(bot, Hooks(remember, blocked), turns)
        reception = Reception(partial(routing.answered, at), outbox.show, set_aside, TEXTS)
        yield Bot(telegram, Taker(bot, reception, turns), outbox, found.response.id)


def first_tap(bot: Bot, number: int = 1) -> dict:
    return bot.tap(number, 3, 1, "choose:setuju")


async def test_a_tap_costs_two_calls_of_which_the_first_shows_the_next_question(database: Database):
    async with bot_on(database) as bot:
        assert await bot.gets(first_tap(bot)) == ["editMessageText", "answerCallbackQuery"]
        assert "a02" in bot.telegram.calls[0][1]["text"]


async def test_a_tap_costs_one_transaction_of_seven_statements(database: Database):
    async with bot_on(database) as bot:
        found = await heard_of(database, bot, first_tap(bot))
    assert (found.commits, found.words()) == (1, TAP)


async def heard_of(database: Database, bot: Bot, raw: dict) -> Heard:
    async with all_of(database) as heard:
        await bot.gets(raw)
    return heard


async def test_a_text_costs_one_transaction_and_another_for_the_number_of_the_next_message(
    database: Database,
):
    async with bot_on(database) as bot:
        raw = text_update(1, field.CHAT, "2")
        raw["message"] |= {"message_id": CARD + 1, "date": int(field.NOW.timestamp())}
        found = await heard_of(database, bot, raw)
    assert (found.commits, found.words()) == (2, TEXT)
