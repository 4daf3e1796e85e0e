"""What the coordinator sees: the trainings and how far their rounds have come. Pure: values in, text and buttons out."""

from collections.abc import Iterator

from bot.chat.case_buttons import case_data
from bot.chat.class_buttons import PEERS, ClassAction, class_data
from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.round_buttons import encode as encode_round
from bot.chat.staff_buttons import Action, OfficeAction, encode, office_data
from bot.chat.texts import Texts
from bot.fieldwork.trainings import RoundView, StaffPage, TrainingView

LABEL_LENGTH = 32


def overview(texts: Texts, page: StaffPage) -> Screen:
    language = page.language
    if not page.trainings:
        return Screen(texts.say("belum_ada_pelatihan", language), (_open_class(texts, language),))
    rows: list[tuple[Button, ...]] = []
    for one in page.trainings:
        rows.append((_titled(texts, language, "tombol_qr", "qr", one),))
        rows.append((_titled(texts, language, "tombol_rinci", "detail", one),))
    if page.pages > 1:
        rows.append(tuple(_turning(texts, page)))
    rows.append(_open_class(texts, language))
    parts = [_training(texts, language, one) for one in page.trainings]
    if page.pages > 1:
        parts.append(texts.say("pelatihan_halaman", language, n=page.page, dari=page.pages))
    return Screen("\n\n".join(parts), tuple(rows))


def _turning(texts: Texts, page: StaffPage) -> Iterator[Button]:
    if page.page > 1:
        yield _button(texts, page.language, "tombol_lebih_baru", "list", page.page - 1)
    if page.page < page.pages:
        yield _button(texts, page.language, "tombol_lebih_lama", "list", page.page + 1)


def details(texts: Texts, page: StaffPage) -> Screen:
    """Short ones side by side: thirteen rows would not fit on a phone."""
    one, language = page.trainings[0], page.language

    def of_class(key: str, action: ClassAction) -> Button:
        return Button(texts.plain(key, language), class_data(action, one.id))

    def of_staff(key: str, action: Action) -> Button:
        return _button(texts, language, key, action, one.id)

    status = Button(texts.plain("tombol_status", language), encode_round("status", one.id))
    interviews = Button(texts.plain("tombol_wawancara", language), case_data("page", one.id))
    listed = _button(texts, language, "tombol_daftar", "list", 0)
    peers = (
        Button(texts.plain("tombol_rekan", language), encode("preview", one.id, of_peers=True)),
        Button(
            texts.plain("tombol_surat_rekan", language), class_data("letters", one.id, other=PEERS)
        ),
    )
    buttons: Rows = (
        (of_staff("tombol_qr_saja", "qr"), of_class("tombol_kelas_langsung", "watch")),
        (of_class("tombol_isi_kelas", "about"),),
        (of_class("tombol_tautan", "links"),),
        (of_class("tombol_surat", "letters"),),
        *((peers,) if one.peers else ()),
        (of_class("tombol_cetak", "papers"), of_staff("tombol_tindak_lanjut", "preview")),
        (status, of_staff("tombol_lembar", "sheet")),
        (interviews,),
        (of_staff("tombol_laporan", "report"),),
        (of_staff("tombol_serahkan", "handover"), listed),
    )
    return Screen(_training(texts, language, one), buttons)


def shortened(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"


def office_button(texts: Texts, language: str, key: str, action: OfficeAction) -> Button:
    return Button(texts.plain(key, language), office_data(action))


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


def _open_class(texts: Texts, language: str) -> tuple[Button, ...]:
    return (Button(texts.plain("tombol_buka_kelas", language), class_data("new")),)


def _titled(texts: Texts, language: str, key: str, action: Action, one: TrainingView) -> Button:
    label = texts.plain(key, language, judul=one.title)
    return Button(shortened(label), encode(action, one.id))


def _button(texts: Texts, language: str, key: str, action: Action, training_id: int) -> Button:
    return Button(texts.plain(key, language), encode(action, training_id))
