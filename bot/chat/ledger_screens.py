"""The ledger on the coordinator's screen: status, who has not answered, reminding now, the workbook. Pure, but for the library
that writes the workbook.
"""

import io

import xlsxwriter

from bot.chat.outgoing import Button, Screen
from bot.chat.round_buttons import RoundAction, encode
from bot.chat.shortening import shortened as cut
from bot.chat.staff_buttons import encode as encode_staff
from bot.chat.staff_screens import shortened
from bot.chat.texts import Texts, spell
from bot.fieldwork.ledger import Ledger, Line, RoundStatus, Status, Unanswered
from bot.fieldwork.reminding import Reminding
from bot.fieldwork.trainings import StaffPage, TrainingView

MOST_UNITS = 3900  # of a message; Telegram takes 4,096
COLUMNS = (
    "kolom_putaran", "kolom_nama", "kolom_tentang", "kolom_terhubung", "kolom_status",
    "kolom_undangan", "kolom_pengingat", "kolom_riwayat",
)  # fmt: skip
WIDTHS = (24, 30, 30, 12, 18, 18, 40, 70)


def choose_training(texts: Texts, page: StaffPage) -> Screen:
    if not page.trainings:
        return Screen(texts.say("belum_ada_pelatihan", page.language))
    rows = tuple(
        (Button(shortened(one.title), encode("status", one.id)),) for one in page.trainings
    )
    if page.pages > 1:  # the list of trainings turns pages, and each leads to its status
        older = texts.plain("tombol_lebih_lama", page.language)
        rows = (*rows, (Button(older, encode_staff("list", page.page + 1)),))
    return Screen(texts.say("status_pilih", page.language), rows)


def status(texts: Texts, shown: Status) -> Screen:
    language, training = shown.language, shown.training
    parts = [
        texts.say(
            "status_kepala", language, judul=training.title, tgl=training.ended_on,
            terhubung=training.connected, peserta=training.participants,
            atasan=training.superiors, atasan_terhubung=training.superiors_connected,
        )
    ]  # fmt: skip
    parts += [round_lines(texts, language, training, one) for one in shown.rounds]
    rows: list[tuple[Button, ...]] = []
    for one in shown.rounds:
        if one.issued > one.complete:
            rows.append((_about(texts, shown, one, "tombol_siapa_belum", "missing"),))
        if one.round.state == "open" and one.issued > one.complete:
            rows.append((_about(texts, shown, one, "tombol_ingatkan", "remind"),))
        rows.append((_about(texts, shown, one, "tombol_kelola", "round"),))
    rows.append((_plain(texts, language, "tombol_buku_catatan", "file", training.id),))
    return Screen("\n\n".join(parts), tuple(rows))


def missing(texts: Texts, shown: Unanswered) -> Screen:
    """Names only: not how far anybody has come, nor why not."""
    language = shown.language
    kind = texts.plain(f"putaran_{shown.round.kind}", language)
    lines = [texts.say("belum_judul", language, judul=shown.training.title, putaran=kind)]
    for key, names in (
        ("belum_terhubung_ya", shown.names),
        ("belum_terhubung_tidak", shown.not_connected),
    ):
        if names:
            lines.append("\n" + texts.say(key, language, n=len(names)))
            lines += [texts.say("baris_nama", language, nama=name) for name in names]
    if len(lines) == 1:
        lines.append(texts.say("belum_kosong", language))
    return Screen(cut("\n".join(lines), MOST_UNITS), (_to_status(texts, language, shown.training),))


