"""What a colleague sees of a list that was sent: which training, the preview, how far saving is, what was saved. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from bot.chat.class_buttons import class_data
from bot.chat.long_reports import Part, fitted, messages, whole
from bot.chat.outgoing import Button, Outgoing, Rows, Screen, SendDocument
from bot.chat.roster_buttons import APART, encode_roster
from bot.chat.roster_lines import foot_lines, head_lines, marked_suffix, said
from bot.chat.staff_buttons import encode
from bot.chat.staff_screens import shortened
from bot.chat.texts import Texts
from bot.fieldwork.roster import Saved
from bot.fieldwork.rosters.difference import Changed, Difference
from bot.fieldwork.rosters.record import Problem, Report, TrainingFacts

LONGEST_CHANGE = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a preview tells."""

    draft_id: int
    file_name: str
    report: Report
    facts: TrainingFacts
    difference: Difference
    can_choose: bool  # another training
    is_changed: bool = False  # what was shown before is no longer what would happen
    marked: bytes = field(default=b"", repr=False)


def open_class(texts: Texts, language: str) -> tuple[Button, ...]:
    """The way out when there is no time for the list."""
    return (Button(texts.plain("tombol_buka_kelas", language), class_data("new")),)


def unreadable(texts: Texts, language: str, chat_id: int, report: Report) -> list[Outgoing]:
    """Nothing of it is a list: what to do."""
    lines = [said(texts, language, one, report.sheet) for one in report.problems]
    if any(one.key == "daftar_tanpa_judul" for one in report.problems):
        lines.append(texts.plain("daftar_atau_formulir", language))
    head = head_lines(texts, language, report)
    text = "\n\n".join([*head, *lines]) if report.sheet or report.header_row else "\n\n".join(lines)
    rows = (open_class(texts, language),)
    return messages(chat_id, text, text, rows, file_name="laporan.txt", caption="")


def choosing(
    texts: Texts, language: str, draft_id: int, listed: Sequence[tuple[int, str]], head: str = ""
) -> Screen:
    """`listed` trainings, by id and title, last opened first."""
    key = "daftar_pilih_pelatihan" if listed else "daftar_belum_ada_pelatihan"
    asked = texts.say(key, language)
    rows = tuple(
        (Button(shortened(title), encode_roster("aim", draft_id, training_id)),)
        for training_id, title in listed
    )
    drop = (_button(texts, language, "tombol_batal", draft_id),)
    last = (drop,) if listed else (open_class(texts, language), drop)
    return Screen("\n\n".join(part for part in (head, asked) if part), (*rows, *last))


def preview(texts: Texts, language: str, chat_id: int, shown: Shown) -> list[Outgoing]:
    """The file with the column Masalah first, so that the buttons stand at the end."""
    head = _head(texts, language, shown)
    parts, closing = list(_parts(texts, language, shown)), _closing(texts, language, shown)
    stem = PurePath(shown.file_name).stem[:60] or "daftar"
    outgoing: list[Outgoing] = []
    if shown.marked:
        name = f"{stem}-masalah{marked_suffix(shown.file_name)}"
        caption = texts.say("daftar_berkas_masalah", language)
        outgoing.append(SendDocument(chat_id, shown.marked, name, caption))
    text = whole(head, parts, closing)
    short = fitted(
        head, parts, closing, lambda n: "• " + texts.plain("daftar_dan_lagi", language, n=n)
    )
    return [
        *outgoing,
        *messages(
            chat_id, text, short, _rows(texts, language, shown),
            file_name=f"{stem}-laporan.txt", caption=texts.say("daftar_laporan", language),
        ),
    ]  # fmt: skip


def aimed(texts: Texts, language: str, title: str) -> Screen:
    return Screen(texts.say("daftar_ditinjau", language, judul=title))


def saving(texts: Texts, language: str, done: int, everybody: int) -> Screen:
    return Screen(texts.say("daftar_menyimpan", language, n=done, dari=everybody))


def saved(texts: Texts, language: str, facts: TrainingFacts, done: Saved, left_out: int) -> Screen:
    lines = [
        texts.say(
            "roster_disimpan", language, judul=facts.full_title, peserta=done.participants,
            atasan=done.superiors, baru=done.added, berubah=done.changed,
        )
    ]  # fmt: skip
    if done.peers:
        lines.append(texts.say("roster_rekan", language, n=done.peers))
    if left_out:
        lines.append(texts.say("daftar_belum_disimpan", language, n=left_out))
    if done.erased:
        lines.append(texts.say("roster_dihapus", language, n=done.erased))
    detail = Button(
        texts.plain("tombol_lihat_pelatihan", language), encode("detail", done.training_id)
    )
    qr = Button(texts.plain("tombol_qr_saja", language), encode("qr", done.training_id))
    return Screen("\n".join(lines), ((qr,), (detail,)))


