"""/ekspor: single answers for administrators. Says first what they are, then has them made. A handler sends nothing."""

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.outgoing import Outgoing, Screen
from bot.chat.staff_screens import office_button
from bot.fieldwork import exporting
from bot.fieldwork.staff import Asked


async def on_export(desk: Desk, update: Update) -> list[Outgoing]:
    def draw(language: str) -> Screen:
        text = desk.texts.say("ekspor_judul", language, k_min=desk.study.k)
        button = office_button(desk.texts, language, "tombol_kirim_jawaban", "answers")
        return Screen(text, ((button,),))

    return await answered(desk, update, Asked("look at export"), exporting.look, draw)


async def on_answers(desk: Desk, update: Update, _about: int) -> list[Outgoing]:
    """Making them takes seconds, so it is a job, begun at once and not in the handler."""

    def draw(language: str) -> Screen:
        desk.job_asked.set()
        return Screen(desk.texts.say("ekspor_disiapkan", language))

    return await answered(desk, update, Asked("export answers"), exporting.ask_answers, draw)
