"""An .xlsx looked through before anybody reads it: packed sizes, then cells, as a stream. Pure; holds no cell in memory.

A workbook comes from a stranger and is read by the process that holds the chats. So the sizes that it declares are
checked first (zipfile never unpacks more than was declared), and the cells are counted while they pass by. What a
reader would silently get wrong is found here too: merged cells, formulas that were never calculated, hidden sheets.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]  # ships without types

from bot.errors import QuestionnaireError

MOST_UNPACKED: Final = 10_000_000  # bytes
MOST_PARTS: Final = 500
LARGE_PART: Final = 1_000_000  # from here on packed text is looked at
MOST_PACKING: Final = 200  # times; text of a form packs about 5 to 20 times
MOST_ROWS: Final[Mapping[str, int]] = {"survey": 1_000, "choices": 5_000, "settings": 10}
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 100_000
MOST_EMPTY: Final = 400_000  # cells with a format and no value
LONGEST_CELL: Final = 10_000  # characters
FORM_SHEETS: Final = tuple(MOST_ROWS)

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_TEXTS: Final = "xl/sharedStrings.xml"
_MOST_PIECES: Final = 5_000  # of one cell: its text may change its font at every letter, not more
_DEEPEST: Final = 50  # elements within elements
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ENCRYPTED: Final = 0x1


def problems_of(packed: IO[bytes]) -> list[QuestionnaireError]:
    """Whatever speaks against reading it; the sheets are looked at only if the packing is sound."""
    try:
        with zipfile.ZipFile(packed) as book:
            return list(_packing_problems(book)) or list(_content_problems(book))
    except zipfile.BadZipFile:
        return [_refused("The file is damaged or not complete.", "Save it again and send it anew.")]
    except (ParseError, KeyError, ValueError, NotImplementedError, OSError, EOFError, zlib.error):
        return [_refused("The workbook is damaged.", "Open it, save it as .xlsx and send it anew.")]


def too_many_rows(sheet: str) -> QuestionnaireError:
    most = MOST_ROWS[sheet]
    remedy = "Delete the rows that are not needed, or split the form."
    return QuestionnaireError(sheet, most + 2, f"There are more than {most} rows.", remedy)


def _too_many_cells(sheet: str, row: int | None) -> QuestionnaireError:
    remedy = "Copy only the columns of the form to a new workbook."
    return QuestionnaireError(sheet, row, "There are too many cells.", remedy)


def _refused(what: str, remedy: str) -> QuestionnaireError:
    return QuestionnaireError("file", None, what, remedy)


def _packing_problems(book: zipfile.ZipFile) -> Iterator[QuestionnaireError]:
    parts = book.infolist()
    large = [part for part in parts if part.file_size > LARGE_PART]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        remedy = f"A form needs far less than {MOST_UNPACKED // 1_000_000} MB. Copy it to a new workbook."
        yield _refused("The workbook unpacks to too much.", remedy)
    elif any(part.file_size > MOST_PACKING * part.compress_size for part in large):
        yield _refused(
            "The workbook is packed in a way no form is.", "Copy the sheets to a new workbook."
        )
    elif any(part.flag_bits & _ENCRYPTED for part in parts):
        yield _refused("The workbook has a password.", "Save it without one.")
    names = {part.filename for part in parts}
    if _WORKBOOK not in names:
        yield _refused("This is not an Excel workbook.", "Save it as .xlsx from your spreadsheet.")
    if any(name.endswith("vbaProject.bin") for name in names):
        yield _refused("The workbook holds macros.", "Save it as .xlsx, without macros.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield _refused(
            "The workbook takes values from another file.", "Paste those cells as values."
        )


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    hidden: bool
    part: str


def _content_problems(book: zipfile.ZipFile) -> Iterator[QuestionnaireError]:
    sheets = list(_sheets(book))
    if not any(sheet.name == "survey" for sheet in sheets):
        present = ", ".join(sheet.name for sheet in sheets) or "none"
        remedy = f"Name the sheet with the questions survey. The sheets are now: {present}."
        yield _refused("There is no sheet survey.", remedy)
        return
    long_texts = _long_texts(book)
    for sheet in sheets:
        if sheet.name not in FORM_SHEETS:
            continue
        if sheet.hidden:
            yield QuestionnaireError(sheet.name, None, "The sheet is hidden.", "Unhide it.")
        with book.open(sheet.part) as part:
            yield from _cell_problems(part, sheet.name, long_texts)


def _sheets(book: zipfile.ZipFile) -> Iterator[_Sheet]:
    with book.open(_RELATIONS) as part:
        targets = {
            one.get("Id", ""): one.get("Target", "") for one in _passing(part, "Relationship")
        }
    with book.open(_WORKBOOK) as part:
        for found in _passing(part, "sheet"):
            related = next((text for key, text in found.items() if key.endswith("}id")), "")
            place = posixpath.normpath(posixpath.join("/xl", targets[related])).lstrip("/")
            hidden = found.get("state", "visible") != "visible"
            yield _Sheet(found.get("name", "").strip().lower(), hidden, place)


def _long_texts(book: zipfile.ZipFile) -> frozenset[str]:
    """Which of the texts that the sheets share are too long, by their number."""
    if _TEXTS not in book.namelist():
        return frozenset()
    with book.open(_TEXTS) as part:
        texts = enumerate(_passing(part, "si"))
        return frozenset(str(number) for number, text in texts if _length(text) > LONGEST_CELL)


def _cell_problems(
    part: IO[bytes], sheet: str, long_texts: frozenset[str]
) -> Iterator[QuestionnaireError]:
    filled = empty = 0
    for element in _passing(part, "c", "mergeCell"):
        if _local(element) == "mergeCell":
            what = f"The cells {element.get('ref', '')} are merged."
            remedy = "Unmerge them and fill each cell."
            yield QuestionnaireError(sheet, _place(element.get("ref", ""))[1], what, remedy)
            continue
        if not len(element):
            empty += 1
            if empty > MOST_EMPTY:
                yield _too_many_cells(sheet, None)
                return
            continue
        filled += 1
        column, row = _place(element.get("r", ""))
        if row is not None and row > MOST_ROWS[sheet] + 1:
            yield too_many_rows(sheet)
            return
        if column > MOST_COLUMNS or filled > MOST_CELLS:
            yield _too_many_cells(sheet, row)
            return
        if problem := _value_problem(element, long_texts):
            yield QuestionnaireError(
                sheet, row, f"The cell {element.get('r', '')} {problem[0]}", problem[1]
            )


def _value_problem(cell: Element, long_texts: frozenset[str]) -> tuple[str, str] | None:
    values = {_local(part): part for part in cell}
    if cell.get("t") == "e":
        return "holds an error of the spreadsheet.", "Write the value itself."
    if "f" in values and not (values["v"].text if "v" in values else ""):
        return "holds a formula that was never calculated.", "Write the value itself."
    if cell.get("t") == "s":
        too_long = "v" in values and values["v"].text in long_texts
    else:
        too_long = _length(cell) > LONGEST_CELL
    return (f"is longer than {LONGEST_CELL} characters.", "Shorten it.") if too_long else None


def _place(reference: str) -> tuple[int, int | None]:
    """Column and row of "C12" or "C12:D13", both counted from 1."""
    found = _CELL.match(reference)
    if found is None:
        return 0, None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])


def _length(element: Element) -> int:
    return sum(len(text) for text in element.itertext())


def _passing(part: IO[bytes], *wanted: str) -> Iterator[Element]:
    """The elements of those names one by one; what has passed is forgotten."""
    above: list[Element] = []
    inside = pieces = 0
    for happening, element in iterparse(part, events=("start", "end")):
        here = _local(element) in wanted
        if happening == "start":
            above.append(element)
            inside += here
            pieces = pieces + 1 if inside else 0
            if pieces > _MOST_PIECES or len(above) > _DEEPEST:
                raise ParseError("a cell in too many pieces")
            continue
        above.pop()
        inside -= here
        if here:
            yield element
        if not inside:
            pieces = 0
            if above:
                del above[-1][:]


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
