"""From a form file (.md, .xlsx, .xls, .csv) to a Questionnaire, or to everything that is wrong with it.

The only place that knows pyxform, and it loads it only when a form is compiled (30 MB). pyxform
reads the sheets and proves that the form is XLSForm for everybody; form_items.py turns its tree
into items; form_checks.py looks for what would go wrong in a chat.
"""

import codecs
import csv
import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from bot.errors import QuestionnaireError
from bot.survey import anonymity, form_cells, form_columns, form_files, form_words, option_files
from bot.survey.form_checks import check_items, check_options
from bot.survey.form_columns import language_code
from bot.survey.form_items import items_of
from bot.survey.form_options import lists_of
from bot.survey.form_problems import QuestionnaireProblems, Report
from bot.survey.form_reading import Node, Reading
from bot.survey.questionnaire import Item, Labels, Questionnaire
from bot.survey.questionnaire_json import to_json
from bot.survey.sheets import Row, Sheets, sheets_of

_LOCATED = re.compile(r"\[row : (\d+)\]\s*(?:On the '(\w+)' sheet, )?(.*)", re.DOTALL)
_FORM_ID = re.compile(r"[a-z][a-z0-9_]*")
_PIPED = re.compile(r"\$\{[^}]*\}?")
_FALLBACK_LANGUAGE = "id"
_MOST_REFUSED = 50  # rows; behind so many another look helps nobody


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was read: what it asks, where each row stands, what its settings sheet says."""

    questionnaire: Questionnaire
    sheets: Sheets
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything that is wrong, pyxform's findings first, and the form as far as it can be read."""

    problems: tuple[QuestionnaireError, ...]
    form: Form | None


def compile_form(path: Path) -> Questionnaire:
    """Raises QuestionnaireProblems with every problem found."""
    _refuse_unreadable(path)
    inspected = _inspected(path, _read(path))
    if inspected.problems or inspected.form is None:
        raise QuestionnaireProblems(path.name, inspected.problems)
    _refuse_tied(path, inspected.form)
    return inspected.form.questionnaire


def inspect_form(path: Path) -> Inspection:
    """Like compile_form, but goes on behind a row that pyxform refuses; never raises for a bad form."""
    refused: dict[int, QuestionnaireError] = {}
    while True:
        try:
            _refuse_unreadable(path)
            inspected = _inspected(path, _read(path, frozenset(refused)))
        except QuestionnaireProblems as found:
            row = _refused_row(found.problems)
            if row in refused:  # going on without it does not help
                return Inspection(tuple(_by_row(refused)), None)
            if row is None or len(refused) == _MOST_REFUSED:
                return Inspection((*_by_row(refused), *found.problems), None)
            refused[row] = found.problems[0]
        else:
            return Inspection((*_by_row(refused), *inspected.problems), inspected.form)


def rows_of(path: Path) -> Mapping[str, Sequence[Row]]:
    """The sheets as they were written, to be saved in another format."""
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415 -- 30 MB, see above

    _refuse_unreadable(path)
    try:
        book = get_xlsform(path.read_bytes(), file_type=path.suffix.lower())
    except _pyxform_errors() as error:
        _refuse(path, _translated(error))
    return {
        "survey": _filled(book.survey, book.survey_header),
        "choices": _filled(book.choices, book.choices_header),
        "settings": _filled(book.settings, book.settings_header),
    }


def _filled(rows: Sequence[Row] | None, header: Sequence[Row] | None) -> Sequence[Row]:
    """Each row with every heading, in the order of the sheet; pyxform leaves out empty cells."""
    headings = (header or ({},))[0]
    return [{heading: row.get(heading, "") for heading in headings} for row in rows or ()]


def _by_row(refused: Mapping[int, QuestionnaireError]) -> list[QuestionnaireError]:
    return [refused[row] for row in sorted(refused)]


