"""The office's own sheet: opened from a training's details, answered by taps and typing, closed. A handler sends nothing."""

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.handlers import forms
from bot.chat.handlers.participant_replies import TappedMessage
from bot.chat.handlers.staff_only import answered, forged, visit_of
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing
from bot.chat.sheet_screens import decode_sheet, sheet_shown
from bot.chat.staff_buttons import StaffPress
from bot.errors import FieldworkError
from bot.fieldwork import office_sheet, staff
from bot.fieldwork.office_sheet import Shown
from bot.fieldwork.staff import Asked
from bot.fieldwork.tapping import Tapped
from bot.survey.record import Typed
from bot.survey.typed import cleaned


async def on_open(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    def draw(shown: Shown) -> list[Outgoing]:
        return sheet_shown(desk.texts, chat_of(update), None, shown)

    asked = Asked("fill in office sheet", press.training_id)
    return await answered(desk, update, asked, office_sheet.fill_in, draw)


async def on_close(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    def draw(shown: Shown) -> list[Outgoing]:
        return sheet_shown(desk.texts, chat_of(update), None, shown)

    asked = Asked("look at training", press.training_id)
    return await answered(desk, update, asked, office_sheet.close, draw)


async def on_tap(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `o`."""
    query = update.callback_query
    button = decode_sheet(query.data or "") if query is not None else None
    if query is None or button is None:
        return await forged(desk, update)
    what = Tapped(button.response_id, button.position, button.revision, button.action, button.value)
    visit = visit_of(desk, update)
    try:
        shown = await desk.run(office_sheet.tap, visit, what)
    except FieldworkError as refused:
        await desk.run(staff.note_refused, visit, "fill in office sheet", refused.text_key)
        raise
    tapped = TappedMessage(query.id, query.message.message_id if query.message else None)
    return sheet_shown(desk.texts, chat_of(update), tapped, shown)


async def on_typed(desk: Desk, update: Update) -> list[Outgoing]:
    text = (update.message.text or "") if update.message is not None else ""
    shown = await desk.run(office_sheet.typed, visit_of(desk, update), Typed(cleaned(text)))
    if shown is None:
        return await forms.on_text(desk, update)
    return sheet_shown(desk.texts, chat_of(update), None, shown)
