"""The codebook of the exported files, as a workbook and as Markdown: every variable, every value, every reason for none.

Holds no answer and no count: it may be given to whoever plans an analysis.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from evaluation.microdata.cases import Cases, Column
from evaluation.microdata.sav import Variable
from evaluation.texts import Texts, number
from evaluation.workbook.grid import workbook
from evaluation.workbook.page import Column as PageColumn
from evaluation.workbook.page import Line, Page


def codebook_workbook(files: Sequence[Cases], author: str, texts: Texts, made_on: date) -> bytes:
    """Two tables: the variables, and the values with their meaning."""
    foot = texts.say("buku_kaki", penyelenggara=author.replace("&", "&&"))
    pages = (_variables(files, texts), _values(files, texts))
    return workbook(pages, texts.say("data_judul"), author, foot, made_on)


def codebook_markdown(files: Sequence[Cases], texts: Texts) -> str:
    """The same for a reader without a spreadsheet; a pipe in a label is escaped."""
    lines = [f"# {texts.say('data_judul')}", "", texts.say("data_catatan"), ""]
    for cases in files:
        lines += [f"## {cases.questionnaire}.sav", ""]
        header = (
            "kolom_variabel",
            "kolom_label",
            "kolom_jenis",
            "kolom_ukuran_data",
            "kolom_nilai_arti",
        )
        lines += [_row(texts.say(key) for key in header), _row("---" for _ in header)]
        lines += [
            _row((
                f"`{column.variable.name}`", column.variable.label, _kind(column.variable, texts),
                texts.say(f"data_{column.variable.measure}"), _meanings(column.variable, texts),
            ))
            for column in cases.columns
        ]  # fmt: skip
        lines.append("")
        if cases.sets:
            lines += [texts.say("data_himpunan"), ""]
            lines += [f"- `${one.name}`: {_plain(one.label)}" for one in cases.sets]
            lines.append("")
    return "\n".join(lines)


def _variables(files: Sequence[Cases], texts: Texts) -> Page:
    lines = tuple(
        (
            f"{cases.questionnaire}.sav", column.variable.name, column.variable.label,
            _kind(column.variable, texts), texts.say(f"data_{column.variable.measure}"),
            column.source, column.code, _range(column.variable, texts),
        )
        for cases in files
        for column in cases.columns
    )  # fmt: skip
    return Page(
        texts.say("data_lembar_variabel"), "Variabel", texts.say("data_judul"),
        (texts.say("data_catatan"),),
        (
            PageColumn(texts.say("kolom_berkas"), "id", 24),
            PageColumn(texts.say("kolom_variabel"), "id", 28),
            PageColumn(texts.say("kolom_label"), "text", 62),
            PageColumn(texts.say("kolom_jenis"), "text", 12),
            PageColumn(texts.say("kolom_ukuran_data"), "text", 12),
            PageColumn(texts.say("kolom_asal"), "id", 18),
            PageColumn(texts.say("kolom_kode"), "id", 18),
            PageColumn(texts.say("kolom_kosong"), "text", 20),
        ),
        lines, texts.say("buku_belum_ada"), frozen=2,
    )  # fmt: skip


def _values(files: Sequence[Cases], texts: Texts) -> Page:
    return Page(
        texts.say("data_lembar_nilai"), "Nilai", texts.say("data_judul_nilai"),
        (texts.say("data_catatan_nilai"),),
        (
            PageColumn(texts.say("kolom_berkas"), "id", 24),
            PageColumn(texts.say("kolom_variabel"), "id", 28),
            PageColumn(texts.say("kolom_nilai"), "count", 12),
            PageColumn(texts.say("kolom_arti"), "text", 50),
            PageColumn(texts.say("kolom_kosong"), "text", 12),
        ),
        tuple(line for cases in files for column in cases.columns for line in _value_lines(cases, column, texts)),
        texts.say("buku_belum_ada"), frozen=2,
    )  # fmt: skip


def _value_lines(cases: Cases, column: Column, texts: Texts) -> Iterator[Line]:
    variable = column.variable
    for value, label in variable.labels.items():
        missing = texts.say("data_ya") if _is_missing(variable, value) else ""
        yield (f"{cases.questionnaire}.sav", variable.name, value, label, missing)


def _is_missing(variable: Variable, value: float) -> bool:
    return variable.missing is not None and variable.missing[0] <= value <= variable.missing[1]


def _kind(variable: Variable, texts: Texts) -> str:
    if variable.bytes:
        return texts.say("data_jenis_teks")
    return texts.say("data_jenis_tanggal" if variable.is_date else "data_jenis_angka")


def _range(variable: Variable, texts: Texts) -> str:
    if variable.missing is None:
        return ""
    low, high = (number(texts, end, 0) for end in variable.missing)
    return texts.say("data_rentang", dari=low, sampai=high)


def _meanings(variable: Variable, texts: Texts) -> str:
    return "; ".join(
        f"{value:.0f} = {label}" for value, label in variable.labels.items()
    ) or _range(variable, texts)


def _row(cells: Iterator[str] | Sequence[str]) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
