"""What would go wrong when people answer, found when the form is loaded. Pure.

Reports, never raises: labels missing in a language, expressions that cannot be evaluated,
references to nothing or to a question that comes later, settings that do not fit.
"""

import difflib
import re
from collections.abc import Iterator, Mapping

from bot.survey import expressions
from bot.survey.defaults import is_answer
from bot.survey.domains import LONGEST_TEXT
from bot.survey.expressions import ExpressionError
from bot.survey.form_columns import ITEM_COLUMNS
from bot.survey.form_problems import Report
from bot.survey.questionnaire import SILENT, Item, Kind, Labels, Option
from bot.survey.sheets import Sheets, as_written, sheet_of

PIPED = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\[\d+\])?")  # x[2]: the question x of a repeat
_SELECTS = frozenset({"select_one", "select_multiple", "rank"})
_DEFAULTS: Mapping[Kind, str] = {
    "integer": "Write a whole number, such as 5.",
    "decimal": "Write a number with a point, such as 2.5.",
    "range": "Write a number between start and end.",
    "date": "Write a day as 2026-11-25, or today().",
    "time": "Write an hour as 14:30.",
    "datetime": "Write a moment as 2026-11-25T14:30, or now().",
    "text": f"Write at most {LONGEST_TEXT} characters.",
}
_NEAR = 0.8  # how alike a heading must be to one of ours to be a slip of the pen


def check_items(
    items: tuple[Item, ...], languages: tuple[str, ...], sheets: Sheets, report: Report
) -> None:
    _check_headings(sheets, report)
    _check_names(items, sheets, report)
    places = {item.name: place for place, item in enumerate(items)}
    told: set[tuple[str, str]] = set()  # a question of a repeat is written once
    for item in items:
        for what, remedy in (
            *_label_problems(item, languages),
            *_own_problems(item),
            *_expression_problems(item, places),
        ):
            problem = as_written(f"{item.name}: {what}"), as_written(remedy)
            if problem not in told:
                told.add(problem)
                report.survey(sheets.item(item.name), *problem)


def check_options(
    lists: Mapping[str, tuple[Option, ...]],
    languages: tuple[str, ...],
    sheets: Sheets,
    report: Report,
) -> None:
    for listed, options in lists.items():
        for option in options:
            row = sheets.option(listed, option.code)
            for language in _untranslated(listed, option, languages):
                report.option(
                    listed,
                    row,
                    f"{listed}, {option.code}: the label in {language} is missing.",
                    "Write it in the label column of that language.",
                )
            if " " in option.code:
                what = f'{listed}: the name "{option.code}" holds a space.'
                report.option(listed, row, what, "Write it with _.")


def _untranslated(listed: str, option: Option, languages: tuple[str, ...]) -> list[str]:
    """Names of places in a file may have one label for all languages."""
    if sheet_of(listed) != "choices" and len(option.labels) == 1 and any(option.labels.values()):
        return []
    return _lacking(option.labels, languages)


def _check_headings(sheets: Sheets, report: Report) -> None:
    for heading in sheets.headings:
        word = heading.strip().lower()
        near = difflib.get_close_matches(word, ITEM_COLUMNS, 1, _NEAR)
        if near and word not in ITEM_COLUMNS:
            report.survey(1, f"There is no column {heading}.", f"Did you mean {near[0]}?")


def _check_names(items: tuple[Item, ...], sheets: Sheets, report: Report) -> None:
    for name, row in sheets.repeated:
        report.survey(row, f'The name "{name}" stands twice.', "Give each question its own name.")
    for item in items:
        if not _NAME.fullmatch(item.name):
            report.survey(
                sheets.item(item.name),
                f'The name "{item.name}" does not fit.',
                "Use small letters, digits and _, beginning with a letter.",
            )


Problem = tuple[str, str]


def _label_problems(item: Item, languages: tuple[str, ...]) -> Iterator[Problem]:
    remedy = "Write it in the column of that language."
    if item.kind not in SILENT:
        for language in _lacking(item.labels, languages):
            yield f"the label in {language} is missing.", remedy
    for what, texts in (
        ("hint", item.hints),
        ("constraint_message", item.constraint_messages),
        ("required_message", item.required_messages),
    ):
        if texts:
            for language in _lacking(texts, languages):
                yield f"the {what} in {language} is missing.", remedy


def _lacking(labels: Labels, languages: tuple[str, ...]) -> list[str]:
    return [language for language in languages if not labels.get(language, "").strip()]


def _own_problems(item: Item) -> Iterator[Problem]:
    """Values that are each allowed but do not fit the kind of item."""
    if item.asked and item.default and not is_answer(item, item.default):
        written = item.default.rpartition("/")[2]  # pyxform writes jr://images/ before a file
        yield f'the default "{written}" is no answer to it.', _default_remedy(item)
    if item.voice and item.kind != "text":
        yield "only a text can be answered by voice.", "Leave the column voice empty."
    if item.kind == "calculate" and not item.calculation:
        yield "there is nothing to calculate.", "Fill the column calculation."
    if item.choice_filter and item.kind not in _SELECTS:
        yield "only a select has options to filter.", "Leave choice_filter empty."
    if item.kind == "range" and (item.step <= 0 or item.start >= item.stop):
        yield "the range is empty.", "Let start be below end, and step above 0."
    exclusive = [option.code for option in item.options if option.exclusive]
    if item.kind == "select_multiple" and exclusive and len(exclusive) == len(item.options):
        yield "every option is exclusive.", "Use select_one."


def _default_remedy(item: Item) -> str:
    if item.options:
        return f"Write one of: {', '.join(option.code for option in item.options)}."
    return _DEFAULTS.get(item.kind, "Leave the column default empty.")


def _expression_problems(item: Item, places: Mapping[str, int]) -> Iterator[Problem]:
    columns = frozenset({"name"}).union(*(option.extra for option in item.options))
    for column, source in (
        ("relevant", item.relevant),
        ("constraint", item.constraint),
        ("calculation", item.calculation),
        ("default", item.computed_default),
        ("choice_filter", item.choice_filter),
    ):
        if not source:
            continue
        try:
            if column == "choice_filter":
                expressions.check_filter(source, columns)
            else:
                expressions.check(source)
        except ExpressionError as wrong:
            yield f"{column} cannot be used.", str(wrong)
            continue
        known = places[item.name] + (column == "constraint")
        yield from _reference_problems(column, expressions.references(source), places, known)
    for texts in (item.labels, item.hints, item.constraint_messages, item.required_messages):
        named = frozenset(name for text in texts.values() for name in PIPED.findall(text))
        yield from _reference_problems("the text", named, places, places[item.name])


def _reference_problems(
    column: str, names: frozenset[str], places: Mapping[str, int], known: int
) -> Iterator[Problem]:
    """References to nothing, and to what is not answered yet: only the first `known` items are."""
    for name in sorted(names):
        if f"{name}[1]" in places:
            yield (
                f"{column} refers to ${{{name}}}, which a repeat asks several times.",
                f"Join the answers in a calculate, such as join(', ', ${{{name}}}), and name that.",
            )
        elif name not in places:
            near = difflib.get_close_matches(name, places, 1)
            remedy = f"Did you mean ${{{near[0]}}}?" if near else "Name an item of this form."
            yield f"{column} refers to ${{{name}}}, which does not exist.", remedy
        elif places[name] >= known:
            yield (
                f"{column} refers to ${{{name}}}, which is not answered yet.",
                "Move this row below that question.",
            )
