"""The audit log in plain sentences, in the chat and as a workbook or a CSV file. Pure, but for the library that writes the workbook."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from html import escape

import xlsxwriter

from bot.chat.outgoing import Screen
from bot.chat.staff_screens import office_button
from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.fieldwork.auditing import Log, LogLine
from bot.fieldwork.strangers import NOBODY

HEADERS = (
    "kolom_nomor", "kolom_waktu", "kolom_akun", "kolom_nama", "kolom_tindakan", "kolom_kata",
    "kolom_rincian",
)  # fmt: skip
WIDTHS = (8, 18, 16, 24, 60, 22, 40)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what an office program would run
Table = Sequence[Sequence[str]]


def log_screen(texts: Texts, log: Log) -> Screen:
    if not log.lines:
        return Screen(texts.say("audit_kosong", log.language))
    lines = [escape(_chat_line(texts, log, line), quote=False) for line in log.lines]
    parts = [
        texts.say("audit_judul", log.language),
        *lines,
        "",
        texts.say("audit_catatan", log.language),
    ]
    rows = (
        (office_button(texts, log.language, "tombol_ekspor_xlsx", "xlsx"),),
        (office_button(texts, log.language, "tombol_ekspor_csv", "csv"),),
    )
    return Screen("\n".join(parts), rows)


def as_csv(texts: Texts, log: Log, lines: Iterable[LogLine]) -> bytes:
    """A name is whatever somebody called themselves in Telegram: it may not become a formula."""
    written = io.StringIO(newline="")
    rows = _table(texts, log, lines)
    csv.writer(written).writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(texts: Texts, log: Log, lines: Iterable[LogLine]) -> bytes:
    written, rows = io.BytesIO(), _table(texts, log, lines)
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Audit")
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, None if number else bold)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(WIDTHS) - 1)
    return written.getvalue()


def sentence(texts: Texts, log: Log, line: LogLine) -> str:
    """What was done, about what: "membuka tindak lanjut (MKD-2026-2)"."""
    if line.action == "refused":
        wanted = _word(texts, log.language, str(line.detail.get("wanted", "?")))
        return texts.plain("audit_refused", log.language, tindakan=wanted) + _about(
            texts, log, line
        )
    return _word(texts, log.language, line.action) + _about(texts, log, line)


def _table(texts: Texts, log: Log, lines: Iterable[LogLine]) -> Table:
    """With its header. The word in English and the detail as JSON are for who looks further."""
    header = [texts.plain(key, log.language) for key in HEADERS]
    return [header, *(_row(texts, log, line) for line in lines)]


def _chat_line(texts: Texts, log: Log, line: LogLine) -> str:
    return f"{line.at:%d/%m %H.%M} {_actor(texts, log, line)}: {sentence(texts, log, line)}"


def _row(texts: Texts, log: Log, line: LogLine) -> list[str]:
    detail = json.dumps(dict(line.detail), ensure_ascii=False)
    return [
        str(line.id), f"{line.at:%Y-%m-%d %H:%M:%S}", line.actor, line.name,
        sentence(texts, log, line), line.action, detail,
    ]  # fmt: skip


def _actor(texts: Texts, log: Log, line: LogLine) -> str:
    if line.name:
        return line.name
    if line.actor == NOBODY:
        return texts.plain("audit_tidak_dicatat", log.language)
    if line.actor.startswith("#"):
        return texts.plain("audit_bukan_petugas", log.language, kode=line.actor)
    return line.actor


def _word(texts: Texts, language: str, action: str) -> str:
    """A line of an older version may hold a word that has no sentence any more."""
    key = audit_key(action)
    return texts.plain(key, language) if key in texts.sentences[DEFAULT_LANGUAGE] else action


def audit_key(action: str) -> str:
    if action == "?":
        return "audit_unknown_button"
    return "audit_" + action.replace(" ", "_").replace("-", "_")


def _about(texts: Texts, log: Log, line: LogLine) -> str:
    parts = [str(line.detail[name]) for name in ("training", "form") if name in line.detail]
    parts += [
        log.names.get(str(line.detail[name]), str(line.detail[name]))
        for name in ("staff", "from")
        if name in line.detail
    ]
    if line.detail.get("role") in {"administrator", "coordinator"}:
        parts.append(texts.plain(f"peran_{line.detail['role']}", log.language))
    if line.detail.get("outcome") == "unchanged":
        parts.append(texts.plain("audit_tanpa_perubahan", log.language))
    return f" ({', '.join(parts)})" if parts else ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
