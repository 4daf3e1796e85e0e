"""What the coordinator sees: lists, the preview of a follow-up, what was sent. Pure: values in, text and buttons out."""

from datetime import date

from babel.dates import format_date

from bot.chat.contact_screens import contact_text
from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.staff_buttons import Action, OfficeAction, encode, office_data
from bot.chat.texts import Texts
from bot.fieldwork.trainings import Preview, RoundView, StaffPage, TrainingView, Triggered
from bot.survey.study import Office

LABEL_LENGTH = 32
NAMED = 10  # people named in a preview; the rest is a number


def overview(texts: Texts, page: StaffPage) -> Screen:
    language = page.language
    if not page.trainings:
        return Screen(texts.say("belum_ada_pelatihan", language))
    rows: list[tuple[Button, ...]] = []
    for one in page.trainings:
        rows.append((_titled(texts, language, "tombol_qr", "qr", one),))
        rows.append((_titled(texts, language, "tombol_rinci", "detail", one),))
    text = "\n\n".join(_training(texts, language, one) for one in page.trainings)
    return Screen(text, tuple(rows))


def details(texts: Texts, page: StaffPage) -> Screen:
    one = page.trainings[0]
    buttons: Rows = (
        (_button(texts, page.language, "tombol_qr_saja", "qr", one.id),),
        (_button(texts, page.language, "tombol_tindak_lanjut", "preview", one.id),),
        (_button(texts, page.language, "tombol_serahkan", "handover", one.id),),
        (_button(texts, page.language, "tombol_daftar", "list", 0),),
    )
    return Screen(_training(texts, page.language, one), buttons)


def choose_follow_up(texts: Texts, page: StaffPage) -> Screen:
    if not page.trainings:
        return Screen(texts.say("tindak_lanjut_tidak_ada", page.language))
    rows = tuple(
        (Button(shortened(one.title), encode("preview", one.id)),) for one in page.trainings
    )
    return Screen(texts.say("tindak_lanjut_pilih", page.language), rows)


def preview(texts: Texts, office: Office, shown: Preview) -> Screen:
    refused = _refusal(texts, shown)
    if refused is not None:
        return refused
    language, title = shown.language, shown.training.title
    parts = [
        texts.say("pratinjau_judul", language, judul=title),
        _to_whom(texts, shown),
        _when(texts, shown),
        texts.say("pratinjau_pesan", language)
        + f"\n<blockquote>{contact_text(texts, office, shown.sample)}</blockquote>",
    ]
    rows: list[tuple[Button, ...]] = []
    if shown.to_send:
        label = texts.plain("tombol_kirim", language, n=shown.to_send)
        rows.append((Button(label, encode("send", shown.training.id)),))
    rows.append((_button(texts, language, "tombol_batal", "cancel", shown.training.id),))
    return Screen("\n\n".join(parts), tuple(rows))


def triggered(texts: Texts, done: Triggered) -> Screen:
    shown = done.preview
    if not done.opened:
        return _refusal(texts, shown) or Screen(
            texts.say("sudah_dibuka", shown.language, judul=shown.training.title)
        )
    return Screen(
        texts.say(
            "terkirim_judul", shown.language, judul=shown.training.title, n=shown.to_send,
            mulai=shown.first_at,
        )
    )  # fmt: skip


def shortened(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"


def office_button(texts: Texts, language: str, key: str, action: OfficeAction) -> Button:
    return Button(texts.plain(key, language), office_data(action))


def _refusal(texts: Texts, shown: Preview) -> Screen | None:
    title = shown.training.title
    if not shown.ended:
        day = shown.training.ended_on
        return Screen(texts.say("belum_selesai", shown.language, judul=title, tgl=day))
    if shown.already_open:
        return Screen(texts.say("sudah_dibuka", shown.language, judul=title))
    return None


def _training(texts: Texts, language: str, one: TrainingView) -> str:
    head = texts.say(
        "pelatihan_kepala", language, judul=one.title, tgl=one.ended_on, terhubung=one.connected,
        peserta=one.participants, atasan=one.superiors, atasan_terhubung=one.superiors_connected,
    )  # fmt: skip
    return "\n".join([head, *(_round(texts, language, one, round_) for round_ in one.rounds)])


def _round(texts: Texts, language: str, one: TrainingView, round_: RoundView) -> str:
    key = "putaran_ditutup" if round_.closed_at else "putaran_dibuka"
    if round_.opened_at is None:
        key = "putaran_rencana"
    return texts.say(
        key, language,
        putaran=texts.plain(f"putaran_{round_.kind}", language),
        tgl_buka=one.day(round_.opens_at), tgl_tutup=one.day(round_.closes_at),
        diundang=round_.invited, jumlah=round_.issued, mulai=round_.begun, lengkap=round_.complete,
    )  # fmt: skip


def _to_whom(texts: Texts, shown: Preview) -> str:
    language = shown.language
    lines = [texts.say("pratinjau_dikirim", language, n=shown.to_send, mulai=shown.first_at)]
    missed = len(shown.not_connected) + shown.blocked + shown.opted_out
    if missed:
        lines.append(texts.say("pratinjau_tidak", language, n=missed))
    if shown.not_connected:
        names = _names(texts, language, shown.not_connected)
        count = len(shown.not_connected)
        lines.append(texts.say("pratinjau_belum", language, n=count, nama=names))
    for key, count in (("pratinjau_blokir", shown.blocked), ("pratinjau_henti", shown.opted_out)):
        if count:
            lines.append(texts.say(key, language, n=count))
    return "\n".join(lines)


def _when(texts: Texts, shown: Preview) -> str:
    language = shown.language

    def short(day: date) -> str:
        return format_date(day, "EEE d MMM", locale=language)

    lines = [
        texts.say(
            "pratinjau_jadwal", language, pengingat=", ".join(short(day) for day in shown.reminders),
            terakhir=short(shown.last_call), tgl_tutup=shown.closes_on,
        )
    ]  # fmt: skip
    if shown.superiors_open_on is not None and shown.superior_pairs:
        one = shown.training
        lines.append(
            texts.say(
                "pratinjau_atasan", language, pasangan=shown.superior_pairs, atasan=one.superiors,
                tgl_buka=shown.superiors_open_on, belum=one.superiors - one.superiors_connected,
            )
        )  # fmt: skip
    return "\n".join(lines)


def _names(texts: Texts, language: str, names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return texts.plain("pratinjau_dan_lain", language, nama=shown, n=more) if more > 0 else shown


def _titled(texts: Texts, language: str, key: str, action: Action, one: TrainingView) -> Button:
    label = texts.plain(key, language, judul=one.title)
    return Button(shortened(label), encode(action, one.id))


def _button(texts: Texts, language: str, key: str, action: Action, training_id: int) -> Button:
    return Button(texts.plain(key, language), encode(action, training_id))
