"""Does what the people of a world do: real updates to the real handlers, a phone for each; or they block the bot at Telegram."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import Connection, select

from bot.chat.buttons import AnswerButton, Press, decode, press_data
from bot.chat.desk import Desk
from bot.fieldwork import enrolment
from bot.simulator import people as simulated
from bot.simulator.workbench import Workbench
from bot.store import rounds as stored_rounds
from bot.store import tables
from tests.chat.phone import Phone
from tests.fieldwork.office import nip
from tests.soak.world import Deed, number_of

MOST_CARDS = 80  # of one survey
A_MESSAGE = 1  # whose button is tapped; the handlers do not care


@dataclass(slots=True)
class Doer:
    desk: Desk
    bench: Workbench
    phones: dict[int, Phone] = field(default_factory=dict)
    numbers: Iterator[int] = field(
        default_factory=lambda: count(1)
    )  # of the updates of all of them

    async def do(self, deed: Deed) -> None:
        phone = self._phone(deed.chat)
        match deed.what:
            case "block":
                simulated.block(self.bench.scene(), deed.chat)
            case "return":
                simulated.unblock(self.bench.scene(), deed.chat)
                await phone.write("/bantuan")
            case "opt_out":
                await phone.forge(press_data("stop_contact"), A_MESSAGE)
            case "connect":
                await self._connect(phone, deed)
            case _:
                await self._in_round(phone, deed)

    def _phone(self, chat: int) -> Phone:
        if chat not in self.phones:
            self.phones[chat] = Phone(self.desk, chat, _updates=self.numbers)
        return self.phones[chat]

    async def _connect(self, phone: Phone, deed: Deed) -> None:
        token = enrolment.personal_token()
        person = await self.desk.run(person_of, deed.chat)
        if person is None:
            return
        await self.desk.run(enrolment.new_link, person, deed.at, token)
        await phone.start(token)
        if self_ := _button(phone, "link_self"):
            await phone.forge(self_, phone.card)

    async def _in_round(self, phone: Phone, deed: Deed) -> None:
        round_id = await self.desk.run(_round_id, deed.course, deed.kind)
        if round_id is None:
            return
        match deed.what:
            case "begin":
                await self._answer(phone, round_id, 1)
            case "complete":
                await self._answer(phone, round_id, MOST_CARDS)
            case "stop":
                await phone.forge(press_data("no_reminder", round_id), A_MESSAGE)
            case "refuse":
                await phone.forge(press_data("refuse", round_id), A_MESSAGE)
            case "chosen_time":
                await phone.forge(press_data(deed.chosen, round_id), A_MESSAGE)

    async def _answer(self, phone: Phone, round_id: int, most: int) -> None:
        """So many questions, or all, about every alumnus that is asked about."""
        await phone.forge(press_data("begin", round_id), A_MESSAGE)
        while agree := _button(phone, "self") or _button(phone, "agree"):
            await phone.forge(agree, phone.card)
        for response_id in await self.desk.run(_responses, round_id, phone.chat_id):
            await phone.forge(press_data("take", response_id), A_MESSAGE)
            for _ in range(most):
                if not await _answer_one(phone, response_id):
                    break


async def _answer_one(phone: Phone, response_id: int) -> bool:
    """False: it is not asked for."""
    shown = [one for _, one in _shown(phone) if isinstance(one, AnswerButton)]
    if not shown or shown[0].response_id != response_id or shown[0].action == "edit":
        return False
    if choice := _button(phone, "choose"):
        await phone.forge(choice, phone.card)
    else:
        await phone.write("jawaban")
    return True


def _button(phone: Phone, action: str) -> str:
    """Of the newest message; empty when it has none."""
    return next((data for data, one in _shown(phone) if one and one.action == action), "")


def _shown(phone: Phone) -> list[tuple[str, AnswerButton | Press | None]]:
    newest = phone.messages[max(phone.messages)]
    return [(one.data, decode(one.data)) for row in newest.buttons for one in row]


def person_of(connection: Connection, chat: int) -> int | None:
    query = select(tables.people.c.id).where(tables.people.c.nip == nip(number_of(chat)).digits)
    return connection.execute(query).scalar_one_or_none()


def _responses(connection: Connection, round_id: int, chat: int) -> list[int]:
    of_chat = tables.responses.join(
        tables.accounts, tables.accounts.c.person_id == tables.responses.c.person_id
    )
    query = select(tables.responses.c.id).select_from(of_chat)
    mine = query.where(tables.responses.c.round_id == round_id, tables.accounts.c.chat_id == chat)
    return list(connection.execute(mine.order_by(tables.responses.c.id)).scalars())


def _round_id(connection: Connection, course: str, kind: str) -> int | None:
    query = select(tables.trainings.c.id).where(tables.trainings.c.code == course)
    training_id = connection.execute(query).scalar_one_or_none()
    found = training_id and stored_rounds.of_kind(connection, training_id, kind)
    return found.id if found else None
