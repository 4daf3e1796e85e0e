"""Requests under the law as an administrator sees them, and what the person hears when one is closed. Pure."""

from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.staff_buttons import office_data
from bot.chat.texts import Texts
from bot.fieldwork.requests import Closed, Wish, Wishes
from bot.survey.study import Office

LAST_HOURS = 24  # before the clock runs out: said as nearly over


def wishes_screen(texts: Texts, wishes: Wishes) -> Screen:
    if not wishes.open:
        return Screen(texts.say("permintaan_kosong", wishes.language))
    rows = tuple(
        (
            Button(
                texts.plain("tombol_permintaan", wishes.language, nomor=one.id, nama=one.name),
                office_data("wish", one.id),
            ),
        )
        for one in wishes.open
    )
    lines = [texts.say("permintaan_judul", wishes.language, n=len(wishes.open))]
    lines += [_line(texts, wishes.language, one) for one in wishes.open]
    return Screen("\n\n".join(lines), rows)


def wish_screen(texts: Texts, language: str, wish: Wish) -> Screen:
    """One of them, with its two ends."""
    rows: Rows = (
        (
            Button(
                texts.plain("tombol_permintaan_selesai", language), office_data("wishdone", wish.id)
            ),
        ),
        (Button(texts.plain("tombol_permintaan_tolak", language), office_data("wishno", wish.id)),),
    )
    parts = [_head(texts, language, wish), _line(texts, language, wish)]
    parts.append(texts.say("permintaan_cara", language))
    return Screen("\n\n".join(parts), rows)


def closed_screen(texts: Texts, closed: Closed) -> Screen:
    key = "permintaan_ditutup" if closed.is_first else "permintaan_sudah_ditutup"
    told = (
        "permintaan_diberi_tahu" if closed.chat_id is not None else "permintaan_beri_tahu_sendiri"
    )
    said = [texts.say(key, closed.language, nomor=closed.wish.id, nama=closed.wish.name)]
    if closed.is_first:
        said.append(texts.say(told, closed.language))
    return Screen(" ".join(said))


def told_screen(texts: Texts, office: Office, closed: Closed) -> Screen:
    """To who asked."""
    key = "koreksi_selesai" if closed.outcome == "done" else "koreksi_tidak_dapat"
    day, contact = closed.wish.asked_at.date(), office.privacy_contact
    return Screen(texts.say(key, closed.their_language, tgl=day, kontak_pdp=contact))


def _head(texts: Texts, language: str, wish: Wish) -> str:
    if wish.hours_left < 0:
        return texts.say("permintaan_lewat", language)
    key = "permintaan_hampir" if wish.hours_left <= LAST_HOURS else "permintaan_baru"
    return texts.say(key, language, jam=wish.hours_left)


def _line(texts: Texts, language: str, wish: Wish) -> str:
    return texts.say(
        "permintaan_satu", language, nomor=wish.id, nama=wish.name, unit=wish.unit,
        isi=wish.text, waktu=wish.asked_at, batas=wish.due_at,
    )  # fmt: skip
