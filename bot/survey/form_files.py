"""Which files may be read as a form at all: kind, size, encoding. Looked at before any reader is loaded. Pure.

The name of a file says what it should be, its first bytes what it is; where they differ, the author is told which.
"""

from pathlib import Path
from typing import Final

from bot.errors import QuestionnaireError
from bot.survey import workbook_parts
from bot.survey.sheets import shifted_rows

SUFFIXES: Final = (".md", ".xlsx", ".xls", ".csv")
MOST_BYTES: Final = 5_000_000
MOST_LINES: Final = 6_000
LONGEST_LINE: Final = 20_000  # characters: a row with all its texts

_ZIP: Final = b"PK"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_AS_TEXT: Final = "Save it as UTF-8 text (in Excel: CSV UTF-8), or as .xlsx."
_AS_XLSX: Final = "Open it in a spreadsheet and save it as .xlsx."


def problems_of(path: Path) -> list[QuestionnaireError]:
    """Empty when the file may be read."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        return [_refused("This is not a form file.", f"Use one of {', '.join(SUFFIXES)}.")]
    if not path.is_file():
        return [_refused("There is no such file.", "Check the name.")]
    size = path.stat().st_size
    if not size:
        return [_empty()]
    if size > MOST_BYTES:
        remedy = "Take out pictures and sheets that are not part of the form."
        return [_refused(f"The file is larger than {MOST_BYTES // 1_000_000} MB.", remedy)]
    return _book_problems(path) if suffix in {".xlsx", ".xls"} else _text_problems(path)


def _refused(what: str, remedy: str) -> QuestionnaireError:
    return QuestionnaireError("file", None, what, remedy)


def _empty() -> QuestionnaireError:
    return _refused("The file is empty.", "Save it again and send it anew.")


def _book_problems(path: Path) -> list[QuestionnaireError]:
    expected = _ZIP if path.suffix.lower() == ".xlsx" else _OLD_EXCEL
    with path.open("rb") as file:
        begins = file.read(8)
        if begins.startswith(expected):
            file.seek(0)
            return workbook_parts.problems_of(file) if expected == _ZIP else []
    if begins.startswith(_OLD_EXCEL):
        remedy = "Save it as .xlsx without a password."
        return [_refused("This is an old Excel file, or one with a password.", remedy)]
    if begins.startswith(_ZIP):
        return [
            _refused("This is a newer workbook than its name says.", "Let its name end in .xlsx.")
        ]
    return [_refused(f"This is not a workbook, although its name ends in {path.suffix}.", _AS_XLSX)]


def _text_problems(path: Path) -> list[QuestionnaireError]:
    content = path.read_bytes()
    if content.startswith((_ZIP, _OLD_EXCEL)):
        return [
            _refused(
                "This is a workbook, although its name says text.", "Let its name end in .xlsx."
            )
        ]
    if content.startswith(_UTF_16):
        return [_refused("The file is UTF-16 text.", _AS_TEXT)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [_refused("The file is not UTF-8 text.", _AS_TEXT)]
    if not text.strip():
        return [_empty()]
    return _line_problems(text) or (
        list(shifted_rows(text)) if path.suffix.lower() == ".md" else _csv_problems(text)
    )


def _line_problems(text: str) -> list[QuestionnaireError]:
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        remedy = "Delete the rows that are not needed, or split the form."
        return [_refused(f"There are more than {MOST_LINES} rows.", remedy)]
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            return [
                QuestionnaireError("file", number, "The row is too long.", "Shorten its texts.")
            ]
        if "\0" in line:
            return [QuestionnaireError("file", number, "The row holds a NUL character.", _AS_TEXT)]
    return []


def _csv_problems(text: str) -> list[QuestionnaireError]:
    first = next((line for line in text.splitlines() if line.strip(',; "\t')), "")
    if first.count(";") > first.count(",") or "\t" in first:
        remedy = "Save it as .xlsx, or as CSV with commas."
        return [QuestionnaireError("file", 1, "The columns are not separated by commas.", remedy)]
    return []
