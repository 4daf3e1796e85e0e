"""Keying in what stands on paper. A handler awaits one transaction and returns what to show."""

from functools import partial

from telegram import Update

from bot.chat import key_in_screens
from bot.chat.class_buttons import ClassPress
from bot.chat.desk import Desk
from bot.chat.handlers.participant_replies import TappedMessage
from bot.chat.handlers.staff_only import answered, forged, visit_of
from bot.chat.key_in_screens import decode_keyed
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.errors import FieldworkError
from bot.fieldwork import keying_in, staff
from bot.fieldwork.expecting import asked_about
from bot.fieldwork.keying_in import KeyedIn, Sheets
from bot.fieldwork.staff import Asked
from bot.fieldwork.tapping import Tapped
from bot.survey.record import Typed
from bot.survey.typed import cleaned


async def on_key_in(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    """Whose sheet is it? In a message of its own: the button may stand on the live card."""

    def draw(listed: Sheets) -> list[Outgoing]:
        return [SendMessage(chat_of(update), key_in_screens.sheets(desk.texts, listed))]

    asked = Asked("key in", press.training_id)
    return await answered(desk, update, asked, keying_in.ask_letters, draw)


async def on_letters(desk: Desk, update: Update) -> list[Outgoing]:
    training_id, _ = await desk.run(asked_about, chat_of(update))
    event = partial(keying_in.search, text=_text(update))
    draw = partial(key_in_screens.sheets, desk.texts)
    return await answered(desk, update, Asked("key in", training_id), event, draw)


async def on_sheet(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(done: KeyedIn) -> list[Outgoing]:
        return key_in_screens.keyed(desk.texts, chat_of(update), None, done)

    event = partial(keying_in.begin, response_id=press.one)
    return await answered(desk, update, Asked("key in", press.training_id), event, draw)


async def on_stop(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(language: str) -> Screen:
        return Screen(desk.texts.say("kertas_nanti", language))

    return await answered(desk, update, Asked("key in", press.training_id), keying_in.end, draw)


async def on_tap(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `i`."""
    query = update.callback_query
    button = decode_keyed(query.data or "") if query is not None else None
    if query is None or button is None:
        return await forged(desk, update)
    what = Tapped(button.response_id, button.position, button.revision, button.action, button.value)
    at = TappedMessage(query.id, query.message.message_id if query.message else None)
    try:
        done = await desk.run(keying_in.tap, visit_of(desk, update), what)
    except FieldworkError as refused:
        await desk.run(staff.note_refused, visit_of(desk, update), "key in", refused.text_key)
        raise
    return key_in_screens.keyed(desk.texts, chat_of(update), at, done)


async def on_text(desk: Desk, update: Update) -> list[Outgoing]:
    said = Typed(_text(update))
    try:
        done = await desk.run(keying_in.reply, visit_of(desk, update), said)
    except FieldworkError as refused:
        await desk.run(staff.note_refused, visit_of(desk, update), "key in", refused.text_key)
        raise
    return key_in_screens.keyed(desk.texts, chat_of(update), None, done)


def _text(update: Update) -> str:
    return cleaned(update.message.text or "") if update.message is not None else ""
