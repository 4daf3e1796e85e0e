"""What staff write and tap about rounds: status, who has not answered, reminding now, why somebody was reminded or not.

A handler awaits one transaction and returns what to show; it sends nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from telegram import Update

from bot.chat import board_screens, explain_screens, ledger_screens, round_screens
from bot.chat.desk import Desk
from bot.chat.handlers import news
from bot.chat.handlers.staff_only import answered, attended, forged, refusal, tap_answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendDocument
from bot.chat.round_buttons import ASKS, RoundAction, RoundPress, decode
from bot.fieldwork import boards, explaining, ledger, reminding, round_changes
from bot.fieldwork.boards import Board
from bot.fieldwork.ledger import Status
from bot.fieldwork.permits import Action
from bot.fieldwork.round_changes import RoundPage
from bot.fieldwork.staff import Asked, Refused
from bot.fieldwork.trainings import StaffPage
from bot.survey.typed import cleaned


async def on_status(desk: Desk, update: Update) -> list[Outgoing]:
    """/status: of the only training, or the choice among several."""

    def draw(found: Status | StaffPage) -> Screen:
        if isinstance(found, Status):
            return ledger_screens.status(desk.texts, found)
        return ledger_screens.choose_training(desk.texts, found)

    return await answered(desk, update, Asked("list trainings"), ledger.status_or_choice, draw)


async def on_explain(desk: Desk, update: Update) -> list[Outgoing]:
    """/jelaskan NAME."""
    words = (update.message.text or "").split(maxsplit=1) if update.message else []
    name = cleaned(words[1]) if len(words) > 1 else ""
    draw = partial(explain_screens.explained, desk.texts)
    event = partial(explaining.explain, name=name)
    return await answered(desk, update, Asked("explain contacts"), event, draw)


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `r`."""
    query = update.callback_query
    press = decode(query.data or "") if query is not None else None
    if press is None:
        return await forged(desk, update)
    return await PRESSES[press.action](desk, update, press)


async def _status(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    asked = Asked("look at status", press.training_id)
    draw = partial(ledger_screens.status, desk.texts)
    return await answered(desk, update, asked, ledger.status, draw)


async def _missing(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    asked = Asked("list unanswered", press.training_id)
    event = partial(ledger.unanswered, round_id=press.id)
    return await answered(desk, update, asked, event, partial(ledger_screens.missing, desk.texts))


async def _file(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    """Written beside the loop: of a large training it takes a moment."""
    found = await attended(desk, update, Asked("export ledger", press.training_id), ledger.whole)
    if isinstance(found, Refused):
        return refusal(desk, update, found)
    content = await asyncio.to_thread(ledger_screens.as_xlsx, desk.texts, found)
    sent = SendDocument(chat_of(update), content, f"catatan-{found.code}.xlsx")
    return [*tap_answered(update), sent]


async def _remind(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    asked = Asked("preview reminder", press.training_id)
    event = partial(reminding.preview, round_id=press.id)
    return await answered(desk, update, asked, event, partial(ledger_screens.reminding, desk.texts))


async def _remind_now(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    asked = Asked("remind now", press.training_id)
    event = partial(reminding.remind_now, round_id=press.id)
    return await answered(desk, update, asked, event, partial(ledger_screens.reminding, desk.texts))


async def _explain(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    event = partial(explaining.explain_one, person_id=press.id)
    draw = partial(explain_screens.explained, desk.texts)
    return await answered(desk, update, Asked("explain contacts"), event, draw)


async def _round(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    """As it is; with the number that asks, what a change would mean."""
    asked = Asked("look at round", press.training_id)
    event = partial(round_changes.page, round_id=press.id)
    draw = partial(round_screens.page, desk.texts)
    if press.action != "round":
        draw = partial(round_screens.asked, desk.texts, press.action)
    return await answered(desk, update, asked, event, draw)


async def _change(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    if press.number == ASKS:
        return await _round(desk, update, press)
    action, event = CHANGES[press.action]
    detail = {"round": press.id}
    if press.action in {"extend", "reopen"}:
        event, detail = partial(event, extended_by=press.number), {**detail, "by": press.number}
    asked = Asked(action, press.training_id, detail)
    draw = partial(round_screens.page, desk.texts)
    return await answered(desk, update, asked, partial(event, round_id=press.id), draw)


async def _sending(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    """Pause, go on, stop. "Hentikan" pauses first and says what stopping means."""
    action, event = SENDING[press.action]
    asked = Asked(action, press.training_id, {"round": press.id})
    draw = partial(board_screens.board, desk.texts)
    return await answered(desk, update, asked, partial(event, round_id=press.id), draw)


SENDING: Mapping[RoundAction, tuple[Action, Callable[..., Board]]] = {
    "pause": ("pause sending", boards.pause),
    "halt": ("pause sending", boards.pause),
    "resume": ("resume sending", boards.resume),
    "stop": ("stop sending", boards.stop),
}
CHANGES: Mapping[RoundAction, tuple[Action, Callable[..., RoundPage]]] = {
    "extend": ("extend round", round_changes.extend),
    "close": ("close round", round_changes.close),
    "reopen": ("reopen round", round_changes.reopen),
    "giveup": ("give up round", round_changes.give_up),
    "planagain": ("plan round again", round_changes.plan_again),
}
PRESSES: Mapping[RoundAction, Callable[[Desk, Update, RoundPress], Awaitable[list[Outgoing]]]] = {
    "status": _status,
    "missing": _missing,
    "file": _file,
    "remind": _remind,
    "remindyes": _remind_now,
    "explain": _explain,
    "round": _round,
    **dict.fromkeys(CHANGES, _change),
    **dict.fromkeys(SENDING, _sending),
    **dict.fromkeys(news.PRESSES, news.on_press),
}
