"""Changes single cells in the XML of a sheet and leaves every other byte as it is. Pure.

A library that loads and saves a workbook loses what it does not know: drawings of a letterhead, slicers, odd formats. Here
expat only says where each row and cell begins and ends, and the few new pieces are put between the old bytes.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from bot.fieldwork.rosters.sheet_parts import column_of

_TAG: Final = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_STYLE: Final = re.compile(rb"""\ss\s*=\s*("[^"]*"|'[^']*')""")
_HEIGHT: Final = re.compile(rb"""\s(?:ht|spans|customHeight)\s*=\s*("[^"]*"|'[^']*')""")
_SPANS: Final = re.compile(rb"""\sspans\s*=\s*("[^"]*"|'[^']*')""")
_LIMITS: Final = re.compile(rb"""\s(min|max)\s*=\s*("[^"]*"|'[^']*')""")
_NAME: Final = re.compile(rb"<[^\s/>]+")
_UNPRINTABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WIDTH: Final = 60

StyleOf = Callable[[int, str], int | None]  # (style now, colour) -> style with that colour


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one cell: a text, a colour, or both. `like` names a cell of the row whose style it takes."""

    text: str | None = None
    colour: str = ""  # "" for none of ours
    style: int | None = None
    like: int | None = None


@dataclass(slots=True)
class _Cell:
    column: int
    style: int
    begin: int
    end: int = 0
    is_filled: bool = False


@dataclass(slots=True)
class _Row:
    number: int
    prefix: str
    begin: int
    end: int = 0  # of its content
    cells: list[_Cell] = field(default_factory=list)


Edit = tuple[int, int, bytes]


@dataclass(slots=True)
class Scan:
    """Where everything stands; grows while expat goes through the sheet."""

    xml: bytes
    rows: list[_Row] = field(default_factory=list)
    columns: list[tuple[int, int, int, bytes]] = field(default_factory=list)  # min, max, place, tag
    data: int = 0  # where the rows begin
    prefix: str = ""

    @property
    def width(self) -> int:
        """How many columns hold something: a value, or a formula that nobody has calculated yet."""
        filled = (cell.column + 1 for row in self.rows for cell in row.cells if cell.is_filled)
        return max(filled, default=0)

    def begun(self, name: str, attributes: Mapping[str, str], place: int) -> None:
        match name.rpartition(":")[2]:
            case "row":
                number = int(attributes.get("r", self.rows[-1].number + 1 if self.rows else 1))
                self.rows.append(_Row(number, self.prefix, place))
            case "c" if self.rows:
                self._cell(attributes, place)
            case "v" | "f" | "is" if self.rows and self.rows[-1].cells:
                self.rows[-1].cells[-1].is_filled = True
            case "col":
                limits = int(attributes["min"]), int(attributes["max"])
                self.columns.append((*limits, place, tag_at(self.xml, place)))
            case "sheetData":
                self.data, self.prefix = place, name.removesuffix("sheetData")

    def ended(self, name: str, place: int) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self.rows[-1].end = place
        elif local == "c" and self.rows and self.rows[-1].cells:
            cell = self.rows[-1].cells[-1]
            is_empty = tag_at(self.xml, cell.begin).endswith(b"/>")
            cell.end = place if is_empty else place + len(tag_at(self.xml, place))

    def _cell(self, attributes: Mapping[str, str], begin: int) -> None:
        cells = self.rows[-1].cells
        place = column_of(attributes.get("r", ""))
        column = place if place is not None else (cells[-1].column + 1 if cells else 0)
        cells.append(_Cell(column, int(attributes.get("s", 0)), begin))


def scanned(xml: bytes) -> Scan:
    scan, parser = Scan(xml), expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: scan.begun(
        name, given, parser.CurrentByteIndex
    )
    parser.EndElementHandler = lambda name: scan.ended(name, parser.CurrentByteIndex)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as wrong:
        raise ValueError("the sheet is no XML") from wrong
    return scan


def spliced(
    scan: Scan, changes: Mapping[int, Mapping[int, Change]], style_of: StyleOf, widened: int
) -> bytes:
    """Cells by row (from 1) and column (from 0); the column `widened` gets room for a sentence."""
    xml = scan.xml
    edits = list(_widening(scan, widened + 1))
    for row in scan.rows:
        wanted = changes.get(row.number)
        if wanted:
            edits.extend(_row_edits(xml, row, wanted, style_of))
    pieces: list[bytes] = []
    at = 0
    for begin, end, piece in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [xml[at:begin], piece]
        at = end
    return b"".join([*pieces, xml[at:]])


def tag_at(xml: bytes, begin: int) -> bytes:
    found = _TAG.match(xml, begin)
    if found is None:
        raise ValueError("no tag where expat saw one")
    return found[0]


def _row_edits(
    xml: bytes, row: _Row, wanted: Mapping[int, Change], style_of: StyleOf
) -> Iterator[Edit]:
    present = {cell.column: cell for cell in row.cells}
    new: list[tuple[int, bytes]] = []
    for column, change in sorted(wanted.items()):
        cell = present.get(column)
        if cell is not None and change.text is None:
            yield from _coloured(xml, cell, style_of(cell.style, change.colour))
        elif cell is not None:
            yield cell.begin, cell.end, _made(row, column, change, style_of)
        elif change.text or change.colour:
            new.append((column, _made(row, column, change, style_of)))
    if new:
        yield from _joined(xml, row, new)


def _joined(xml: bytes, row: _Row, new: Sequence[tuple[int, bytes]]) -> Iterator[Edit]:
    """A height that nobody chose goes, so that the sentence is seen whole."""
    tag = tag_at(xml, row.begin)
    fresh = (_SPANS if b"customHeight" in tag else _HEIGHT).sub(b"", tag)
    if tag.endswith(b"/>"):
        inside = b"".join(made for _, made in new)
        closing = f"</{row.prefix}row>".encode()
        yield row.begin, row.begin + len(tag), fresh[:-2] + b">" + inside + closing
        return
    yield row.begin, row.begin + len(tag), fresh
    for place, pieces in _placed(row, new):
        yield place, place, pieces


def _placed(row: _Row, new: Sequence[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Cells stand in the order of their columns."""
    places: dict[int, list[bytes]] = {}
    for column, made in new:
        place = next((cell.begin for cell in row.cells if cell.column > column), row.end)
        places.setdefault(place, []).append(made)
    for place, pieces in places.items():
        yield place, b"".join(pieces)


