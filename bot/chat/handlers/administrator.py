"""What the administrator writes: the summary, now. A handler awaits one transaction and sends nothing."""

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered, forged
from bot.chat.outgoing import Outgoing, Screen
from bot.fieldwork import reporting
from bot.fieldwork.staff import Asked


async def on_summary(desk: Desk, update: Update) -> list[Outgoing]:
    """/ringkasan: making it takes seconds, so it is a job, begun at once and not in the handler."""

    def draw(language: str) -> Screen:
        desk.job_asked.set()
        return Screen(desk.texts.say("ringkasan_disiapkan", language))

    return await answered(desk, update, Asked("ask for summary"), reporting.ask_summary, draw)


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    return await forged(desk, update)
