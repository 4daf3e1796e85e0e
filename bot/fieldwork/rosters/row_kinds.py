"""Which rows below the headings are people, and which are sections, totals, notes and signatures. Pure.

Nothing is lost silently: a row that is passed over is told with its number and how it begins.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.fieldwork.cells import as_filled, as_text
from bot.fieldwork.rosters.finding import Header
from bot.fieldwork.rosters.headings import PEER_COLUMNS, Column, PeerColumns
from bot.fieldwork.rosters.tables import Cells, Table

# What covers several rows when its cell is merged: a person's own name, number and phone never do.
SHARED: Final[frozenset[Column]] = frozenset(
    {
        "Unit Kerja", "Kelompok Unit", "Golongan", "Jabatan", "Nama Atasan", "NIP Atasan",
        "Jabatan Atasan", "HP Atasan",
        *(getattr(one, name) for one in PEER_COLUMNS for name in PeerColumns.__slots__),
    }
)  # fmt: skip
LEAST_DIGITS: Final = 9  # of what is meant to be a NIP: the old one had nine
_NOTE: Final = re.compile(
    r"(sub ?)?(jumlah|total)\b|catatan\b|keterangan\b|ket\s*[.:]|mengetahui\b|menyetujui\b|nb\s*[.:]|note\b"
    r"|sumber\s*:|panitia\b|tembusan\b|a\.? ?n\.? |demikian\b|ketua\b|kepala (badan|dinas|bidang|bkpsdmd?|bkd|opd)\b"
    r"|nip\.?\s*:?\s*\d|[*•]+\s*\S"
    r"|[\w .]+,\s*(?:tgl\.?\s*)?\d{0,2}\s*[.\u2026_]*\s*(januari|februari|maret|april|mei|juni|juli|agustus|september"
    r"|oktober|november|nopember|desember)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d{1,4}[.)]?")
_ENOUGH: Final = 2
Row = Mapping[Column, object]


@dataclass(frozen=True, slots=True)
class PersonRow:
    number: int
    cells: Row


@dataclass(frozen=True, slots=True)
class Sorted:
    people: tuple[PersonRow, ...]
    passed_over: tuple[tuple[int, str], ...]


def sorted_rows(table: Table, header: Header) -> Sorted:
    people: list[PersonRow] = []
    passed_over: list[tuple[int, str]] = []
    section, before, has_ended = "", header.last_row, False
    for number, cells in table.rows:
        if number <= header.last_row:
            continue
        row = dict(_cells(table, header, number, cells))
        begins = next((as_text(cell) for cell in cells if as_text(cell)), "")
        follows = number == before + 1 or _number_of(row) != ""
        before = number
        if _is_header_again(header, cells):
            continue
        if _is_person(row, begins, header, follows=follows and not has_ended):
            people.append(PersonRow(number, _in_section(row, header, section)))
        elif not _is_empty(row, cells):
            passed_over.append((number, begins[:60]))
            has_ended = has_ended or _NOTE.match(begins) is not None
            section = "" if has_ended else begins
    return Sorted(tuple(people), tuple(passed_over))


def _cells(
    table: Table, header: Header, number: int, cells: Cells
) -> Iterator[tuple[Column, object]]:
    for column, place in header.places.items():
        value = cells[place] if place < len(cells) else None
        merge = table.covering(number, place)
        if merge is None:
            yield column, value
        elif merge.right > merge.left and merge.left < place:
            yield column, None  # covered from the left: a section's title, no value of this column
        elif column in SHARED and number > merge.top > header.last_row:
            above = next((row for at, row in table.rows if at == merge.top), ())
            yield column, above[place] if place < len(above) else None
        else:
            yield column, value


def _is_person(row: Row, begins: str, header: Header, *, follows: bool) -> bool:
    name = _text(row, "Nama") or _text(row, "Nama dan NIP")
    nip = _has_digits(row, "NIP") or (_has_digits(row, "Nama dan NIP"))
    if nip and (name or not _NOTE.match(begins)):
        return True
    if not any(one.isalpha() for one in name) or _NOTE.match(begins) or _NOTE.match(name):
        return False
    if _number_of(row):
        return True
    filled = sum(bool(_text(row, column)) for column in header.places if column != "No")
    is_short = len([column for column in header.places if column != "No"]) < _ENOUGH
    return (follows and (filled >= _ENOUGH or is_short)) or (filled > _ENOUGH)


def _in_section(row: dict[Column, object], header: Header, section: str) -> Row:
    """Where no column names the unit, the heading above a group of rows does."""
    if section and "Unit Kerja" not in header.places:
        row["Unit Kerja"] = re.sub(r"^([A-Z]|[IVX]+|\d+)[.)]\s+", "", section)
    return row


def _is_empty(row: Row, cells: Sequence[object]) -> bool:
    """A line of the form that was left empty has its number at most."""
    return all(as_filled(cell) in {"", _number_of(row)} for cell in cells)


def _is_header_again(header: Header, cells: Cells) -> bool:
    """Our own heading of an earlier marking stands on the first page only."""
    texts = {text for text in map(as_text, cells) if text}
    first = {text for text in header.texts if text}
    own = {header.texts[place] for place in _own_places(header)}
    return first - own <= texts <= first


def _own_places(header: Header) -> tuple[int, ...]:
    place = header.places.get("Masalah", len(header.texts))
    return (place,) if place < len(header.texts) else ()


def _number_of(row: Row) -> str:
    text = as_text(row.get("No"))
    return text if _NUMBER.fullmatch(text) else ""


def _has_digits(row: Row, column: Column) -> bool:
    return sum(one.isdecimal() for one in as_text(row.get(column))) >= LEAST_DIGITS


def _text(row: Row, column: Column) -> str:
    return as_filled(row.get(column))
