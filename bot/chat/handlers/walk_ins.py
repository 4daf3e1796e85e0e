"""Matching those who came without being listed. A handler awaits one transaction and returns what to show."""

from functools import partial

from telegram import Update

from bot.chat import walk_in_screens
from bot.chat.class_buttons import ClassPress
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, SendMessage
from bot.fieldwork import matching
from bot.fieldwork.expecting import asked_about
from bot.fieldwork.matching import WaitingList
from bot.fieldwork.staff import Asked
from bot.survey.typed import cleaned


async def on_waiting(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    """In a message of its own: the button may stand on the live card."""

    def draw(found: WaitingList) -> list[Outgoing]:
        return [SendMessage(chat_of(update), walk_in_screens.waiting(desk.texts, found))]

    asked = Asked("list walk-ins", press.training_id)
    return await answered(desk, update, asked, matching.waiting_list, draw)


async def on_walk_in(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(matching.propose, person_id=press.one)
    draw = partial(walk_in_screens.proposed, desk.texts)
    return await answered(desk, update, Asked("list walk-ins", press.training_id), event, draw)


async def on_search(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(matching.ask_letters, person_id=press.one)
    draw = partial(walk_in_screens.proposed, desk.texts)
    return await answered(desk, update, Asked("list walk-ins", press.training_id), event, draw)


async def on_letters(desk: Desk, update: Update) -> list[Outgoing]:
    training_id, person_id = await desk.run(asked_about, chat_of(update))
    text = cleaned(update.message.text or "") if update.message is not None else ""
    event = partial(matching.search, person_id=person_id, text=text)
    draw = partial(walk_in_screens.proposed, desk.texts)
    return await answered(desk, update, Asked("list walk-ins", training_id), event, draw)


async def on_match(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(matching.match, walk_in_id=press.one, person_id=press.other)
    draw = partial(walk_in_screens.matched, desk.texts)
    return await answered(desk, update, Asked("match walk-in", press.training_id), event, draw)


async def on_extra(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(matching.take_in, person_id=press.one)
    draw = partial(walk_in_screens.waiting, desk.texts)
    return await answered(desk, update, Asked("take in walk-in", press.training_id), event, draw)


async def on_undo(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(matching.undo, match_id=press.one)
    draw = partial(walk_in_screens.waiting, desk.texts)
    return await answered(desk, update, Asked("undo match", press.training_id), event, draw)
