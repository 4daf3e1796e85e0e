"""Personal links as a workbook, asked for in the chat. A handler awaits one transaction and returns what to show."""

from telegram import Update

from bot.chat.class_buttons import ClassPress, class_data
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.link_lines import link_line, links_workbook
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Button, Outgoing, Screen, SendDocument, SendMessage
from bot.fieldwork import personal_links
from bot.fieldwork.personal_links import Links
from bot.fieldwork.staff import Asked


async def on_ask(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(found: Links) -> list[Outgoing]:
        return [SendMessage(chat_of(update), _question(desk, found))]

    asked = Asked("write links", press.training_id)
    return await answered(desk, update, asked, personal_links.ask, draw)


async def on_make(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(found: Links) -> Screen | list[Outgoing]:
        if found.just_made:
            title = found.training.full_title
            said = Screen(desk.texts.say("tautan_baru_dibuat", found.language, judul=title))
            return [SendMessage(chat_of(update), said)]
        return [_workbook(desk, update, found)] if found.made else _question(desk, found)

    asked = Asked("write links", press.training_id)
    return await answered(desk, update, asked, personal_links.make, draw)


def _question(desk: Desk, found: Links) -> Screen:
    texts, language, title = desk.texts, found.language, found.training.full_title
    if not found.unconnected:
        return Screen(texts.say("tautan_semua_terhubung", language, judul=title))
    label = texts.plain("tombol_buat_tautan", language, n=found.unconnected)
    make = Button(label, class_data("makelinks", found.training.id))
    text = texts.say("tautan_tanya", language, judul=title, n=found.unconnected)
    return Screen(text, ((make,),))


def _workbook(desk: Desk, update: Update, found: Links) -> SendDocument:
    title = found.training.full_title
    lines = [
        link_line(
            desk.texts,
            desk.study,
            title,
            link,
            desk.bot_username,
            letter_number=found.letter_number,
        )
        for link in found.made
    ]
    content = links_workbook(desk.texts, lines, desk.clock.now())
    caption = desk.texts.say("tautan_berkas", found.language, judul=title, n=len(lines))
    name = f"tautan-{found.training.code}.xlsx"
    return SendDocument(chat_of(update), content, name, caption)