def _coloured(xml: bytes, cell: _Cell, style: int | None) -> Iterator[Edit]:
    if style is None:
        return
    tag = tag_at(xml, cell.begin)
    bare = _STYLE.sub(b"", tag, count=1)
    name = _NAME.match(bare)
    end = name.end() if name else 0
    yield cell.begin, cell.begin + len(tag), bare[:end] + f' s="{style}"'.encode() + bare[end:]


def _made(row: _Row, column: int, change: Change, style_of: StyleOf) -> bytes:
    name = f'{row.prefix}c r="{_letters(column)}{row.number}"'
    if style := _style(row, change, style_of):
        name += f' s="{style}"'
    if not change.text:
        return f"<{name}/>".encode()
    text = escape(_UNPRINTABLE.sub(" ", change.text))
    p = row.prefix
    return (
        f'<{name} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'
    ).encode()


def _style(row: _Row, change: Change, style_of: StyleOf) -> int:
    like = next((cell.style for cell in row.cells if cell.column == change.like), 0)
    style = change.style if change.style is not None else like
    coloured = style_of(style, change.colour)
    return style if coloured is None else coloured


def _widening(scan: Scan, wide: int) -> Iterator[Edit]:
    """`wide` counts from 1, as the columns of a sheet do."""
    p = scan.prefix
    col = f'<{p}col min="{wide}" max="{wide}" width="{WIDTH}" customWidth="1"/>'.encode()
    if not scan.columns:
        yield scan.data, scan.data, f"<{p}cols>".encode() + col + f"</{p}cols>".encode()
        return
    for first, last, begin, tag in scan.columns:
        if first <= wide <= last:
            parts = [_limited(tag, first, wide - 1), col, _limited(tag, wide + 1, last)]
            yield begin, begin + len(tag), b"".join(parts)
            return
    before = [one for one in scan.columns if one[1] < wide]
    place = before[-1][2] + len(before[-1][3]) if before else scan.columns[0][2]
    yield place, place, col


def _limited(tag: bytes, first: int, last: int) -> bytes:
    if first > last:
        return b""
    return _LIMITS.sub(
        lambda found: b' %s="%d"' % (found[1], first if found[1] == b"min" else last), tag
    )


def _letters(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
