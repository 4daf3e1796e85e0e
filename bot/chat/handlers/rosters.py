"""Buttons under a list of participants that a colleague sent. A handler awaits one transaction and returns what to show."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from telegram import Update

from bot.chat import roster_screens
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered, forged
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.chat.roster_buttons import APART, RosterAction, RosterPress, decode_roster
from bot.fieldwork import importing
from bot.fieldwork.importing import Aimed, Choosing
from bot.fieldwork.staff import Asked


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `l`."""
    query = update.callback_query
    press = decode_roster(query.data or "") if query is not None else None
    if press is None:
        return await forged(desk, update)
    return await PRESSES[press.action](desk, update, press)


async def _aim(desk: Desk, update: Update, press: RosterPress) -> list[Outgoing]:
    def draw(done: Aimed) -> Screen:
        desk.job_asked.set()
        title = done.training.full_title if done.training else ""
        return roster_screens.aimed(desk.texts, done.language, title)

    event = partial(importing.aim, draft_id=press.draft_id)
    return await answered(desk, update, Asked("aim roster", press.training_id), event, draw)


async def _choose(desk: Desk, update: Update, press: RosterPress) -> list[Outgoing]:
    def draw(found: Choosing) -> list[Outgoing]:
        listed = [(one.id, one.full_title) for one in found.trainings]
        screen = roster_screens.choosing(desk.texts, found.language, found.draft.id, listed)
        return [SendMessage(chat_of(update), screen)]  # the preview stays

    event = partial(importing.choose_again, draft_id=press.draft_id)
    return await answered(desk, update, Asked("choose for roster"), event, draw)


async def _save(desk: Desk, update: Update, press: RosterPress) -> list[Outgoing]:
    query = update.callback_query
    message_id = query.message.message_id if query and query.message else None

    def draw(done: Aimed) -> Screen | list[Outgoing]:
        desk.job_asked.set()
        if done.draft.state != "shown":
            return []  # tapped twice: it is under way, and its message tells how far
        return Screen(desk.texts.say("daftar_akan_disimpan", done.language))

    event = partial(
        importing.save, draft_id=press.draft_id, message_id=message_id,
        apart=press.training_id == APART,
    )  # fmt: skip
    return await answered(desk, update, Asked("save roster"), event, draw)


async def _drop(desk: Desk, update: Update, press: RosterPress) -> list[Outgoing]:
    def draw(language: str) -> Screen:
        return Screen(desk.texts.say("daftar_dibatalkan", language))

    event = partial(importing.drop, draft_id=press.draft_id)
    return await answered(desk, update, Asked("drop roster"), event, draw)


Pressed = Callable[[Desk, Update, RosterPress], Awaitable[list[Outgoing]]]
PRESSES: Mapping[RosterAction, Pressed] = {
    "aim": _aim, "choose": _choose, "save": _save, "drop": _drop,
}  # fmt: skip
