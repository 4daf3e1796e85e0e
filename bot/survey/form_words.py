"""Words of XLSForm that pyxform answers in a way of its own, or stumbles over: told before it reads them, with a remedy. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.errors import QuestionnaireError
from bot.survey.form_kinds import refusal
from bot.survey.sheets import Row

_TYPES: Final = ("select_one_external", "select one external", "background-geopoint")
_UNKNOWN: Final = re.compile(r"Could not find the name '([^']+)'")
_HALF_WRITTEN: Final = "Delete the column, or write the whole heading, such as {word}::name."
_SURVEY: Final[Mapping[str, tuple[str, str]]] = {
    "save_to": (
        "A chat keeps no entities, so the column save_to has no use.",
        "Leave it empty: every answer is in the export.",
    ),
    "body": ("The heading body says only half of a name.", _HALF_WRITTEN.format(word="body")),
}
_SETTINGS: Final[Mapping[str, tuple[str, str]]] = {
    "attribute": (
        "The heading attribute says only half of a name.",
        _HALF_WRITTEN.format(word="attribute"),
    ),
}


def first_refused(survey: Sequence[Row], settings: Sequence[Row]) -> QuestionnaireError | None:
    """The first, since behind it the form is read on without that row."""
    for number, row in enumerate(survey, start=2):
        kind = next((str(cell) for key, cell in row.items() if key.strip().lower() == "type"), "")
        if kind.strip().startswith(_TYPES):
            return QuestionnaireError(
                "survey", number, *refusal(kind.split(" ")[0] if "_" in kind else kind)
            )
        if told := _told(row, _SURVEY):
            return QuestionnaireError("survey", number, *told)
    for number, row in enumerate(settings, start=2):
        if told := _told(row, _SETTINGS):
            return QuestionnaireError("settings", number, *told)
    return None


def remedy_of(said: str) -> str:
    """To what pyxform says without one."""
    unknown = _UNKNOWN.search(said)
    if unknown is None:
        return ""
    name = unknown[1]
    if name.endswith("_other"):
        answer = name.removesuffix("_other")
        return f"What was written at or_other is kept with the answer: write ${{{answer}}}."
    return "Write it as it stands in the column name."


def _told(row: Row, words: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    headings = {key.strip().lower() for key, cell in row.items() if str(cell or "").strip()}
    return next((told for word, told in words.items() if word in headings), None)
