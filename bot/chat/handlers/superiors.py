"""Whose superior must be confirmed after a move. A handler awaits one transaction and returns what to show."""

from functools import partial

from telegram import Update

from bot.chat import superior_screens
from bot.chat.class_buttons import ClassPress
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, SendMessage
from bot.fieldwork import confirming
from bot.fieldwork.confirming import Waiting
from bot.fieldwork.expecting import asked_about
from bot.fieldwork.staff import Asked, Event
from bot.survey.typed import cleaned


async def on_waiting(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(found: Waiting) -> list[Outgoing]:
        return [
            SendMessage(chat_of(update), screen)
            for screen in superior_screens.waiting(desk.texts, found)
        ]

    return await answered(desk, update, _asked(press.training_id), confirming.waiting, draw)


async def on_keep(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    return await _settle(desk, update, press, partial(confirming.keep, alumnus_id=press.one))


async def on_nobody(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    return await _settle(desk, update, press, partial(confirming.nobody, alumnus_id=press.one))


async def on_new(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    draw = partial(superior_screens.name_wanted, desk.texts)
    event = partial(confirming.ask_new, alumnus_id=press.one)
    return await answered(desk, update, _asked(press.training_id), event, draw)


async def on_typed(desk: Desk, update: Update) -> list[Outgoing]:
    training_id, alumnus_id = await desk.run(asked_about, chat_of(update))
    text = cleaned(update.message.text or "") if update.message is not None else ""
    event = partial(confirming.take_new, alumnus_id=alumnus_id, text=text)
    draw = partial(superior_screens.settled, desk.texts)
    return await answered(desk, update, _asked(training_id), event, draw)


async def _settle(
    desk: Desk, update: Update, press: ClassPress, event: Event[Waiting]
) -> list[Outgoing]:
    draw = partial(superior_screens.settled, desk.texts)
    return await answered(desk, update, _asked(press.training_id), event, draw)


def _asked(training_id: int) -> Asked:
    return Asked("confirm superior", training_id)
