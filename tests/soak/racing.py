"""Races: what comes at the same moment, again and again, each time a little differently. Real databases, real handlers.

On PostgreSQL two replicas take the updates, each with connections of its own and with nothing that keeps a chat in order between
them; on SQLite one process has the file for itself, and its updates wait for the same writer. What every race must leave
behind is written with it; what is wrong comes back as sentences.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Protocol

from sqlalchemy import Connection, select
from telegram import Update

from bot.chat.buttons import AnswerButton, decode, press_data
from bot.chat.desk import Desk
from bot.chat.routing import answered
from bot.clock import FollowedClock
from bot.fieldwork import contacting, rounds
from bot.store import questionnaires, tables
from bot.store.database import Database
from bot.survey.questionnaire import Questionnaire
from bot.survey.study import Study
from tests.chat.phone import TEXTS, Phone
from tests.fieldwork.office import (
    FIRST_CHAT,
    SECRET,
    STUDY,
    import_class,
    open_round,
    roster,
    wib,
)
from tests.survey.forms import form, item, options

NOW = wib("2026-10-16 15:00")
A_MESSAGE = 1
CLOSING = wib("2026-10-23 23:59")
OF_ANSWERS = ("break_off", "partial", "complete")  # of two questions
REPLICAS = 4
FOUR = options("a", "b", "c", "d")
TWO_QUESTIONS = replace(
    form(
        item("first", required=True, options=FOUR), item("second", required=True, options=FOUR),
        name="post_training",
    ), version="2",
)  # fmt: skip
TWO_TEXTS = replace(
    form(
        item("first", "text", required=True), item("second", "text", required=True),
        name="post_training",
    ), version="3",
)  # fmt: skip

_update_ids = count(1_000_000)


class Race(Protocol):
    __name__: str

    async def __call__(self, url: str, /, *, seed: int, times: int) -> list[str]: ...


@dataclass(slots=True)
class Office:
    desks: Sequence[Desk]  # of the replicas
    clock: FollowedClock
    training_id: int
    round_id: int

    async def at_the_first_question(self, chat: int) -> Phone:
        phone = Phone(self.desks[0], chat, _updates=_update_ids)
        await phone.forge(press_data("begin", self.round_id), A_MESSAGE)
        await phone.forge(press_data("agree", self.round_id), A_MESSAGE)
        return phone

    async def at_once(self, random: Random, updates: Sequence[Update]) -> None:
        """Each at whichever replica it happens to reach."""
        await asyncio.gather(*(answered(random.choice(self.desks), update) for update in updates))

    async def stored(self, chat: int) -> "Stored":
        return await self.desks[0].run(_stored, chat, self.round_id)


@dataclass(frozen=True, slots=True)
class Stored:
    answers: Mapping[str, str]
    replaced: int
    disposition: str
    settled: bool


@asynccontextmanager
async def office(
    url: str, asked: Questionnaire, size: int, study: Study = STUDY
) -> AsyncIterator[Office]:
    """A class of that size on its last day; the round is open."""
    async with AsyncExitStack() as stack:
        replicas = 1 if url.startswith("sqlite") else 2
        bases = [await stack.enter_async_context(await Database.open(url)) for _ in range(replicas)]
        training_id = await bases[0].run(import_class, roster(size))
        await bases[0].run(questionnaires.keep, asked, NOW)
        round_id = await bases[0].run(open_round, training_id, "post_training", now=NOW)
        clock = FollowedClock(NOW)
        desks = [Desk(base.run, study, TEXTS, clock, SECRET, "bungo_test_bot") for base in bases]
        yield Office(desks, clock, training_id, round_id)


# ---- the races -------------------------------------------------------------------------------------


async def double_taps(url: str, seed: int, times: int) -> list[str]:
    """The same button, two or three times at once, one of them delivered twice: one answer, and the next question is open."""
    random, wrong = Random(seed), []
    async with office(url, TWO_QUESTIONS, times, _impatient()) as at:
        for chat in range(FIRST_CHAT, FIRST_CHAT + times):
            phone = await at.at_the_first_question(chat)
            chosen = random.choice(_choices(phone))
            updates = [_tap(phone, chosen) for _ in range(random.randint(2, 3))]
            updates.append(random.choice(updates))
            await at.at_once(random, random.sample(updates, len(updates)))
            stored = await at.stored(chat)
            if stored.answers != {"first": _value(chosen)} or stored.replaced:
                wrong.append(f"{chat} tapped {chosen} and has {stored}")
    return wrong


async def two_devices(url: str, seed: int, times: int) -> list[str]:
    """Two phones of one account show the same card; on each another answer is tapped: one of them counts, once."""
    random, wrong = Random(seed), []
    async with office(url, TWO_QUESTIONS, times, _impatient()) as at:
        for chat in range(FIRST_CHAT, FIRST_CHAT + times):
            phone = await at.at_the_first_question(chat)
            tapped = random.sample(_choices(phone), 2)
            await at.at_once(random, [_tap(phone, data) for data in tapped])
            stored = await at.stored(chat)
            is_one = dict(stored.answers) in [{"first": _value(data)} for data in tapped]
            if not is_one or stored.replaced:
                wrong.append(f"{chat} tapped {tapped} and has {stored}")
    return wrong


async def three_at_once(url: str, seed: int, times: int) -> list[str]:
    """Three messages at once, some of them forwarded: the first own one is the answer, none answers what was not seen yet."""
    random, wrong = Random(seed), []
    async with office(url, TWO_TEXTS, times) as at:
        for chat in range(FIRST_CHAT, FIRST_CHAT + times):
            phone = await at.at_the_first_question(chat)
            at.clock.move_to(at.clock.now() + timedelta(seconds=5))  # the person reads
            own = random.sample(("satu", "dua", "tiga"), random.randint(0, 3))
            updates = [
                _text(phone, text, forwarded=text not in own) for text in ("satu", "dua", "tiga")
            ]
            await at.at_once(random, updates)
            stored = await at.stored(chat)
            allowed = [{"first": text} for text in own] or [{}]
            if dict(stored.answers) not in allowed or stored.replaced:
                wrong.append(f"{chat} wrote {own}, forwarded the others, and has {stored}")
    return wrong


async def tap_at_closing(url: str, seed: int, times: int) -> list[str]:
    """An answer comes while the round is closed: the disposition is that of what is stored, whoever was first."""
    random, wrong = Random(seed), []
    async with office(url, TWO_QUESTIONS, 1, _impatient()) as at:
        for number in range(times):
            at = await _another_class(at, number)  # noqa: PLW2901  # the same office
            phone = await at.at_the_first_question(FIRST_CHAT)
            if random.random() < 0.5:
                await phone.forge(random.choice(_choices(phone)), phone.card)
            last = _tap(phone, random.choice(_choices(phone)))
            await asyncio.gather(at.at_once(random, [last]), _close(at, random))
            stored = await at.stored(FIRST_CHAT)
            if stored.disposition != OF_ANSWERS[len(stored.answers)] or not stored.settled:
                wrong.append(f"round {number}: {stored}")
    return wrong


async def replicas_claim(url: str, seed: int, times: int, due: int = 2000) -> list[str]:
    """Four replicas take what is due, each as often as there is anything: everybody is taken once."""
    random, wrong = Random(seed), []
    async with AsyncExitStack() as stack:
        bases = [await stack.enter_async_context(await Database.open(url)) for _ in range(REPLICAS)]
        await bases[0].run(_many_due, due)
        for number in range(times):
            wanted = await bases[0].run(_all_due_again)
            taken = await asyncio.gather(
                *(_take_all(base, random.randint(20, 90)) for base in bases)
            )
            counted = Counter(one for of_replica in taken for one in of_replica)
            if set(counted) != wanted or counted.total() != due:
                twice = counted.total() - len(counted)
                wrong.append(f"time {number}: {len(counted)} of {due} taken, {twice} of them twice")
    return wrong


UPDATES_AT_ONCE: Sequence[Race] = (double_taps, two_devices, three_at_once, tap_at_closing)


# ---- how they are set up ---------------------------------------------------------------------------


def _impatient() -> Study:
    """No tap is refused for coming soon: what keeps the answers right is the revision alone."""
    return replace(STUDY, double_tap_seconds=0.0)


async def _another_class(at: Office, number: int) -> Office:
    """For the same person; a minute before its round closes."""
    database = at.desks[0]
    code = f"UJI-{number}"
    training_id = await database.run(import_class, roster(1, code=code))
    await database.run(questionnaires.keep, TWO_QUESTIONS, NOW + timedelta(days=number))
    opened = await database.run(open_round, training_id, "post_training", now=NOW)
    return replace(at, training_id=training_id, round_id=opened)


async def _close(at: Office, random: Random) -> None:
    """As the ticker does, which another replica may be."""
    run = random.choice(at.desks).run
    await asyncio.sleep(random.random() * 0.004)
    while await run(rounds.settle_some, STUDY, at.round_id, CLOSING):
        pass


async def _take_all(base: Database, most: int) -> list[int]:
    taken: list[int] = []
    while claimed := await base.run(contacting.claim_due, STUDY, NOW, most):
        taken += [one.contact_id for one in claimed]
    return taken


def _many_due(connection: Connection, due: int) -> None:
    training_id = import_class(connection, roster(due))
    open_round(connection, training_id, "post_training", now=NOW)


def _all_due_again(connection: Connection) -> set[int]:
    again = tables.contacts.update().values(state="planned", claimed_at=None, attempts=0)
    return set(connection.execute(again.returning(tables.contacts.c.id)).scalars())


def _stored(connection: Connection, chat: int, round_id: int) -> Stored:
    responses, answers, history = tables.responses, tables.answers, tables.answer_history
    whose = responses.join(tables.accounts, tables.accounts.c.person_id == responses.c.person_id)
    query = select(responses).select_from(whose)
    row = connection.execute(
        query.where(tables.accounts.c.chat_id == chat, responses.c.round_id == round_id)
    ).one()
    given = connection.execute(select(answers).where(answers.c.response_id == row.id)).all()
    replaced = connection.execute(select(history.c.id).where(history.c.response_id == row.id)).all()
    found = {one.item: one.value or one.other for one in given}
    asked = {name: value for name, value in found.items() if name in {"first", "second"}}
    return Stored(asked, len(replaced), row.disposition, row.settled_at is not None)


def _choices(phone: Phone) -> list[str]:
    """The buttons of the newest card that answer it."""
    shown = (button.data for row in phone.messages[phone.card].buttons for button in row)
    return [data for data in shown if _button(data).action == "choose"]


def _button(data: str) -> AnswerButton:
    button = decode(data)
    return button if isinstance(button, AnswerButton) else AnswerButton(0, 0, 0, "")


def _value(data: str) -> str:
    return _button(data).value


def _tap(phone: Phone, data: str) -> Update:
    user = {"id": phone.chat_id, "is_bot": False, "first_name": "Orang"}
    query = {
        "id": "1", "from": user, "chat_instance": "1", "data": data,
        "message": {**phone.message({"text": "?"}), "message_id": phone.card},
    }  # fmt: skip
    return _update({"callback_query": query})


def _text(phone: Phone, text: str, *, forwarded: bool) -> Update:
    said = phone.message({"text": text, **(phone.forwarded() if forwarded else {})})
    return _update({"message": said})


def _update(content: Mapping[str, object]) -> Update:
    return Update.de_json({"update_id": next(_update_ids), **content})
