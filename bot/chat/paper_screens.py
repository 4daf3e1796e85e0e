"""What is said of papers to print: which there are, that one is being drawn, and what comes with it. Pure."""

from bot.chat.class_buttons import class_data
from bot.chat.outgoing import Button, Screen
from bot.chat.staff_buttons import encode
from bot.chat.texts import Texts
from bot.fieldwork.papers import Paper, Printable

PRINTED = {"class": "lembar-kelas"}


def choose(texts: Texts, found: Printable) -> Screen:
    language, training = found.language, found.training
    back = Button(texts.plain("tombol_kembali", language), encode("detail", training.id))
    sheet = Button(texts.plain("tombol_cetak_kelas", language), class_data("printclass", training.id))  # fmt: skip
    text = texts.say("cetak_tanya", language, judul=training.full_title)
    return Screen(text, ((sheet,), (back,)))


def being_drawn(texts: Texts, found: Printable) -> Screen:
    return Screen(texts.say("cetak_disiapkan", found.language))


def caption(texts: Texts, language: str, paper: Paper) -> str:
    return texts.say(f"cetak_berkas_{paper.kind}", language, judul=paper.training.full_title)


def file_name(paper: Paper) -> str:
    return f"{PRINTED[paper.kind]}-{paper.training.code}.pdf"
