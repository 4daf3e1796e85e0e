"""What the administrator writes and taps: the summary, staff, the audit log. A handler awaits one transaction and sends nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

from telegram import Update

from bot.chat import audit_screens, office_screens
from bot.chat.desk import Desk
from bot.chat.handlers import exports, requests
from bot.chat.handlers.staff_only import answered, attended, forged, refusal, tap_answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendDocument
from bot.chat.staff_buttons import OfficeAction, decode_office
from bot.fieldwork import auditing, inviting, reporting, staffing
from bot.fieldwork.auditing import LogLine
from bot.fieldwork.inviting import Invited
from bot.fieldwork.staff import Asked, Refused


async def on_summary(desk: Desk, update: Update) -> list[Outgoing]:
    """/ringkasan: making it takes seconds, so it is a job, begun at once and not in the handler."""

    def draw(language: str) -> Screen:
        desk.job_asked.set()
        return Screen(desk.texts.say("ringkasan_disiapkan", language))

    return await answered(desk, update, Asked("ask for summary"), reporting.ask_summary, draw)


async def on_comparison(desk: Desk, update: Update) -> list[Outgoing]:
    """/banding: a job, as the summary."""

    def draw(language: str) -> Screen:
        desk.job_asked.set()
        return Screen(desk.texts.say("banding_disiapkan", language))

    asked = Asked("ask for comparison")
    return await answered(desk, update, asked, reporting.ask_comparison, draw)


async def on_staff(desk: Desk, update: Update) -> list[Outgoing]:
    """/petugas."""
    draw = partial(office_screens.staff_list, desk.texts)
    return await answered(desk, update, Asked("list staff"), staffing.staff_list, draw)


async def on_audit(desk: Desk, update: Update) -> list[Outgoing]:
    """/audit."""
    draw = partial(audit_screens.log_screen, desk.texts)
    return await answered(desk, update, Asked("read audit"), auditing.latest, draw)


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    query = update.callback_query
    press = decode_office(query.data or "") if query is not None else None
    if press is None:
        return await forged(desk, update)
    return await PRESSES[press.action](desk, update, press.id)


def invited(desk: Desk, update: Update) -> Callable[[Invited], list[Outgoing]]:
    """Draws a new link, for whoever made it."""

    def draw(page: Invited) -> list[Outgoing]:
        office, chat_id = desk.study.office, chat_of(update)
        return office_screens.invited(desk.texts, office, chat_id, page, desk.bot_username)

    return draw


async def _staff(desk: Desk, update: Update, _about: int) -> list[Outgoing]:
    return await on_staff(desk, update)


async def _administrator(desk: Desk, update: Update, _about: int) -> list[Outgoing]:
    event = partial(inviting.invite, role="administrator")
    return await answered(desk, update, Asked("invite administrator"), event, invited(desk, update))


async def _coordinator(desk: Desk, update: Update, training_id: int) -> list[Outgoing]:
    """Of one training, or of all."""
    asked = Asked("invite coordinator", training_id or None)
    return await answered(desk, update, asked, inviting.invite, invited(desk, update))


async def _choose(desk: Desk, update: Update, _about: int) -> list[Outgoing]:
    draw = partial(office_screens.choose_training, desk.texts)
    return await answered(desk, update, Asked("list staff"), staffing.choose_training, draw)


async def _withdraw(desk: Desk, update: Update, invitation_id: int) -> list[Outgoing]:
    def draw(language: str) -> Screen:
        return Screen(desk.texts.say("undangan_kini_dibatalkan", language))

    asked = Asked("withdraw invitation", detail={"invitation": invitation_id})
    event = partial(inviting.withdraw, invitation_id=invitation_id)
    return await answered(desk, update, asked, event, draw)


async def _ask_removal(desk: Desk, update: Update, chat_id: int) -> list[Outgoing]:
    draw = partial(office_screens.ask_removal, desk.texts)
    event = partial(staffing.ask_removal, chat_id=chat_id)
    return await answered(desk, update, Asked("list staff"), event, draw)


async def _remove(desk: Desk, update: Update, chat_id: int) -> list[Outgoing]:
    draw = partial(office_screens.removed, desk.texts, desk.study.office, chat_of(update))
    asked = Asked("remove staff", detail={"staff": chat_id})
    event = partial(staffing.remove, chat_id=chat_id)
    return await answered(desk, update, asked, event, draw)


async def _export(desk: Desk, update: Update, kind: Literal["xlsx", "csv"]) -> list[Outgoing]:
    """Read in pages, so that no other waits; written beside the loop, because a long log takes seconds."""
    log = await attended(desk, update, Asked("export audit"), auditing.begin_export)
    if isinstance(log, Refused):
        return refusal(desk, update, log)
    lines: list[LogLine] = []
    while read := await desk.run(auditing.page, log, lines[-1].id if lines else 0):
        lines += read
    write = audit_screens.as_csv if kind == "csv" else audit_screens.as_xlsx
    content = await asyncio.to_thread(write, desk.texts, log, lines)
    name = f"audit-{desk.clock.now().astimezone(ZoneInfo(log.zone)):%Y-%m-%d}.{kind}"
    return [*tap_answered(update), SendDocument(chat_of(update), content, name)]


PRESSES: Mapping[OfficeAction, Callable[[Desk, Update, int], Awaitable[list[Outgoing]]]] = {
    "staff": _staff,
    "admin": _administrator,
    "all": lambda desk, update, _about: _coordinator(desk, update, 0),
    "choose": _choose,
    "one": _coordinator,
    "withdraw": _withdraw,
    "askremove": _ask_removal,
    "remove": _remove,
    "wish": requests.on_one,
    "wishdone": requests.on_done,
    "wishno": requests.on_refused,
    "answers": exports.on_answers,
    "xlsx": lambda desk, update, _about: _export(desk, update, "xlsx"),
    "csv": lambda desk, update, _about: _export(desk, update, "csv"),
}
