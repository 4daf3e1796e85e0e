"""A file that a colleague sends: taken as a job if it may be a form or a list of participants, else answered with what to do."""

import html
from functools import partial
from pathlib import PurePath
from typing import Final

from telegram import Document, Message, Update

from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.chat.roster_screens import open_class
from bot.fieldwork import staff, submitting
from bot.fieldwork.rosters.files import MOST_BYTES, ROSTER_SUFFIXES
from bot.fieldwork.staff import Asked
from bot.fieldwork.submitting import Submitted
from bot.survey import form_files
from bot.survey.typed import cleaned

LONGEST_NAME: Final = 100  # characters of a file's name that are kept
LONGEST_CAPTION: Final = 200
PICTURES: Final = frozenset(
    {
        ".pdf", ".jpg", ".jpeg", ".png", ".webp", ".heic", ".doc", ".docx", ".rtf", ".ppt", ".pptx",
        ".ods", ".xlsb", ".numbers",
    }
)  # fmt: skip


def is_file(message: Message | None) -> bool:
    return message is not None and bool(message.document or message.photo)


async def on_file(desk: Desk, update: Update) -> list[Outgoing]:
    """Of staff, and no answer."""
    message = update.message
    document = message.document if message is not None else None
    if message is None or document is None:
        return await _said(desk, update, "berkas_xls_lama")
    name = cleaned(document.file_name or "")[-LONGEST_NAME:] or "berkas"
    if key := _unfit(document, name):
        return await _said(desk, update, key, name)

    def draw(language: str) -> Screen:
        desk.job_asked.set()
        return Screen(desk.texts.say("formulir_diterima", language, berkas=name))

    caption = cleaned(message.caption or "")[:LONGEST_CAPTION]
    event = partial(submitting.submit, sent=Submitted(document.file_id, name, caption))
    return await answered(desk, update, Asked("send file"), event, draw)


def _unfit(document: Document, name: str) -> str:
    """The key of the sentence that says why it can be neither a form nor a list."""
    suffix = PurePath(name).suffix.lower()
    if suffix in PICTURES:
        return "berkas_xls_lama"
    if suffix not in {*form_files.SUFFIXES, *ROSTER_SUFFIXES}:
        return "formulir_bukan"
    return "formulir_terlalu_besar" if (document.file_size or 0) > MOST_BYTES else ""


async def _said(desk: Desk, update: Update, key: str, name: str = "") -> list[Outgoing]:
    language = await desk.run(staff.language_of, chat_of(update)) or "id"
    words = {"berkas": name, "mb": f"{MOST_BYTES // 1_000_000}"}
    rows = (open_class(desk.texts, language),) if key == "berkas_xls_lama" else ()
    text = html.escape(desk.texts.plain(key, language, **words), quote=False)  # of "File > Save As"
    return [SendMessage(chat_of(update), Screen(text, rows))]
