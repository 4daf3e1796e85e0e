"""Surat pengantar in the coordinator's chat: number and date, all letters or one. Pure."""

from collections.abc import Sequence

from bot.chat.class_buttons import PEERS, ClassAction, class_data
from bot.chat.outgoing import Button, Screen
from bot.chat.texts import Texts
from bot.fieldwork.dates import letter_date
from bot.fieldwork.letters import LettersPage, Recipient, Written
from bot.fieldwork.rosters.record import RaterRole

MOST_LISTED = 90  # an inline keyboard holds a hundred buttons; "Buat semua" writes to more


def choose(texts: Texts, page: LettersPage) -> Screen:
    language, training = page.language, page.training
    if not page.recipients and not page.unsure:
        nobody = "rekan_belum_ada" if page.role == "peer" else "surat_belum_ada_atasan"
        return Screen(texts.say(nobody, language, judul=training.full_title))

    def button(key: str, action: ClassAction, **words: int) -> tuple[Button, ...]:
        return (Button(texts.plain(key, language, **words), _data(action, page)),)

    rows = [
        button("tombol_surat_nomor", "letternum"),
        button("tombol_surat_semua", "letterall", n=len(page.recipients)),
        button(_key("tombol_surat_satu", page.role), "letterlist"),
    ]
    if page.unsure:
        rows.append(button("tombol_atasan_menunggu", "supwait", n=page.unsure))
    return Screen(_said(texts, page), tuple(rows))


def one_of(texts: Texts, page: LettersPage) -> Screen:
    rows = tuple(
        (Button(_label(one, page.recipients), _data("letter", page, one.person_id)),)
        for one in page.recipients[:MOST_LISTED]
    )
    return Screen(texts.say("surat_pilih", page.language), rows)


def number_wanted(texts: Texts, page: LettersPage) -> Screen:
    return Screen(texts.say("surat_tulis_nomor", page.language))


def being_written(texts: Texts, page: LettersPage) -> Screen:
    return Screen(texts.say("surat_dibuat", page.language))


def caption(texts: Texts, found: Written) -> str:
    return texts.say(
        _key("surat_berkas", found.role), found.language, judul=found.training.full_title, n=len(found.letters),
        nomor=found.letter.number,
    )  # fmt: skip


def _label(one: Recipient, everybody: Sequence[Recipient]) -> str:
    """A namesake is told apart by the first thing that none of the others shares."""
    others = [other for other in everybody if other.name == one.name and other != one]
    if not others:
        return one.name
    for place, word in enumerate(one.told_apart_by):
        if word and all(other.told_apart_by[place] != word for other in others):
            return f"{one.name} ({word})"
    return f"{one.name} ({', '.join(word for word in one.told_apart_by if word)})"


def _said(texts: Texts, page: LettersPage) -> str:
    language, title, n = page.language, page.training.full_title, len(page.recipients)
    if page.letter is None:
        return texts.say(_key("surat_pilihan_tanpa_nomor", page.role), language, judul=title, n=n)
    dated = letter_date(page.letter.dated_on, language)
    return texts.say(
        _key("surat_pilihan", page.role),
        language,
        judul=title,
        n=n,
        nomor=page.letter.number,
        tgl=dated,
    )


def _data(action: ClassAction, page: LettersPage, one: int = 0) -> str:
    return class_data(action, page.training.id, one, PEERS if page.role == "peer" else 0)


def _key(key: str, role: RaterRole) -> str:
    return f"{key}_rekan" if role == "peer" else key
