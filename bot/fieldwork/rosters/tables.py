"""A roster file as tables of cells: sheets of a workbook, or a text with ; , or tabs. Reads bytes, decides nothing.

1. openpyxl reads the values, row by row; it never holds a whole sheet. A long stretch of empty rows ends a sheet.
2. Which rows are hidden and which cells are merged openpyxl does not say then: `sheet_parts.py` looks at the same part.
3. A merged cell counts for every cell that it covers (`covering`).
4. openpyxl (22 MB, numpy with it) is loaded by who reads a workbook: the process that examines a file, never the bot.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.fieldwork.rosters.files import decoded
from bot.fieldwork.rosters.record import MOST_ROWS
from bot.fieldwork.rosters.sheet_parts import Merge, facts_of, sheet_parts

MOST_COLUMNS = 100
MOST_FILLED = MOST_ROWS + 1000  # rows: titles, notes and sections come on top of the people
EMPTY_IN_A_ROW = 1000
SEPARATORS = ";,\t|"

Cells = tuple[object, ...]


class Unreadable(Exception):
    """The file is no workbook that openpyxl can read."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold something, by their number in the sheet."""

    title: str
    rows: tuple[tuple[int, Cells], ...]
    hidden: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    is_cut: bool = False  # there were more rows than any roster has
    part: str = ""  # of the package
    _covered: Mapping[tuple[int, int], Merge] = field(default_factory=dict)

    def covering(self, row: int, column: int) -> Merge | None:
        """The merged cell, when this one is covered by it."""
        return self._covered.get((row, column))


def book_tables(content: bytes) -> tuple[Table, ...]:
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  # see above

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = sheet_parts(package)
            return tuple(_book_tables(content, package, parts))
    except (
        InvalidFileException, zipfile.BadZipFile, SyntaxError,  # of XML, by either parser of openpyxl
        KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, OverflowError,
    ) as wrong:  # fmt: skip
        raise Unreadable(type(wrong).__name__) from wrong


def text_table(content: bytes) -> Table:
    """The separator is the one that gives the rows the most columns in common."""
    text = decoded(content).replace("\0", "")
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return _text_table(list(_split(rest, first.strip()[-1])), begin=2)
    candidates = [list(_split(text, separator)) for separator in SEPARATORS]
    return _text_table(max(candidates, key=_width), begin=1)


def _book_tables(
    content: bytes, package: zipfile.ZipFile, parts: Mapping[str, str]
) -> Iterator[Table]:
    from openpyxl import load_workbook  # noqa: PLC0415  # see above

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            part = parts.get(sheet.title, "")
            hidden, merges = facts_of(package, part) if part else (frozenset(), ())
            sheet.reset_dimensions()  # what the file says of its size is often wrong
            rows, is_cut = _filled(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
            yield Table(
                sheet.title, rows, hidden, merges, sheet.sheet_state != "visible", is_cut, part,
                _covered=dict(_cover(merges, {number for number, _ in rows})),
            )  # fmt: skip
    finally:
        book.close()


def _filled(rows: Iterator[Sequence[object]]) -> tuple[tuple[tuple[int, Cells], ...], bool]:
    kept: list[tuple[int, Cells]] = []
    last = 0
    for number, cells in enumerate(rows, start=1):
        if any(cell not in {None, ""} for cell in cells):
            kept.append((number, tuple(cells)))
            last = number
        if len(kept) > MOST_FILLED:
            return tuple(kept), True
        if number - last > EMPTY_IN_A_ROW:
            break
    return tuple(kept), False


def _cover(merges: Sequence[Merge], rows: set[int]) -> Iterator[tuple[tuple[int, int], Merge]]:
    for merge in merges:
        for row in range(merge.top, min(merge.bottom, merge.top + MOST_ROWS) + 1):
            if row in rows:
                for column in range(merge.left, min(merge.right, MOST_COLUMNS) + 1):
                    yield (row, column), merge


def _split(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:  # a field of more than 128 kB: no roster's
            continue


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many rows have the commonest number of columns above one, times that number of columns."""
    counts: dict[int, int] = {}
    for row in rows[:200]:
        filled = len(row)
        if filled > 1:
            counts[filled] = counts.get(filled, 0) + 1
    return max((columns * rows_ for columns, rows_ in counts.items()), default=0)


def _text_table(rows: Sequence[Sequence[str]], begin: int) -> Table:
    filled, is_cut = _filled(iter([tuple(row[:MOST_COLUMNS]) for row in rows]))
    return Table("", tuple((number + begin - 1, cells) for number, cells in filled), is_cut=is_cut)
