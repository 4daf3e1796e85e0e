"""Papers to print: asked for from a training's details or from keying in. A handler awaits one transaction and returns what to show."""

from functools import partial

from telegram import Update

from bot.chat import paper_screens
from bot.chat.class_buttons import ClassPress
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, SendMessage
from bot.fieldwork import papers
from bot.fieldwork.papers import Printable
from bot.fieldwork.staff import Asked, Event


async def on_papers(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    """In a message of its own: the button may stand on the question whose sheet is keyed in."""

    def draw(found: Printable) -> list[Outgoing]:
        return [SendMessage(chat_of(update), paper_screens.choose(desk.texts, found))]

    asked = Asked("look at training", press.training_id)
    return await answered(desk, update, asked, papers.printable, draw)


async def on_class_sheet(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    return await _asked(desk, update, press, papers.ask_class_sheet)


async def on_blank(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    return await _asked(desk, update, press, partial(papers.ask_blank, round_id=press.one))


async def on_named(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    return await _asked(desk, update, press, partial(papers.ask_named, round_id=press.one))


async def on_codes(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(papers.ask_codes, all_of_them=press.one == paper_screens.EVERYBODY)
    return await _asked(desk, update, press, event)


async def _asked(
    desk: Desk, update: Update, press: ClassPress, event: Event[Printable]
) -> list[Outgoing]:
    def draw(found: Printable) -> list[Outgoing]:
        desk.job_asked.set()
        return [SendMessage(chat_of(update), paper_screens.being_drawn(desk.texts, found))]

    return await answered(desk, update, Asked("print paper", press.training_id), event, draw)
