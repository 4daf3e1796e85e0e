"""/laporan: which training, then a job that has its report drafted. A handler awaits one transaction and sends nothing."""

from functools import partial

from telegram import Update

from bot.chat import report_screens
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.outgoing import Outgoing, Screen
from bot.chat.staff_buttons import StaffPress
from bot.fieldwork import drafting
from bot.fieldwork.drafting import ReportDue
from bot.fieldwork.staff import Asked
from bot.survey.typed import cleaned


async def on_reports(desk: Desk, update: Update) -> list[Outgoing]:
    """/laporan, or /laporan WORDS of the title."""
    typed = (update.message.text or "").split(maxsplit=1) if update.message else []
    words = cleaned(typed[1]) if len(typed) > 1 else ""
    draw = partial(report_screens.choose, desk.texts)
    event = partial(drafting.choose, words=words)
    return await answered(desk, update, Asked("list reports"), event, draw)


async def on_report(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    """Drafting takes a minute, so it is a job; the tapped message tells how far it is."""

    def draw(due: ReportDue) -> Screen:
        desk.job_asked.set()
        return report_screens.asked(desk.texts, due)

    query = update.callback_query
    message_id = query.message.message_id if query is not None and query.message else None
    asked = Asked("ask for report", press.training_id)
    event = partial(drafting.ask, message_id=message_id)
    return await answered(desk, update, asked, event, draw)
