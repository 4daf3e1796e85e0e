"""What the coordinator writes and taps. A handler awaits one transaction and returns what to show; it sends nothing."""

from telegram import Update

from bot.chat import staff_screens
from bot.chat.class_link import class_photo
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import is_staff, not_staff, visit_of
from bot.chat.outgoing import AnswerTap, EditMessage, Outgoing, Screen, SendMessage
from bot.chat.staff_buttons import StaffPress, decode
from bot.fieldwork import trainings
from bot.fieldwork.staff import StaffVisit


async def on_trainings(desk: Desk, update: Update) -> list[Outgoing]:
    """/pelatihan."""
    visit = visit_of(desk, update)
    if not is_staff(desk, visit):
        return not_staff(desk, update)
    page = await desk.run(trainings.overview, visit)
    return [SendMessage(visit.chat_id, staff_screens.overview(desk.texts, page))]


async def on_follow_up(desk: Desk, update: Update) -> list[Outgoing]:
    """/tindaklanjut."""
    visit = visit_of(desk, update)
    if not is_staff(desk, visit):
        return not_staff(desk, update)
    page = await desk.run(trainings.followable, visit)
    return [SendMessage(visit.chat_id, staff_screens.choose_follow_up(desk.texts, page))]


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    visit, query = visit_of(desk, update), update.callback_query
    if query is None or not is_staff(desk, visit):
        return not_staff(desk, update)
    press = decode(query.data or "")
    if press is None:
        return [AnswerTap(query.id, desk.texts.plain("tombol_tidak_dikenal", "id"), alert=True)]
    if press.action == "qr":
        return [AnswerTap(query.id), await _class_link(desk, visit, press)]
    screen = await _screen(desk, visit, press)
    return [AnswerTap(query.id), _shown(update, visit, screen)]


async def _class_link(desk: Desk, visit: StaffVisit, press: StaffPress) -> Outgoing:
    page = await desk.run(trainings.show_class_link, visit, press.training_id)
    return class_photo(
        desk.texts, desk.study.office, page, visit.chat_id,
        secret=desk.secret, bot_username=desk.bot_username,
    )  # fmt: skip


async def _screen(desk: Desk, visit: StaffVisit, press: StaffPress) -> Screen:
    texts = desk.texts
    match press.action:
        case "detail":
            page = await desk.run(trainings.details, visit, press.training_id)
            return staff_screens.details(texts, page)
        case "preview":
            shown = await desk.run(trainings.preview, visit, press.training_id)
            return staff_screens.preview(texts, desk.study.office, shown)
        case "send":
            done = await desk.run(trainings.trigger_follow_up, visit, press.training_id)
            return staff_screens.triggered(texts, done)
        case "cancel":
            page = await desk.run(trainings.cancel_follow_up, visit, press.training_id)
            return Screen(texts.say("dibatalkan", page.language))
        case _:
            return staff_screens.overview(texts, await desk.run(trainings.overview, visit))


def _shown(update: Update, visit: StaffVisit, screen: Screen) -> Outgoing:
    query = update.callback_query
    if query is not None and query.message is not None:
        return EditMessage(visit.chat_id, query.message.message_id, screen)
    return SendMessage(visit.chat_id, screen)
