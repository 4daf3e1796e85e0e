"""What a form reader would pass over in silence, looked for in the rows as they were written. Pure; reports, never raises.

Rows too many, options without a list, characters that no screen shows, groups nested beyond reason.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.errors import QuestionnaireError
from bot.survey.sheets import Row
from bot.survey.workbook_parts import LONGEST_CELL, MOST_ROWS, too_many_rows

DEEPEST_GROUP: Final = 10

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_LISTED: Final = ("list_name", "list name")
_NAMED: Final = ("name", "value")
_BEGINS: Final = re.compile(r"begin[ _](?:group|repeat)\b")
_ENDS: Final = re.compile(r"end[ _](?:group|repeat)\b")


def problems_of(
    survey: Sequence[Row], choices: Sequence[Row], settings: Sequence[Row]
) -> list[QuestionnaireError]:
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    for sheet, rows in sheets.items():
        if len(rows) > MOST_ROWS[sheet]:
            return [too_many_rows(sheet)]
    return [
        *(problem for sheet, rows in sheets.items() for problem in _odd_texts(sheet, rows)),
        *_without_list(choices),
        *_too_deep(survey),
    ]


def _odd_texts(sheet: str, rows: Sequence[Row]) -> Iterator[QuestionnaireError]:
    for number, row in enumerate(rows, start=2):
        for heading, cell in row.items():
            text = str(cell)
            if _CONTROL.search(text):
                what = f"The column {heading} holds a control character."
                yield QuestionnaireError(sheet, number, what, "Type the text anew.")
            elif len(text) > LONGEST_CELL:
                what = f"The column {heading} is longer than {LONGEST_CELL} characters."
                yield QuestionnaireError(sheet, number, what, "Shorten it.")


def _without_list(choices: Sequence[Row]) -> Iterator[QuestionnaireError]:
    for number, row in enumerate(choices, start=2):
        if _holds(row, _NAMED) and not _holds(row, _LISTED):
            what = "The option belongs to no list."
            yield QuestionnaireError("choices", number, what, "Fill the column list_name.")


def _holds(row: Row, headings: tuple[str, ...]) -> bool:
    return any(key.strip().lower() in headings and str(cell).strip() for key, cell in row.items())


def _too_deep(survey: Sequence[Row]) -> Iterator[QuestionnaireError]:
    depth = 0
    for number, row in enumerate(survey, start=2):
        kind = next((str(cell) for key, cell in row.items() if key.strip().lower() == "type"), "")
        depth += bool(_BEGINS.match(kind)) - bool(_ENDS.match(kind))
        if depth > DEEPEST_GROUP:
            what = f"More than {DEEPEST_GROUP} groups are nested in each other."
            yield QuestionnaireError("survey", number, what, "Leave out the groups between.")
            return
