"""What the administrator writes: the summary, now. A handler awaits one transaction and sends nothing."""

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import is_administrator, not_staff, visit_of
from bot.chat.outgoing import AnswerTap, Outgoing, Screen, SendMessage
from bot.fieldwork import reporting


async def on_summary(desk: Desk, update: Update) -> list[Outgoing]:
    """/ringkasan: making it takes seconds, so it is a job, begun at once and not in the handler."""
    visit = visit_of(desk, update)
    if not is_administrator(desk, visit):
        return not_staff(desk, update)
    language = await desk.run(reporting.ask_summary, visit)
    desk.job_asked.set()
    return [SendMessage(visit.chat_id, Screen(desk.texts.say("ringkasan_disiapkan", language)))]


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    """No message of ours carries such a button at present; an old or forged one is answered politely."""
    query = update.callback_query
    if query is None:
        return []
    return [AnswerTap(query.id, desk.texts.plain("tombol_tidak_dikenal", "id"), alert=True)]
