"""Who counts as staff, and what everybody else is told. Staff are known by their Telegram user id in the settings."""

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.handlers import participant
from bot.chat.outgoing import AnswerTap, Outgoing, Screen, SendMessage
from bot.fieldwork.staff import StaffVisit


async def on_start(desk: Desk, update: Update) -> list[Outgoing]:
    """Staff who press Start without a link are told what they can do; a link makes them participants too."""
    visit = visit_of(desk, update)
    words = (update.message.text or "").split() if update.message is not None else []
    if len(words) > 1 or not is_staff(desk, visit):
        return await participant.on_start(desk, update)
    key = "sambutan_administrator" if is_administrator(desk, visit) else "sambutan_koordinator"
    text = desk.texts.say(key, _language(update), penyelenggara=desk.study.office.organiser)
    return [SendMessage(visit.chat_id, Screen(text))]


def visit_of(desk: Desk, update: Update) -> StaffVisit:
    """In a private chat the chat has the id of its person."""
    user = update.effective_user
    chat_id = user.id if user is not None else 0
    return StaffVisit(desk.study, chat_id, update.update_id, desk.clock.now())


def is_staff(desk: Desk, visit: StaffVisit) -> bool:
    return visit.chat_id in desk.coordinators | desk.admins


def is_administrator(desk: Desk, visit: StaffVisit) -> bool:
    return visit.chat_id in desk.admins


def not_staff(desk: Desk, update: Update) -> list[Outgoing]:
    user, query = update.effective_user, update.callback_query
    if user is None:
        return []
    text = desk.texts.say(
        "bukan_petugas", _language(update), penyelenggara=desk.study.office.organiser, nomor=user.id
    )
    said: Outgoing = SendMessage(user.id, Screen(text))
    return [said] if query is None else [AnswerTap(query.id), said]


def _language(update: Update) -> str:
    user = update.effective_user
    return "en" if user is not None and (user.language_code or "id")[:2] == "en" else "id"
