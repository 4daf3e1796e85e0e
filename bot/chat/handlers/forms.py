"""A colleague's forms: sent as a file, tried out, published. A handler awaits one transaction and sends nothing.

Voice and files of staff come here first (text: typed.py): while a form is tried out they answer its question. Whatever is not for
a form is the participant's, because colleagues may be participants too.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial

from telegram import Update

from bot.chat import form_screens
from bot.chat.desk import Desk
from bot.chat.form_buttons import FormAction, FormPress, decode_form
from bot.chat.handlers import participant
from bot.chat.handlers.files import is_file, on_file
from bot.chat.handlers.messages import attachment_of, written_in
from bot.chat.handlers.participant_replies import TappedMessage, replies
from bot.chat.handlers.staff_only import answered, forged, visit_of
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.chat.trial_screens import decode_trial, trial_begun, trial_shown
from bot.errors import FieldworkError
from bot.fieldwork import publishing, staff, submitting, trying_out
from bot.fieldwork.publishing import Publishing
from bot.fieldwork.staff import Asked
from bot.fieldwork.submitting import InUse
from bot.fieldwork.tapping import Tapped
from bot.fieldwork.trying_out import Trial
from bot.fieldwork.typing_in import attend_text
from bot.survey.record import Said, Unsupported


async def on_forms(desk: Desk, update: Update) -> list[Outgoing]:
    """/formulir."""

    def draw(found: tuple[str, tuple[InUse, ...]]) -> Screen:
        return form_screens.in_use_screen(desk.texts, found[0], desk.study.office.zone, found[1])

    return await answered(desk, update, Asked("list forms"), submitting.in_use, draw)


async def on_text(desk: Desk, update: Update) -> list[Outgoing]:
    """A text that the office asked for and cannot use."""
    taken_here = await taken(desk, update, ())
    return [] if isinstance(taken_here, str) else taken_here


async def taken(desk: Desk, update: Update, of_the_office: Collection[str]) -> list[Outgoing] | str:
    """In one transaction; of a question of the office only which it is."""
    message = update.message
    if message is None or not message.text or message.text.startswith("/"):
        return await participant.on_unknown_command(desk, update)
    written = written_in(message, message.text)
    visits = participant.visit_of(desk, update), visit_of(desk, update)
    found = await desk.run(attend_text, *visits, written, of_the_office)
    if isinstance(found, str):
        return found
    if isinstance(found, Trial):
        return trial_shown(desk.texts, chat_of(update), None, found)
    return replies(desk.texts, chat_of(update), None, found)


async def on_other(desk: Desk, update: Update) -> list[Outgoing]:
    """A file of staff is for the office, unless a question wants one just now."""
    message = update.message
    if (
        is_file(message)
        and await desk.run(trying_out.destination, visit_of(desk, update)) == "office"
    ):
        return await on_file(desk, update)
    tried = await _tried(desk, update, attachment_of(message) or Unsupported("other"))
    return await participant.on_other(desk, update) if tried is None else tried


async def on_cancel(desk: Desk, update: Update) -> list[Outgoing]:
    """/batal: a trial ends, or what was asked for is asked no more; what was kept stays."""
    draft_id = await desk.run(trying_out.under_way, visit_of(desk, update))
    if draft_id:
        return await _end(desk, update, FormPress("end", draft_id))
    return await participant.on_cancel(desk, update)


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `f`."""
    query = update.callback_query
    press = decode_form(query.data or "") if query is not None else None
    if press is None:
        return await forged(desk, update)
    return await PRESSES[press.action](desk, update, press)


async def on_trial_tap(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `c`."""
    query = update.callback_query
    button = decode_trial(query.data or "") if query is not None else None
    if button is None:
        return await forged(desk, update)
    what = Tapped(button.response_id, button.position, button.revision, button.action, button.value)
    visit = visit_of(desk, update)
    try:
        trial = await desk.run(trying_out.tap, visit, what)
    except FieldworkError as refused:
        await desk.run(staff.note_refused, visit, "try form", refused.text_key)
        raise
    return trial_shown(desk.texts, chat_of(update), _tapped(update), trial)


async def _tried(desk: Desk, update: Update, said: Said) -> list[Outgoing] | None:
    trial = await desk.run(trying_out.reply, visit_of(desk, update), said)
    return None if trial is None else trial_shown(desk.texts, chat_of(update), None, trial)


async def _try(desk: Desk, update: Update, press: FormPress) -> list[Outgoing]:
    def draw(trial: Trial) -> list[Outgoing]:
        return trial_begun(desk.texts, chat_of(update), trial)

    event = partial(trying_out.begin, draft_id=press.draft_id)
    return await answered(desk, update, Asked("try form"), event, draw)


async def _end(desk: Desk, update: Update, press: FormPress) -> list[Outgoing]:
    def draw(trial: Trial) -> list[Outgoing]:
        tapped = _tapped(update)
        shown = trial_shown(desk.texts, chat_of(update), tapped, trial)
        return shown if tapped is None else shown[1:]  # the tap is answered by `answered` already

    event = partial(trying_out.end, draft_id=press.draft_id)
    return await answered(desk, update, Asked("end trial"), event, draw)


async def _publish(desk: Desk, update: Update, press: FormPress) -> list[Outgoing]:
    def draw(done: Publishing) -> Screen | list[Outgoing]:
        screen = form_screens.publishing_screen(desk.texts, done)
        if press.action == "confirm":
            return screen
        return [SendMessage(chat_of(update), screen)]  # the report stays

    confirmed = press.action == "confirm"
    event = partial(publishing.publish, draft_id=press.draft_id, confirmed=confirmed)
    return await answered(desk, update, Asked("publish form"), event, draw)


async def _drop(desk: Desk, update: Update, press: FormPress) -> list[Outgoing]:
    def draw(language: str) -> Screen:
        return Screen(desk.texts.say("formulir_dibatalkan", language))

    event = partial(publishing.drop, draft_id=press.draft_id)
    return await answered(desk, update, Asked("drop form"), event, draw)


def _tapped(update: Update) -> TappedMessage | None:
    query = update.callback_query
    if query is None:
        return None
    return TappedMessage(query.id, query.message.message_id if query.message else None)


Pressed = Callable[[Desk, Update, FormPress], Awaitable[list[Outgoing]]]
PRESSES: Mapping[FormAction, Pressed] = {
    "try": _try, "end": _end, "publish": _publish, "confirm": _publish, "drop": _drop,
}  # fmt: skip
