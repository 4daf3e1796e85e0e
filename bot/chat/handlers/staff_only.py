"""Who counts as staff, and what everybody else is told. Staff are known by their Telegram user id in the settings."""

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.outgoing import AnswerTap, Outgoing, Screen, SendMessage
from bot.fieldwork.staff import StaffVisit


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
    language = "en" if (user.language_code or "id")[:2] == "en" else "id"
    text = desk.texts.say(
        "bukan_petugas", language, penyelenggara=desk.study.office.organiser, nomor=user.id
    )
    said: Outgoing = SendMessage(user.id, Screen(text))
    return [said] if query is None else [AnswerTap(query.id), said]
