"""`python -m bot template FORM --out FILE.xlsx`: a questionnaire as a workbook, to be changed in a spreadsheet.

Writes the sheets as they stand in FORM and nothing else; compiled, the workbook is the same questionnaire.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import StudyError
from bot.survey.sheets import Row
from bot.survey.xlsform import compile_form, rows_of

_NARROW, _WIDE = 16, 60  # characters


def main(arguments: Sequence[str]) -> int:
    wanted = _parser().parse_args(arguments)
    try:
        compile_form(wanted.form)
        workbook(rows_of(wanted.form)).save(wanted.out)
    except (StudyError, OSError) as problem:
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
    parser.add_argument("form", type=Path, metavar="FORM", help="an XLSForm: .md, .xlsx or .csv")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    return parser


def _fill(sheet: Worksheet, rows: Sequence[Row]) -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    for column, heading in enumerate(headings, start=1):
        sheet.cell(1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = (
            _WIDE if heading.startswith(("label", "hint")) else _NARROW
        )
        for number, row in enumerate(rows, start=2):
            _write(sheet, number, column, row.get(heading))
    sheet.freeze_panes = "C2" if sheet.title != "settings" else None


def _write(sheet: Worksheet, row: int, column: int, value: object) -> None:
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    cell.value = str(value)
    cell.data_type = "s"  # also what begins with =: text, never a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
