"""Interviews, as staff tap and type: selection, the list of cases, notes of a call. A handler sends nothing."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from telegram import Update

from bot.chat import case_screens
from bot.chat.case_buttons import CaseAction, CasePress, decode_case
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered, forged
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.fieldwork import interview_pages, interviews
from bot.fieldwork.expecting import asked_about
from bot.fieldwork.interview_pages import Paper
from bot.fieldwork.interviews import NotesPage
from bot.fieldwork.staff import Asked
from bot.survey.typed import cleaned


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `d`."""
    query = update.callback_query
    press = decode_case(query.data or "") if query is not None else None
    if press is None:
        return await forged(desk, update)
    return await PRESSES[press.action](desk, update, press)


async def on_note(desk: Desk, update: Update) -> list[Outgoing]:
    """What was typed of a call."""
    training_id, number = await desk.run(asked_about, chat_of(update))
    text = cleaned(update.message.text or "") if update.message is not None else ""

    def draw(page: NotesPage) -> list[Outgoing]:
        return [SendMessage(chat_of(update), case_screens.noting(desk.texts, page))]

    event = partial(interviews.write_note, number=number, text=text)
    return await answered(desk, update, Asked("write interview notes", training_id), event, draw)


async def _page(desk: Desk, update: Update, press: CasePress) -> list[Outgoing]:
    draw = partial(case_screens.interviews, desk.texts)
    asked = Asked("look at interviews", press.training_id)
    return await answered(desk, update, asked, interviews.overview, draw)


async def _rule(desk: Desk, update: Update, press: CasePress) -> list[Outgoing]:
    draw = partial(case_screens.rule, desk.texts)
    asked = Asked("look at interviews", press.training_id)
    return await answered(desk, update, asked, interviews.overview, draw)


async def _choose(desk: Desk, update: Update, press: CasePress) -> list[Outgoing]:
    draw = partial(case_screens.interviews, desk.texts)
    asked = Asked("select interviews", press.training_id)
    return await answered(desk, update, asked, interviews.choose, draw)


async def _notes(desk: Desk, update: Update, press: CasePress) -> list[Outgoing]:
    event = partial(interviews.begin_notes, number=press.number)
    draw = partial(case_screens.noting, desk.texts)
    asked = Asked("write interview notes", press.training_id)
    return await answered(desk, update, asked, event, draw)


async def _permit(desk: Desk, update: Update, press: CasePress) -> list[Outgoing]:
    event = partial(interviews.permit, number=press.number, permission=press.action)
    draw = partial(case_screens.noting, desk.texts)
    asked = Asked("write interview notes", press.training_id)
    return await answered(desk, update, asked, event, draw)


async def _end_notes(desk: Desk, update: Update, press: CasePress) -> list[Outgoing]:
    event = partial(interviews.end_notes, number=press.number)
    draw = partial(case_screens.interviews, desk.texts)
    asked = Asked("write interview notes", press.training_id)
    return await answered(desk, update, asked, event, draw)


async def _paper(desk: Desk, update: Update, press: CasePress, what: Paper) -> list[Outgoing]:
    """Writing a Word document takes seconds, so it is a job, begun at once and not in the handler."""

    def draw(language: str) -> list[Outgoing]:
        desk.job_asked.set()
        said = Screen(desk.texts.say("berkas_disiapkan", language))
        return [SendMessage(chat_of(update), said)]

    asked = Asked("export interviews", press.training_id, {"what": what})
    event = partial(interview_pages.ask_paper, what=what)
    return await answered(desk, update, asked, event, draw)


PRESSES: Mapping[CaseAction, Callable[[Desk, Update, CasePress], Awaitable[list[Outgoing]]]] = {
    "page": _page,
    "rule": _rule,
    "choose": _choose,
    "guide": partial(_paper, what="guide"),
    "pages": partial(_paper, what="pages"),
    "notes": _notes,
    "endnotes": _end_notes,
    "kutip": _permit,
    "ringkas": _permit,
    "tidak": _permit,
}
