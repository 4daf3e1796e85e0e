"""What a coordinator sees of a class: the questions that open it, the live card, who is missing. Pure."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from bot.chat.class_buttons import ClassAction, class_data
from bot.chat.class_link import deep_link
from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.screens import LONGEST_TEXT
from bot.chat.shortening import shortened
from bot.chat.staff_buttons import encode
from bot.chat.texts import Texts
from bot.fieldwork.class_day import Missing
from bot.fieldwork.class_opening import AskDay, AskTitle
from bot.fieldwork.class_view import ClassView
from bot.fieldwork.enrolment import class_code, class_token

DAYS = (("tombol_kelas_hari_ini", 0), ("tombol_kelas_besok", 1))


def asked(texts: Texts, question: AskTitle | AskDay) -> Screen:
    language = question.language
    stop = (Button(texts.plain("tombol_batal", language), class_data("stop")),)
    if isinstance(question, AskTitle):
        return Screen(texts.say("kelas_tanya_judul", language), (stop,))
    days = tuple(
        Button(texts.plain(key, language), class_data("day", one=ahead)) for key, ahead in DAYS
    )
    text = texts.say("kelas_tanya_hari", language, judul=question.title)
    if question.misread:
        misread = texts.say("kelas_hari_tidak_terbaca", language, masukan=question.misread)
        text = f"{misread}\n\n{text}"
    return Screen(text, (days, stop))


def opened(texts: Texts, done: ClassView) -> Screen:
    training = done.training
    key = "kelas_dibuka_sekarang" if done.is_asked else "kelas_dibuka_nanti"
    return Screen(texts.say(key, done.language, judul=training.full_title, tgl=training.ends_on))


def group_text(
    texts: Texts,
    done: ClassView,
    *,
    secret: bytes,
    bot_username: str,
    coordinator: str,
    office: str,
    today: date,
) -> str:
    """For the class's own group; plain, to be forwarded as it is. Before the first day it asks to have Telegram ready."""
    training, language = done.training, "id"
    words = {
        "nama_pelatihan": training.full_title, "penyelenggara": office,
        "tautan_kelas": deep_link(bot_username, class_token(secret, training.id)),
        "nama_bot": f"@{bot_username}", "kode_kelas": class_code(secret, training.id),
    }  # fmt: skip
    if done.is_asked:
        until = f"{done.open_until:%H.%M} {done.open_until.tzname()}"
        return texts.say("wa_grup_kelas", language, jam_tutup=until, **words)
    if today < training.starts_on:
        return texts.say(
            "wa_sebelum_kelas", language, hari_pertama=training.starts_on,
            nama_koordinator=coordinator, **words,
        )  # fmt: skip
    return texts.say(
        "wa_grup_hubung", language, hari=training.ends_on, nama_koordinator=coordinator, **words
    )


def live_card(texts: Texts, view: ClassView) -> Screen:
    language, title = view.language, view.training.full_title
    until = f"{view.open_until:%H.%M} {view.open_until.tzname()}"
    head = "kelas_kepala_selesai" if view.is_over else "kelas_kepala"
    lines = [texts.say(head, language, judul=title, jam=until), _counts(texts, view)]
    if view.listed > view.connected:
        key = "kelas_belum" if view.is_over else "kelas_belum_ketuk"
        lines.append(texts.say(key, language, n=view.listed - view.connected))
    if view.walk_ins and view.listed:
        lines.append(texts.say("kelas_tamu", language, n=view.walk_ins))
    if not view.listed:
        lines.append(texts.say("kelas_tanpa_daftar", language))
    if not view.is_asked:
        lines.append(texts.say("kelas_belum_ditanya", language, tgl=view.training.ends_on))
    return Screen("\n".join(lines), _card_rows(texts, view))


def shown_as(screen: Screen) -> str:
    """By which it is seen whether a card must be edited."""
    return sha256(repr(screen).encode()).hexdigest()


def no_longer_yours(texts: Texts) -> Screen:
    """In the chat of a colleague who no longer has the training."""
    return Screen(texts.say("kelas_bukan_lagi", "id"))


def missing(texts: Texts, found: Missing) -> Screen:
    language = found.language
    groups = (
        ("kelas_daftar_belum_terhubung", found.not_connected),
        ("kelas_daftar_belum_mulai", found.not_begun),
        ("kelas_daftar_belum_selesai", found.not_done),
    )
    parts = [texts.say("kelas_daftar_judul", language, judul=found.training.full_title)]
    parts += [_listed(texts, language, key, names) for key, names in groups if names]
    if len(parts) == 1:
        parts.append(texts.say("kelas_daftar_kosong", language))
    return Screen(shortened("\n\n".join(parts), LONGEST_TEXT))


def button(texts: Texts, language: str, key: str, action: ClassAction, training_id: int) -> Button:
    return Button(texts.plain(key, language), class_data(action, training_id))


def _counts(texts: Texts, view: ClassView) -> str:
    if not view.listed:
        return texts.say(
            "kelas_hitung_tamu",
            view.language,
            terhubung=view.walk_ins,
            mulai=view.begun,
            selesai=view.done,
        )
    return texts.say(
        "kelas_hitung", view.language, terhubung=view.connected, jumlah=view.listed,
        mulai=view.begun, selesai=view.done,
    )  # fmt: skip


def _card_rows(texts: Texts, view: ClassView) -> Rows:
    language, training_id = view.language, view.training.id

    def one(key: str, action: ClassAction) -> Button:
        return button(texts, language, key, action, training_id)

    qr = Button(texts.plain("tombol_qr_layar", language), encode("qr", training_id))
    rows: list[tuple[Button, ...]] = [(qr, one("tombol_teks_grup", "group"))]
    rows.append((one("tombol_daftar_belum", "missing"),))
    if view.walk_ins and view.listed:
        label = texts.plain("tombol_cocokkan_n", language, n=view.walk_ins)
        rows.append((Button(label, class_data("walkins", training_id)),))
    if view.is_asked:
        rows.append((one("tombol_isi_kertas", "keyin"),))
    elif not view.is_over:
        rows.append((one("tombol_mulai_evaluasi", "begin"),))
    if view.is_over:
        rows.append((one("tombol_kelas_lagi", "watch"),))
    else:
        rows.append((one("tombol_perpanjang", "extend"),))
    return tuple(rows)


def _listed(texts: Texts, language: str, key: str, names: Sequence[str]) -> str:
    head = texts.say(key, language, n=len(names))
    return "\n".join(
        [head, *(texts.say("kelas_daftar_nama", language, nama=name) for name in names)]
    )
