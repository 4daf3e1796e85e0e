"""Surat pengantar asked for in the chat. A handler awaits one transaction and returns what to show."""

from functools import partial

from telegram import Update

from bot.chat import letter_screens
from bot.chat.class_buttons import PEERS, ClassPress
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, SendMessage
from bot.fieldwork import letters
from bot.fieldwork.expecting import asked_about
from bot.fieldwork.letters import LettersPage
from bot.fieldwork.rosters.record import RaterRole
from bot.fieldwork.staff import Asked
from bot.survey.typed import cleaned


async def on_letters(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(page: LettersPage) -> list[Outgoing]:
        return [SendMessage(chat_of(update), letter_screens.choose(desk.texts, page))]

    event = partial(letters.look, role=_role(press.other))
    return await answered(desk, update, _asked(press), event, draw)


async def on_list(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    draw = partial(letter_screens.one_of, desk.texts)
    event = partial(letters.look, role=_role(press.other))
    return await answered(desk, update, _asked(press), event, draw)


async def on_number(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    draw = partial(letter_screens.number_wanted, desk.texts)
    event = partial(letters.ask_number, role=_role(press.other))
    return await answered(desk, update, _asked(press), event, draw)


async def on_typed_number(desk: Desk, update: Update) -> list[Outgoing]:
    training_id, to_whom = await desk.run(asked_about, chat_of(update))
    text = cleaned(update.message.text or "") if update.message is not None else ""
    draw = partial(letter_screens.choose, desk.texts)
    press = ClassPress("letternum", training_id, other=to_whom)
    event = partial(letters.take_number, text=text, role=_role(to_whom))
    return await answered(desk, update, _asked(press), event, draw)


async def on_make(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    """All of the training, or one."""

    def draw(page: LettersPage) -> list[Outgoing]:
        desk.job_asked.set()
        return [SendMessage(chat_of(update), letter_screens.being_written(desk.texts, page))]

    event = partial(letters.ask, person_id=press.one, role=_role(press.other))
    return await answered(desk, update, _asked(press), event, draw)


def _asked(press: ClassPress) -> Asked:
    detail: dict[str, str | int] = {"to": "peers"} if _role(press.other) == "peer" else {}
    return Asked("write letters", press.training_id, detail)


def _role(to_whom: int) -> RaterRole:
    return "peer" if to_whom == PEERS else "superior"
