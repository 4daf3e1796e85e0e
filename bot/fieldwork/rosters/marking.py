"""The same file again with a column *Masalah*: what is wrong in each row, and the cells coloured. Everything else is kept.

A text table comes back as a workbook, because a text has no colours.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import xlsxwriter

from bot.fieldwork.cells import as_text
from bot.fieldwork.rosters.finding import Header
from bot.fieldwork.rosters.record import Problem, Report
from bot.fieldwork.rosters.splicing import WIDTH, Change, scanned, spliced
from bot.fieldwork.rosters.styles import COLOURS, Styles
from bot.fieldwork.rosters.tables import Table

STYLES: Final = "xl/styles.xml"
Changes = dict[int, dict[int, Change]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What goes in: the heading, and a sentence for each row that has one."""

    heading: str
    sentences: Mapping[int, str]


def marked(content: bytes, table: Table, header: Header, report: Report, marks: Marks) -> bytes:
    """A workbook."""
    if not table.part:
        return _written(table, header, report, marks)
    try:
        return _spliced(content, table, header, report, marks)
    except (
        ValueError,
        KeyError,
    ):  # no package that Excel writes; its values are still the coordinator's
        return _written(table, header, report, marks)


def _spliced(content: bytes, table: Table, header: Header, report: Report, marks: Marks) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        styles = Styles(old.read(STYLES))
        scan = scanned(old.read(table.part))
        column = header.places.get("Masalah", scan.width)
        changes = _changes(table, header, marks, column, styles.wrapped())
        for row, place, weight in _coloured(report):
            changes[row][place] = Change(colour=weight)
        sheet = spliced(scan, changes, styles.coloured, column)
        replaced = {table.part: sheet, STYLES: styles.xml()}
        for part in old.infolist():
            new.writestr(part, replaced.get(part.filename) or old.read(part))
    return made.getvalue()


def _changes(table: Table, header: Header, marks: Marks, column: int, plain: int | None) -> Changes:
    changes: defaultdict[int, dict[int, Change]] = defaultdict(dict)
    for number, cells in table.rows:  # what an earlier marking left goes
        if number > header.last_row:
            changes[number] = {place: Change() for place in range(len(cells)) if place != column}
            changes[number][column] = Change("", style=plain)
    changes[header.row][column] = Change(marks.heading, like=max(header.places.values()))
    for number, text in marks.sentences.items():
        changes[number][column] = Change(text, style=plain)
    return changes


def _coloured(report: Report) -> list[tuple[int, int, str]]:
    """A problem's colour covers a note's."""
    found = [one for one in report.problems if one.column is not None and one.sheet == report.sheet]
    ordered: list[Problem] = sorted(found, key=lambda one: one.weight == "problem")
    return [(one.row or 0, one.column or 0, one.weight) for one in ordered]


def _column(table: Table, header: Header) -> int:
    """The one of an earlier marking, else the first that is free."""
    if "Masalah" in header.places:
        return header.places["Masalah"]
    used = (
        place + 1
        for _, cells in table.rows
        for place, cell in enumerate(cells)
        if cell not in {None, ""}
    )
    return max(used, default=0)


def _written(table: Table, header: Header, report: Report, marks: Marks) -> bytes:
    made = io.BytesIO()
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "in_memory": True,
    }  # fmt: skip
    colours = {(row, place): weight for row, place, weight in _coloured(report)}
    column = _column(table, header)
    with xlsxwriter.Workbook(made, options) as book:
        page = book.add_worksheet(as_text(table.title)[:31] if table.part else "Daftar")
        formats = {
            weight: book.add_format({"num_format": "@", "bg_color": f"#{rgb[2:]}"})
            for weight, rgb in COLOURS.items()
        }
        plain = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        page.set_column(0, max(column - 1, 0), 20)
        page.set_column(column, column, WIDTH)
        for number, cells in table.rows:
            for place, cell in enumerate(cells[:column]):
                weight = colours.get((number, place), "")
                page.write_string(number - 1, place, as_text(cell), formats.get(weight, plain))
            page.write_string(number - 1, column, marks.sentences.get(number, ""), wrapped)
        page.write_string(header.row - 1, column, marks.heading, plain)
    return made.getvalue()
