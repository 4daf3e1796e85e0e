"""The options of a form: the lists of its sheet choices and of the files beside it, and which a question offers. Pure."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.survey import form_columns as columns
from bot.survey.form_columns import UnknownWord
from bot.survey.form_kinds import NOT_IN_CHAT
from bot.survey.form_reading import Node, Reading
from bot.survey.option_files import named_by
from bot.survey.questionnaire import Labels, Option

Lists = Mapping[str, tuple[Option, ...]]
T = TypeVar("T")

_OTHER: Labels = {"id": "Lainnya (tulis)", "en": "Other (please write)"}
_OWN = frozenset({
    "name", "label", "media", "score", "missing", "exclusive", "free_text", "fixed", "end",
})  # fmt: skip


def lists_of(reading: Reading) -> Lists:
    """The lists of the form; items of different names may share one."""
    return {
        str(listed): tuple(_option(reading, str(listed), option) for option in options)
        for listed, options in {**reading.tree.get("choices", {}), **reading.files}.items()
    }


def options_of(reading: Reading, lists: Lists, node: Node) -> tuple[Option, ...]:
    file, row = named_by(node), reading.sheets.item(str(node["name"]))
    if file is not None:
        return lists.get(file.listed, ())
    listed = str(node.get("itemset", ""))
    if listed not in lists:
        what = f"The options {listed} are answers of the form itself."
        reading.report.survey(row, what, "Write the options on the sheet choices.")
    options = lists.get(listed, ())
    if row in reading.sheets.with_other:
        return options
    return tuple(option for option in options if not _added_by_or_other(reading, listed, option))


def _added_by_or_other(reading: Reading, listed: str, option: Option) -> bool:
    """It stands in no row, and pyxform adds it to the list for every question that shares the list."""
    return option.code == "other" and reading.sheets.option(listed, option.code) is None


def _option(reading: Reading, listed: str, node: Node) -> Option:
    code = str(node["name"])
    row = reading.sheets.option(listed, code)

    def cell(column: str, read: Callable[[object], T], otherwise: T) -> T:
        try:
            return read(node.get(column))
        except UnknownWord as wrong:
            reading.report.option(
                listed, row, f"The column {column} holds an unknown word.", str(wrong)
            )
            return otherwise

    if row is None and code == "other" and listed not in reading.files:
        return _other_option(columns.labels(node.get("label"), reading.language))
    cell("update_superior", columns.yes, False)
    if "media" in node:
        reading.report.option(listed, row, "A chat button shows no media.", NOT_IN_CHAT["media"])
    return Option(
        code=code,
        labels=columns.labels(node.get("label"), reading.language),
        score=cell("score", columns.number, None),
        missing=cell("missing", columns.missing, ""),
        exclusive=cell("exclusive", columns.yes, False),
        free_text=cell("free_text", columns.yes, False),
        fixed=cell("fixed", columns.yes, False),
        end=cell("end", columns.end, ""),
        extra={key: str(text) for key, text in node.items() if key not in _OWN},
    )


def _other_option(labels: Labels) -> Option:
    """Of or_other: pyxform writes "Other" in every language."""
    worded = {language: _OTHER.get(language, text) for language, text in labels.items()}
    return Option("other", worded, free_text=True, fixed=True)
