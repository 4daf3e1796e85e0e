"""The documented template: the example form of config/template.md as a workbook that explains itself.

1. A sheet of instructions says what every column and question type is for; each heading carries the same as a note.
2. Cells that know only a few words offer them as a list; names must be small letters. A type is only suggested, since
   the name of a list follows it.
3. The sheet of instructions stands behind the form's own: whoever reads the form passes it by.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.survey.form_columns import (
    ENDS,
    ITEM_COLUMNS,
    LEVELS,
    MISSING_CODES,
    MOMENTS,
    OPTION_COLUMNS,
)

TYPES: Final = (
    "select_one", "select_multiple", "rank", "range", "integer", "decimal", "text", "date", "time",
    "dateTime", "audio", "image", "file", "acknowledge", "note", "begin_group", "end_group",
    "begin_repeat", "end_repeat", "hidden", "calculate",
)  # fmt: skip
WORDS: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(
        ("required", "voice", "once_per_respondent", "exclusive", "free_text", "fixed", "update_superior"),
        ("yes",),
    ),
    "level": LEVELS, "moment": MOMENTS, "missing": MISSING_CODES, "end": ENDS, "scm": ("frekuensi",),
}  # fmt: skip

_OURS: Final = {"survey": ITEM_COLUMNS, "choices": OPTION_COLUMNS}
_LAST_ROW: Final = {"survey": 1_001, "choices": 5_001, "settings": 2}
_GREEN, _BLUE, _GREY = (
    PatternFill("solid", fgColor=colour) for colour in ("C6E0B4", "BDD7EE", "EDEDED")
)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_WIDTHS: Final = (16, 26, 100)


Say = Callable[[str], str]  # the sentence of a key, in the language of the instructions


def documented(book: Workbook, say: Say) -> Workbook:
    """`book` holds the form's own sheets, headings in row 1; they get notes and lists, and instructions behind them."""
    columns = {sheet.title: _headings(sheet) for sheet in book.worksheets}
    guide = book.create_sheet(say("lembar"))
    types_at = _write_guide(guide, say, columns)
    for name, headings in columns.items():
        for place, heading in enumerate(headings, start=1):
            _explain(book[name], place, heading, say)
            if (rule := _rule(name, heading, get_column_letter(place), types_at, say)) is not None:
                rule.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{_LAST_ROW[name]}")
                book[name].add_data_validation(rule)
    return book


def column_key(sheet: str, heading: str) -> str:
    """The sentence about a column; a translation is explained as the column it translates."""
    return f"kolom_{sheet}_{heading.partition('::')[0]}"


def _headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in next(sheet.iter_rows(max_row=1))]


def _write_guide(guide: Worksheet, say: Say, columns: Mapping[str, Sequence[str]]) -> str:
    """The instructions; gives back where the types stand, for the list in the column type."""
    for letter, width in zip("ABC", _WIDTHS, strict=True):
        guide.column_dimensions[letter].width = width
    _write_introduction(guide, say)
    _add_heading(guide, [say("kepala_lembar"), say("kepala_kolom"), say("kepala_arti")])
    for row in _column_rows(say, columns):
        guide.append(row)
    guide.append([])
    _add_heading(guide, ["", say("kepala_jenis"), say("kepala_arti")])
    first = guide.max_row + 1
    for word in TYPES:
        guide.append(["", word, say(f"jenis_{word.lower()}")])
    for cells in guide.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = _WRAPPED
    guide.page_setup.orientation = "landscape"
    guide.page_setup.fitToHeight = 0  # printed, it is as wide as a page
    guide.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return f"'{guide.title}'!$B${first}:$B${guide.max_row}"


def _write_introduction(guide: Worksheet, say: Say) -> None:
    guide.append([say("judul")])
    guide["A1"].font = Font(bold=True, size=14)
    for key in ("pengantar", "warna", "periksa"):
        guide.append([say(key)])
        row = guide.max_row
        guide.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
        guide.row_dimensions[row].height = 48 if key == "pengantar" else 18
    guide.append([])


def _add_heading(guide: Worksheet, words: Sequence[str]) -> None:
    guide.append(list(words))
    for cell in guide[guide.max_row]:
        cell.font, cell.fill = Font(bold=True), _GREY


def _column_rows(say: Say, columns: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Each column once, whatever languages it is translated to."""
    for sheet, headings in columns.items():
        for column in dict.fromkeys(heading.partition("::")[0] for heading in headings):
            yield [sheet, column, say(column_key(sheet, column))]


def _explain(sheet: Worksheet, place: int, heading: str, say: Say) -> None:
    cell = sheet.cell(1, place)
    cell.fill = _BLUE if heading in _OURS.get(sheet.title, ()) else _GREEN
    note = Comment(say(column_key(sheet.title, heading)), "bungo-survey")
    note.width, note.height = 320, 110
    cell.comment = note


def _rule(sheet: str, heading: str, letter: str, types_at: str, say: Say) -> DataValidation | None:
    if heading == "type":  # a suggestion: behind select_one the name of a list is written
        return DataValidation("list", types_at, showErrorMessage=False, allow_blank=True)
    if heading in WORDS:
        return _refusing("list", f'"{",".join(WORDS[heading])}"', say("pilih_salah"))
    if heading == "score":
        return _refusing("custom", f"ISNUMBER({letter}2)", say("angka_salah"))
    if (sheet, heading) == ("survey", "name"):
        formula = f'AND(EXACT({letter}2,LOWER({letter}2)),ISERROR(FIND(" ",{letter}2)))'
        return _refusing("custom", formula, say("nama_salah"))
    return None


def _refusing(kind: Literal["list", "custom"], formula: str, error: str) -> DataValidation:
    return DataValidation(kind, formula, showErrorMessage=True, error=error, allow_blank=True)
