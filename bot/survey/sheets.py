"""Where things stand in the sheets of a form: which row names which item or option. Pure.

pyxform keeps no row numbers in what it reads, so this looks beside it. Rows are counted as in a
spreadsheet: the headings are row 1. In a Markdown form that is the row of the table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.errors import QuestionnaireError

Row = Mapping[str, object]

_NAME_HEADINGS = ("name", "value", "tag")
_TYPE_HEADINGS = ("type", "command")
_LIST_HEADINGS = ("list_name", "list name")
_OTHER = re.compile(r"\bor[_ ](?:specify[_ ])?other\s*$")
_COUNT = re.compile(r"_(?:count|asked)$")
_INSTANCE = re.compile(r"\[\d+\]")
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"[|\-:\s]+")


@dataclass(frozen=True, slots=True)
class Sheets:
    headings: tuple[str, ...] = ()  # of the survey sheet
    items: Mapping[str, int] = field(default_factory=dict)  # item name -> row
    options: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (list, code) -> row
    repeated: tuple[tuple[str, int], ...] = ()  # names that stood in an earlier row already
    with_other: tuple[int, ...] = ()  # rows of selects with or_other

    def item(self, name: str) -> int | None:
        """Its row; of the count that is kept for a repeat, the row of the repeat."""
        written = as_written(name)
        return self.items.get(written) or self.items.get(_COUNT.sub("", written))

    def option(self, listed: str, code: str) -> int | None:
        return self.options.get((listed, code))


def as_written(name: str) -> str:
    """The name that the author gave: the second time a repeat is asked, its item x is x[2]."""
    return _INSTANCE.sub("", name)


def sheet_of(listed: str) -> str:
    """Where an author finds a list: on the sheet choices, or in that file."""
    first = listed.partition(" ")[0]
    return first if first.lower().endswith(".csv") else "choices"


def sheets_of(survey: Sequence[Row], choices: Sequence[Row], headings: Sequence[str]) -> Sheets:
    items: dict[str, int] = {}
    repeated: list[tuple[str, int]] = []
    for number, row in enumerate(survey, start=2):
        name = _cell(row, _NAME_HEADINGS)
        if not name:
            continue
        if name in items:
            repeated.append((name, number))
        items.setdefault(name, number)
    options = {
        (_cell(row, _LIST_HEADINGS), _cell(row, _NAME_HEADINGS)): number
        for number, row in enumerate(choices, start=2)
    }
    with_other = tuple(
        number
        for number, row in enumerate(survey, start=2)
        if _OTHER.search(_cell(row, _TYPE_HEADINGS))
    )
    return Sheets(tuple(headings), items, options, tuple(repeated), with_other)


def shifted_rows(markdown: str) -> Iterator[QuestionnaireError]:
    """Rows with more cells than headings: somebody typed a pipe as text, and the rest moved."""
    sheet, columns, number = "", 0, 0
    for line in markdown.splitlines():
        if not line.strip().startswith("|") or _SEPARATOR.fullmatch(line.strip()):
            continue
        cells = _PIPE.split(line.strip().removeprefix("|").removesuffix("|"))
        if cells[0].strip():
            sheet, columns, number = cells[0].strip(), len(cells), 1
            continue
        number += any(cell.strip() for cell in cells)
        if len(cells) > columns:
            yield QuestionnaireError(
                sheet,
                number,
                f"The row has {len(cells) - 1} cells under {columns - 1} headings.",
                r"Write a pipe inside a text as \|.",
            )


def _cell(row: Row, headings: tuple[str, ...]) -> str:
    return next((str(text).strip() for key, text in row.items() if key.lower() in headings), "")
