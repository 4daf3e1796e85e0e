"""The workbook of personal links that the coordinator sends by WhatsApp: name, NIP, role, unit, link, text, and a link that
opens WhatsApp with that text. Writes one file.

Every cell is written as text: a NIP must keep its 18 digits, and no name may become a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote

import xlsxwriter

WIDTHS = (28, 21, 11, 32, 62, 90, 14, 14)
TEXT_COLUMN, WA_ME_COLUMN = 5, 6
LONGEST_URL = 2079  # of Excel; a longer one stands as text, to be copied
OPENS = "WhatsApp"
LINE_POINTS = 15


@dataclass(frozen=True, slots=True)
class LinkLine:
    name: str
    nip: str
    role: str
    unit: str
    link: str
    whatsapp: str
    wa_me: str = ""  # "" when there is no phone number
    code: str = ""  # of a participant


def wa_me(phone: str, text: str) -> str:
    """Opens the chat with that person, the text already written; one tap sends it."""
    digits = phone.removeprefix("+")
    if not phone.startswith("+") or not digits.isdecimal():
        return ""
    return f"https://wa.me/{digits}?text={quote(text)}"


def write_links(
    target: Path | IO[bytes],
    sheet: str,
    headers: Sequence[str],
    lines: Iterable[LinkLine],
    now: datetime,
) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": now.astimezone(UTC).replace(tzinfo=None)})
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        for column, (header, width) in enumerate(zip(headers, WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, header, bold)
        last = 0
        for last, line in enumerate(lines, start=1):
            cells = (
                line.name, line.nip, line.role, line.unit, line.link, line.whatsapp, line.wa_me,
                line.code,
            )  # fmt: skip
            page.set_row(last, LINE_POINTS * _lines(line.whatsapp, WIDTHS[TEXT_COLUMN]))
            for column, cell in enumerate(cells):
                page.write_string(last, column, cell, text)
            if line.wa_me and len(line.wa_me) <= LONGEST_URL:
                page.write_url(last, WA_ME_COLUMN, line.wa_me, text, string=OPENS)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, last, len(WIDTHS) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)


def _lines(text: str, width: int) -> int:
    """How many lines a wrapped text takes: office programs keep a row written by a library at one line."""
    return sum(max(1, -(-len(part) // (width - 8))) for part in text.split("\n"))