def _head(texts: Texts, language: str, shown: Shown) -> str:
    facts = shown.facts
    lines = [texts.plain("daftar_berubah_lagi", language)] if shown.is_changed else []
    if shown.difference.is_new_training:
        lines.append(
            texts.plain(
                "daftar_untuk_baru", language, judul=facts.full_title, kode=facts.code,
                mulai=facts.starts_on, selesai=facts.ends_on,
            )
        )  # fmt: skip
    else:
        lines.append(texts.plain("daftar_untuk", language, judul=facts.full_title))
    return "\n".join([*lines, *head_lines(texts, language, shown.report)])


def _parts(texts: Texts, language: str, shown: Shown) -> Iterator[Part]:
    report = shown.report
    sheet = [one for one in report.problems if one.row is None]
    if sheet:
        yield "", _told(texts, language, report, sheet)
    if faults := [one for one in report.faults if one.row is not None]:
        yield texts.plain("daftar_masalah", language), _told(texts, language, report, faults)
    if report.ready and (shown.difference.changed or not shown.difference.is_new_training):
        yield (
            _compared(texts, language, shown.difference),
            [_changed(texts, language, one) for one in shown.difference.changed],
        )
    if adopted := shown.difference.adopted:
        lines = [
            "• " + texts.plain("daftar_dicocokkan_baris", language, nama=one.name[:LONGEST_CHANGE], unit=one.unit[:LONGEST_CHANGE] or "-", baris=one.row)
            for one in adopted
        ]  # fmt: skip
        yield texts.plain("daftar_dicocokkan", language, n=len(adopted)), lines
    if missing := shown.difference.missing:
        names = [f"• {name}" for name in missing]
        yield texts.plain("daftar_tidak_ada_lagi", language, n=len(missing)), names
    if notes := [one for one in report.notes if one.row is not None]:
        yield texts.plain("daftar_catatan", language), _told(texts, language, report, notes)
    if foot := [line for line in foot_lines(texts, language, report) if line]:
        yield "", foot


def _told(texts: Texts, language: str, report: Report, problems: Sequence[Problem]) -> list[str]:
    return [f"• {said(texts, language, one, report.sheet)}" for one in problems]


def _compared(texts: Texts, language: str, found: Difference) -> str:
    text = texts.plain(
        "daftar_dibanding",
        language,
        baru=len(found.new),
        berubah=len(found.changed),
        sama=found.same,
    )
    if found.erased:
        text += " " + texts.plain("roster_dihapus", language, n=found.erased)
    return text


def _changed(texts: Texts, language: str, one: Changed) -> str:
    changes = "; ".join(
        texts.plain(
            "daftar_perubahan", language, kolom=texts.plain(f"kolom_ubah_{change.column}", language),
            lama=change.before[:LONGEST_CHANGE] or "-", baru=change.after[:LONGEST_CHANGE],
        )
        for change in one.changes
    )  # fmt: skip
    return f"• {one.name[:LONGEST_CHANGE]}: {changes}"


def _closing(texts: Texts, language: str, shown: Shown) -> str:
    ready = len(shown.report.ready)
    if not ready:
        return texts.plain("daftar_tidak_ada_siap", language)
    if not shown.report.to_check:
        return texts.plain("daftar_dapat_disimpan_semua", language, n=ready)
    words = {"n": ready, "sisa": shown.report.to_check}
    return texts.plain("daftar_dapat_disimpan", language, **words)


def _rows(texts: Texts, language: str, shown: Shown) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if shown.report.ready:
        label = texts.plain("tombol_simpan", language, n=len(shown.report.ready))
        rows.append((Button(label, encode_roster("save", shown.draft_id)),))
    if shown.report.ready and shown.difference.adopted:
        apart = texts.plain("tombol_simpan_terpisah", language)
        rows.append((Button(apart, encode_roster("save", shown.draft_id, APART)),))
    if shown.can_choose:
        label = texts.plain("tombol_pelatihan_lain", language)
        rows.append((Button(label, encode_roster("choose", shown.draft_id)),))
    rows.append((_button(texts, language, "tombol_batal", shown.draft_id),))
    return tuple(rows)


def _button(texts: Texts, language: str, key: str, draft_id: int) -> Button:
    return Button(texts.plain(key, language), encode_roster("drop", draft_id))
