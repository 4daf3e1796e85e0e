"""Draws pages with xlsxwriter: tables with filters, formats, frozen panes, print set-up. Decides nothing of the contents.

No text ever becomes a formula or a link: every one is written as a string, one that looks like a formula also carries
the mark that keeps it text when somebody edits the cell. The same pages give the same bytes.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evaluation.workbook.charts import CHART_ROWS, Table, add_charts
from evaluation.workbook.page import Column, Form, Number, Page, Value

FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
)  # what a spreadsheet takes for the beginning of a formula
LONGEST = 32_000  # characters a cell holds, with room to spare
_LINE_POINTS, _AIR_POINTS = 15.0, 3.0
_MOST_LINES = 20
_INK, _HEAD, _GREY = "#12355B", "#DCE6F1", "#595959"
_NUMBER_FORMATS: Mapping[Form, str] = {
    "text": "General", "id": "@", "count": "#,##0", "percent": "0.0%", "index": "0.00",
    "score": "0.00", "date": "dd/mm/yyyy",
}  # fmt: skip
_TEXT: Mapping[Form, Mapping[str, object]] = {
    "text": {"align": "left", "text_wrap": True, "indent": 1}, "id": {"align": "left", "indent": 1}
}  # fmt: skip
_MOST_ON_ONE_PAGE = 14  # lines of a table that is printed on one page with its charts
_Formats = Mapping[str, Format]


def workbook(pages: Sequence[Page], title: str, author: str, foot: str, made_on: date) -> bytes:
    """The whole file. `foot` is printed under every page, with {&P} and {&N} already in it."""
    stream = BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(stream, options) as book:
        created = datetime.combine(made_on, datetime.min.time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": title, "author": author, "created": created})
        formats = _formats(book)
        sheets = {page.name: book.add_worksheet(page.name) for page in pages}
        tables = {
            page.name: Table(sheets[page.name], _header_row(page) + 1, len(page.columns) + 1)
            for page in pages
        }
        for page in pages:
            _draw(sheets[page.name], page, formats)
            _set_up_print(sheets[page.name], page, foot)
            where = (_end(page), _pixels(page.columns))
            add_charts(book, sheets[page.name], page.charts, tables, where)
    return stream.getvalue()


def _header_row(page: Page) -> int:
    return len(page.notes) + 2


def _end(page: Page) -> int:
    """The first free row under the table."""
    return _header_row(page) + max(len(page.lines), 1) + 2


def _pixels(columns: Sequence[Column]) -> int:
    return sum(int(column.width * 7 + 0.5) + 5 for column in columns)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    cell = {"valign": "vcenter", "font_name": "Calibri", "font_size": 10}
    found: dict[str, Format] = {
        form: book.add_format({**cell, "num_format": number_format, **_TEXT.get(form, {})})
        for form, number_format in _NUMBER_FORMATS.items()
    }
    found["formula"] = book.add_format({**cell, **_TEXT["text"], "quote_prefix": True})
    found["header"] = book.add_format({
        **cell, **_TEXT["text"], "bold": True, "bg_color": _HEAD, "font_color": _INK, "bottom": 1,
    })  # fmt: skip
    found["title"] = book.add_format({"bold": True, "font_size": 14, "font_color": _INK})
    found["note"] = book.add_format({"font_size": 10, "font_color": _GREY})
    return found


def _draw(sheet: Worksheet, page: Page, formats: _Formats) -> None:
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, page.title, formats["title"])
    for row, note in enumerate(page.notes, start=1):
        sheet.write_string(row, 0, note, formats["note"])
    for place, column in enumerate(page.columns):
        sheet.set_column(place, place, column.width)
    header = _header_row(page)
    if not page.lines:
        sheet.write_string(header, 0, page.empty, formats["note"])
        return
    _add_table(sheet, page, header, formats)
    for row, line in enumerate(page.lines, start=header + 1):
        sheet.set_row(row, _height(line, page.columns))
        for place, (value, column) in enumerate(zip(line, page.columns, strict=True)):
            _write(sheet, (row, place), value, column.form, formats)
    sheet.freeze_panes(header + 1, page.frozen)


def _add_table(sheet: Worksheet, page: Page, header: int, formats: _Formats) -> None:
    last = header + len(page.lines)
    sheet.set_row(header, _LINE_POINTS * max(_header_lines(page.columns)))
    sheet.add_table(header, 0, last, len(page.columns) - 1, {
        "name": page.table, "style": "Table Style Light 1",
        "columns": [
            {"header": column.header, "header_format": formats["header"]} for column in page.columns
        ],
    })  # fmt: skip
    for place, column in enumerate(page.columns):
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices)}
            sheet.data_validation(header + 1, place, last, place, rule)


def _write(
    sheet: Worksheet, place: tuple[int, int], value: Value, form: Form, formats: _Formats
) -> None:
    row, column = place
    match value:
        case None | "":
            sheet.write_blank(row, column, None, formats[form])
        case str():
            dangerous = value.startswith(FORMULA) and form != "id"
            sheet.write_string(row, column, _cut(value), formats["formula" if dangerous else form])
        case date():
            day = datetime.combine(value, datetime.min.time())
            sheet.write_datetime(row, column, day, formats["date"])
        case Number(number, own):
            sheet.write_number(row, column, number, formats[own])
        case _:
            sheet.write_number(row, column, value, formats[form])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _height(line: Sequence[Value], columns: Sequence[Column]) -> float:
    """Office programs keep a row that a library wrote at one line, so wrapped text needs its height."""
    lines = [
        _lines(value, column.width)
        for value, column in zip(line, columns, strict=True)
        if isinstance(value, str) and column.form == "text"
    ]
    return _LINE_POINTS * min(max(lines, default=1), _MOST_LINES) + _AIR_POINTS


def _header_lines(columns: Sequence[Column]) -> Iterator[int]:
    for column in columns:
        yield max(_lines(column.header, column.width), 2)


def _lines(text: str, width: int) -> int:
    return sum(len(textwrap.wrap(part, max(width - 2, 4))) or 1 for part in text.split("\n"))


def _set_up_print(sheet: Worksheet, page: Page, foot: str) -> None:
    sheet.set_paper(9)  # A4
    if not page.portrait:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1 if page.charts and len(page.lines) <= _MOST_ON_ONE_PAGE else 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.set_footer(foot)
    if page.lines:
        sheet.repeat_rows(_header_row(page))
    if page.charts and len(page.lines) > _MOST_ON_ONE_PAGE:
        sheet.set_h_pagebreaks([_end(page) - 1])
    rows_of_charts = -(-len(page.charts) // 2)
    end = _end(page) - 2 + (CHART_ROWS + 1) * rows_of_charts
    sheet.print_area(0, 0, end, len(page.columns) - 1)
