"""How a handler of staff answers: it names the action, the event, and how the result is drawn. Whether the action is
allowed is asked in the transaction (bot/fieldwork/permits.py), never here.

    async def on_details(desk, update):
        return await answered(desk, update, Asked("look at training", 3), trainings.details, draw)
"""

from collections.abc import Callable
from typing import TypeVar

from telegram import Update

from bot.chat import on_error
from bot.chat.desk import Desk
from bot.chat.outgoing import AnswerTap, EditMessage, Outgoing, Screen, SendMessage
from bot.fieldwork import staff
from bot.fieldwork.expecting import expect_nothing
from bot.fieldwork.permits import Staff
from bot.fieldwork.staff import Asked, Event, Refused, StaffVisit

T = TypeVar("T")


async def answered(
    desk: Desk,
    update: Update,
    asked: Asked,
    event: Event[T],
    draw: Callable[[T], Screen | list[Outgoing]],
) -> list[Outgoing]:
    """A screen takes the place of the message whose button was tapped; a list is sent as it is."""
    done = await attended(desk, update, asked, event)
    if isinstance(done, Refused):
        if done.is_gone and update.callback_query is None:
            await desk.run(expect_nothing, on_error.chat_of(update))
        return refusal(desk, update, done)
    drawn = draw(done)
    if isinstance(drawn, Screen):
        return in_place(update, visit_of(desk, update), drawn)
    return [*tap_answered(update), *drawn]


async def attended(desk: Desk, update: Update, asked: Asked, event: Event[T]) -> T | Refused:
    """For a handler that must do more than draw; the others use `answered`."""
    done: T | Refused = await desk.run(staff.attend, visit_of(desk, update), asked, event)
    return done


def greeting(desk: Desk, who: Staff, language: str) -> Screen:
    organiser = desk.study.office.organiser
    return Screen(desk.texts.say(f"sambutan_{who.role}", language, penyelenggara=organiser))


def visit_of(desk: Desk, update: Update) -> StaffVisit:
    """In a private chat the chat has the id of its person."""
    user = update.effective_user
    return StaffVisit(
        desk.study, on_error.chat_of(update), update.update_id, desk.clock.now(), desk.named,
        user.full_name if user is not None else "", desk.secret,
    )  # fmt: skip


def refusal(desk: Desk, update: Update, refused: Refused) -> list[Outgoing]:
    language = refused.language or spoken(desk, update)
    text = desk.texts.say(refused.text_key, language, **refused.arguments)
    said = SendMessage(on_error.chat_of(update), Screen(text))
    return [*tap_answered(update), said]


async def forged(desk: Desk, update: Update) -> list[Outgoing]:
    """Button data that no button of ours carries: an old version's, or a forgery. Noted."""
    visit, query = visit_of(desk, update), update.callback_query
    await desk.run(staff.note_forged, visit)
    if query is None:
        return []
    language = await desk.run(staff.language_of, visit.chat_id) or spoken(desk, update)
    return [AnswerTap(query.id, desk.texts.plain("tombol_tidak_dikenal", language), alert=True)]


def in_place(update: Update, visit: StaffVisit, screen: Screen) -> list[Outgoing]:
    query = update.callback_query
    shown: Outgoing = SendMessage(visit.chat_id, screen)
    if query is not None and query.message is not None:
        shown = EditMessage(visit.chat_id, query.message.message_id, screen)
    return [*tap_answered(update), shown]


def spoken(desk: Desk, update: Update) -> str:
    """By the phone."""
    return on_error.language(update, desk.texts)


def tap_answered(update: Update) -> list[Outgoing]:
    query = update.callback_query
    return [] if query is None else [AnswerTap(query.id)]
