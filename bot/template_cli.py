"""A workbook to write a questionnaire in: from an example that explains itself, or from a questionnaire there is.

python -m bot template --out FILE.xlsx          an example of each thing, with a sheet of instructions (--lang en)
python -m bot template FORM --out FILE.xlsx     the sheets as they stand in FORM and nothing else; compiled, the
                                                workbook is the same questionnaire
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.chat.texts import load_texts
from bot.errors import StudyError
from bot.survey.sheets import Row
from bot.survey.xlsform import compile_form, rows_of
from bot.template_book import documented
from config.settings import HERE, SettingsProblem, load_store_settings

EXAMPLE = HERE / "template.md"
_NARROW, _WIDE = 22, 60  # characters
_LINE = 15  # points
_WORDY = ("label", "hint", "constraint_message", "probes")


def main(arguments: Sequence[str]) -> int:
    wanted = _parser().parse_args(arguments)
    try:
        compile_form(wanted.form or EXAMPLE)
        book = workbook(rows_of(wanted.form or EXAMPLE))
        if wanted.form is None:
            texts = load_texts(load_store_settings().texts_dir, ("template",))
            book = documented(book, lambda key: texts.plain(key, wanted.lang))
        book.save(wanted.out)
    except (StudyError, SettingsProblem, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    sys.stdout.write(f"{wanted.out}\n")
    return 0


def workbook(sheets: Mapping[str, Sequence[Row]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        _fill(book.create_sheet(title), rows)
    return book


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot template")
    parser.add_argument(
        "form", type=Path, nargs="?", metavar="FORM", help="an XLSForm: .md, .xlsx or .csv"
    )
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="of the instructions")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    return parser


def _fill(sheet: Worksheet, rows: Sequence[Row]) -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    for column, heading in enumerate(headings, start=1):
        sheet.cell(1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _width(heading)
        for number, row in enumerate(rows, start=2):
            _write(sheet, number, column, row.get(heading))
    for number, row in enumerate(rows, start=2):
        lines = (-(-len(str(cell)) // _width(heading)) for heading, cell in row.items())
        sheet.row_dimensions[number].height = _LINE * max((1, *lines))
    sheet.freeze_panes = "C2" if sheet.title != "settings" else None


def _width(heading: str) -> int:
    return _WIDE if heading.startswith(_WORDY) else _NARROW


def _write(sheet: Worksheet, row: int, column: int, value: object) -> None:
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    cell.value = str(value)
    cell.data_type = "s"  # also what begins with =: text, never a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