def _refused_row(problems: tuple[QuestionnaireError, ...]) -> int | None:
    """The row of the survey sheet at which pyxform stopped."""
    first = problems[0]
    return first.row if len(problems) == 1 and first.sheet == "survey" else None


def _inspected(path: Path, read: tuple[Node, Sheets]) -> Inspection:
    tree, sheets = read
    report = Report()
    language = language_code(str(tree.get("default_language") or "default"), _FALLBACK_LANGUAGE)
    files = option_files.named_in(tree, path.parent)
    report.problems.extend(files.problems)
    sheets = replace(sheets, options={**sheets.options, **files.rows})
    reading = Reading(tree, sheets, report, language, files.lists)
    lists = lists_of(reading)
    items = items_of(reading, lists)
    languages = _languages(items, language, report)
    check_items(items, languages, sheets, report)
    check_options(lists, languages, sheets, report)
    name = _form_name(tree, report)
    if not report.problems and not any(item.asked for item in items):
        report.survey(None, "There is no question in it.", "Write at least one.")
    if not report.problems:
        _prove_valid(path, tree)
    if len({item.name for item in items}) < len(items):
        return Inspection(report.in_order(), None)
    questionnaire = Questionnaire(name, "", _titles(tree, languages), languages, items)
    questionnaire = replace(questionnaire, version=_version(tree, questionnaire))
    questionnaire = replace(questionnaire, anonymous=_is_anonymous(tree))
    settings = {key: text for key, text in tree.items() if isinstance(text, str)}
    return Inspection(report.in_order(), Form(questionnaire, sheets, settings))


def _is_anonymous(tree: Node) -> bool:
    """An unknown word counts as yes: rather a form too many refused than a promise broken."""
    try:
        return form_columns.yes(tree.get("anonymous"))
    except form_columns.UnknownWord:
        return True


def _refuse_tied(path: Path, form: Form) -> None:
    """`bot check` says more of it, and in Indonesian."""
    if not form.questionnaire.anonymous:
        return
    found = [*anonymity.ties(form.questionnaire), *anonymity.quotes(form.questionnaire)]
    what = (
        "An anonymous form cannot use or quote {word!r}: it ties the answers of {name} to a person."
    )
    remedy = "Take it out, or delete `anonymous` on the sheet settings."
    problems = tuple(
        QuestionnaireError(
            "survey", form.sheets.item(name), what.format(word=word, name=name), remedy
        )
        for name, word in found
    )
    if problems:
        raise QuestionnaireProblems(path.name, problems)


def _refuse_unreadable(path: Path) -> None:
    if problems := form_files.problems_of(path):
        raise QuestionnaireProblems(path.name, tuple(problems))


def _read(path: Path, without: frozenset[int] = frozenset()) -> tuple[Node, Sheets]:
    """The sheets as pyxform understands them; of the rows `without` only the name is read."""
    from pyxform.xls2json import workbook_to_json  # noqa: PLC0415 -- 30 MB, see above
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415 -- the same

    try:
        content = path.read_bytes().removeprefix(
            codecs.BOM_UTF8
        )  # Excel begins "CSV UTF-8" with it
        book = get_xlsform(content, file_type=path.suffix.lower())
        for row in without:
            book.survey[row - 2] = _name_only(book.survey[row - 2])
        _refuse_rows(path, book.survey or (), book.choices or (), book.settings or ())
        headings = [str(heading) for heading in (book.survey_header or [{}])[0]]
        sheets = sheets_of(book.survey or (), book.choices or (), headings)
        tree: Node = workbook_to_json(workbook_dict=book, fallback_form_name=path.stem, warnings=[])
    except _pyxform_errors() as error:
        _refuse(path, _translated(error))
    return tree, sheets


def _name_only(row: Row) -> Row:
    """What the other rows and the list of languages rest on, of a row that pyxform refuses."""
    name = next((str(cell) for key, cell in row.items() if key.strip().lower() == "name"), "")
    labels = {
        key: _PIPED.sub("", str(cell)) for key, cell in row.items() if key.startswith("label")
    }
    return {"type": "hidden", "name": name, **labels} if _FORM_ID.fullmatch(name) else {}


