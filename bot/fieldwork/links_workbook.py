"""The workbook of personal links that the coordinator sends by WhatsApp: name, NIP, role, unit, link, text. Writes one file.

Every cell is written as text: a NIP must keep its 18 digits, and no name may become a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

WIDTHS = (28, 21, 11, 32, 62, 90)
LINE_POINTS = 15


@dataclass(frozen=True, slots=True)
class LinkLine:
    name: str
    nip: str
    role: str
    unit: str
    link: str
    whatsapp: str


def write_links(
    path: Path, sheet: str, headers: Sequence[str], lines: Iterable[LinkLine], now: datetime
) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": now.astimezone(UTC).replace(tzinfo=None)})
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        for column, (header, width) in enumerate(zip(headers, WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, header, bold)
        last = 0
        for last, line in enumerate(lines, start=1):
            cells = (line.name, line.nip, line.role, line.unit, line.link, line.whatsapp)
            page.set_row(last, LINE_POINTS * _lines(line.whatsapp, WIDTHS[-1]))
            for column, cell in enumerate(cells):
                page.write_string(last, column, cell, text)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, last, len(WIDTHS) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)


def _lines(text: str, width: int) -> int:
    """How many lines a wrapped text takes: office programs keep a row written by a library at one line."""
    return sum(max(1, -(-len(part) // (width - 8))) for part in text.split("\n"))