def reminding(texts: Texts, shown: Reminding) -> Screen:
    language, title = shown.language, shown.training.title
    kind = texts.plain(f"putaran_{shown.round.kind}", language)
    back = _to_status(texts, language, shown.training)
    if not shown.is_open:
        return Screen(texts.say("ingatkan_tertutup", language, judul=title, putaran=kind), (back,))
    key = "ingatkan_dilakukan" if shown.done else "ingatkan_pratinjau"
    if not shown.may_go:
        key = "ingatkan_tidak_ada"
    lines = [
        texts.say(key, language, judul=title, putaran=kind, n=shown.may_go, mulai=shown.first_at)
    ]
    if shown.may_go and shown.round.paused_at is not None:
        lines.append(texts.say("ingatkan_dijeda", language))
    if shown.held:
        lines.append(texts.say("ingatkan_ditahan", language, n=sum(shown.held.values())))
        lines += [
            texts.say(f"ditahan_{why}", language, n=count) for why, count in shown.held.items()
        ]
    if shown.done or not shown.may_go:
        return Screen("\n".join(lines), (back,))
    label = texts.plain("tombol_ingatkan_ya", language, n=shown.may_go)
    go = Button(label, encode("remindyes", shown.training.id, shown.round.id))
    return Screen("\n".join(lines), ((go,), back))


def round_lines(texts: Texts, language: str, training: TrainingView, one: RoundStatus) -> str:
    kind, found = texts.plain(f"putaran_{one.round.kind}", language), one.round
    state = f"status_{found.state}" if found.opened_at or not found.closed_at else "status_given_up"
    head = texts.say(
        state, language, putaran=kind, tgl_buka=training.day(found.opens_at),
        tgl_tutup=training.day(found.closes_at),
    )  # fmt: skip
    if not one.issued:
        return head
    lines = [
        head,
        texts.say(
            "status_jawaban", language, jumlah=one.issued, lengkap=one.complete,
            sebagian=one.partly, belum=one.untouched,
        ),
    ]  # fmt: skip
    if one.declined:
        lines.append(texts.say("status_menolak", language, n=one.declined))
    if one.not_connected:
        lines.append(texts.say("status_belum_terhubung", language, n=one.not_connected))
    lines.append(texts.say("status_pesan", language, terkirim=one.sent, gagal=one.failed))
    if one.next_at is not None and found.state == "open":
        day = training.day(one.next_at)
        lines.append(texts.say("status_berikutnya", language, tgl=day))
    if found.paused_at is not None:
        lines.append(texts.say("status_dijeda", language))
    return "\n".join(lines)


def as_xlsx(texts: Texts, found: Ledger) -> bytes:
    written = io.BytesIO()
    language = found.language
    rows = [[texts.plain(key, language) for key in COLUMNS]]
    rows += [_row(texts, language, line) for line in found.lines]
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet(texts.plain("lembar_catatan", language))
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, None if number else bold)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(WIDTHS) - 1)
    return written.getvalue()


def _row(texts: Texts, language: str, line: Line) -> list[str]:
    reminders = [spell(at, language) for step, at in sorted(line.sent.items()) if step]
    history = [
        f"{spell(at, language)}: {texts.plain(f'riwayat_{note}', language)}"
        for note, at in line.history
    ]
    return [
        texts.plain(f"putaran_{line.kind}", language), line.name, line.about_name,
        texts.plain("ya" if line.connected else "tidak", language),
        texts.plain(f"berdiri_{line.standing}", language),
        spell(line.sent[0], language) if 0 in line.sent else "",
        "; ".join(reminders), "; ".join(history),
    ]  # fmt: skip


def _about(texts: Texts, shown: Status, one: RoundStatus, key: str, action: RoundAction) -> Button:
    kind = texts.plain(f"putaran_{one.round.kind}", shown.language)
    label = texts.plain(key, shown.language, putaran=kind)
    return Button(label, encode(action, shown.training.id, one.round.id))


def _to_status(texts: Texts, language: str, training: TrainingView) -> tuple[Button, ...]:
    return (_plain(texts, language, "tombol_status", "status", training.id),)


def _plain(texts: Texts, language: str, key: str, action: RoundAction, about: int) -> Button:
    return Button(texts.plain(key, language), encode(action, about))