def _refuse_rows(
    path: Path, survey: Sequence[Row], choices: Sequence[Row], settings: Sequence[Row]
) -> None:
    if problems := form_cells.problems_of(survey, choices, settings):
        raise QuestionnaireProblems(path.name, tuple(problems))
    if problem := form_words.first_refused(survey, settings):
        _refuse(path, problem)


def _prove_valid(path: Path, tree: Node) -> None:
    """Write the XForm once: pyxform finds some mistakes only then."""
    from pyxform.builder import create_survey_element_from_dict  # noqa: PLC0415 -- the same

    try:
        create_survey_element_from_dict(tree).to_xml(validate=False, warnings=[])
    except _pyxform_errors() as error:
        _refuse(path, _translated(error))


def _pyxform_errors() -> tuple[type[Exception], ...]:
    """What pyxform raises on a bad form: its own error, and whatever it stumbles over."""
    from pyxform.errors import PyXFormError  # noqa: PLC0415 -- the same
    from xlrd.compdoc import (  # type: ignore[import-untyped]  # noqa: PLC0415 -- has no types
        CompDocError,
    )

    stumbles = (
        ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, RecursionError,
        SyntaxError, TypeError, ValueError, struct.error, zlib.error,
    )  # fmt: skip
    return (PyXFormError, CompDocError, OSError, csv.Error, zipfile.BadZipFile, *stumbles)


def _translated(error: Exception) -> QuestionnaireError:
    written = _LOCATED.match(str(error))
    if written:
        row, sheet, what = written.groups()
        said = " ".join(what.split())
        what = said[:1].upper() + said[1:]
        return QuestionnaireError(sheet or "survey", int(row), what, form_words.remedy_of(said))
    if type(error).__name__ == "PyXFormError" and not str(error).startswith("Argument "):
        return QuestionnaireError("form", None, " ".join(str(error).split()), "")
    return QuestionnaireError(
        "form",
        None,
        "It cannot be read as an XLSForm.",
        "It needs the sheets survey, choices and settings; compare it with a form that works.",
    )


def _refuse(path: Path, problem: QuestionnaireError) -> NoReturn:
    raise QuestionnaireProblems(path.name, (problem,))


def _languages(items: tuple[Item, ...], default: str, report: Report) -> tuple[str, ...]:
    """The default first, then the others as the author wrote them."""
    texts = (text for item in items for text in (item.labels, *_option_labels(item)))
    written = tuple(dict.fromkeys(language for text in texts for language in text))
    if written and default not in written:
        what = f"The default_language is {default}, but no label is in it."
        report.settings(what, f"Write one of: {', '.join(written)}.")
        return written
    return tuple(dict.fromkeys((default, *written)))


def _option_labels(item: Item) -> Iterator[Labels]:
    return (option.labels for option in item.options)


def _form_name(tree: Node, report: Report) -> str:
    name = str(tree.get("id_string") or "")
    if not _FORM_ID.fullmatch(name):
        report.settings(
            f'The form_id "{name}" does not fit.',
            "Use small letters, digits and _, beginning with a letter.",
        )
    return name


def _titles(tree: Node, languages: tuple[str, ...]) -> Labels:
    """The form_title, and the column title_en (title_xx) of the settings for other languages."""
    titles = {languages[0]: str(tree.get("title") or "")}
    for language in languages[1:]:
        titles[language] = str(tree.get(f"title_{language}") or titles[languages[0]])
    return titles


def _version(tree: Node, questionnaire: Questionnaire) -> str:
    """The author's version and a mark of the content: an edited form is never the old one."""
    mark = hashlib.sha256(to_json(questionnaire).encode()).hexdigest()[:8]
    written = str(tree.get("version") or "").strip()
    return f"{written}-{mark}" if written else mark
