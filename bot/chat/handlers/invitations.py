"""What somebody does who was sent an invitation: opens it, takes it, or says that it is not theirs."""

from functools import partial

from telegram import Update

from bot.chat import office_screens
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import forged, greeting, in_place, refusal, spoken, visit_of
from bot.chat.menu import menu_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.chat.staff_buttons import InvitedPress, decode_invited
from bot.fieldwork import inviting
from bot.fieldwork.staff import Refused


async def on_link(desk: Desk, update: Update, token: str) -> list[Outgoing]:
    """/start sTOKEN."""
    visit = visit_of(desk, update)
    page = await desk.run(inviting.open_link, visit, token)
    if isinstance(page, Refused):
        return refusal(desk, update, page)
    language = page.language or spoken(desk, update)
    screen = office_screens.opened(desk.texts, desk.study.office, language, page)
    return [SendMessage(visit.chat_id, screen)]


async def on_answer(desk: Desk, update: Update) -> list[Outgoing]:
    query = update.callback_query
    match decode_invited(query.data or "") if query is not None else None:
        case InvitedPress("accept", token):
            return await _accept(desk, update, token)
        case InvitedPress("decline", token):
            return await _decline(desk, update, token)
        case _:
            return await forged(desk, update)


async def _accept(desk: Desk, update: Update, token: str) -> list[Outgoing]:
    visit = visit_of(desk, update)
    page = await desk.run(inviting.accept, visit, token)
    if isinstance(page, Refused):
        return refusal(desk, update, page)
    language = page.language or spoken(desk, update)
    return [
        *in_place(update, visit, greeting(desk, page.who, language)),
        menu_of(desk.texts, visit.chat_id, page.who.role),
        office_screens.told_the_inviter(desk.texts, page),
    ]


async def _decline(desk: Desk, update: Update, token: str) -> list[Outgoing]:
    visit = visit_of(desk, update)
    language = await desk.run(inviting.decline, visit, token) or spoken(desk, update)
    say = partial(desk.texts.say, "undangan_bukan_saya", language)
    return in_place(update, visit, Screen(say(penyelenggara=desk.study.office.organiser)))
