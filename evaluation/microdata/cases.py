"""One questionnaire as cases and variables: a row per response, a column per question or choice. Coarse rows in.

1. A question with several choices becomes one variable a choice, 1 or 0, and a multiple response set over them.
2. Why a number is missing is a user-missing value; why a text is missing stands in a variable of its own.
3. Who began and was not asked a question has `not_asked`; who never began has nothing.
4. What the bot fills in or computes by itself is a text, and no variable where nothing of it was exported.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd

from evaluation.microdata.names import names
from evaluation.microdata.questions import MISSING, MISSING_RANGE, Code, Question
from evaluation.microdata.safe import bare
from evaluation.microdata.sav import Datum, Measure, ResponseSet, Variable, seconds_of
from evaluation.texts import Texts
from evaluation.workbook.wording import question as in_words

CONTEXT = (
    "training", "training_title", "cohort", "round", "role", "respondent", "about", "unit_group",
    "grade_group", "disposition", "issued_on", "completed_on", "version", "flag", "proxy",
)  # fmt: skip
_KEY = ["training", "round", "role", "respondent", "about"]
_DAYS = frozenset({"issued_on", "completed_on"})
_WIDE_MISSING = -9_999_900  # added to the codes where an answer may itself be about -90


class Given(NamedTuple):
    value: str
    missing: str
    instructor: str


@dataclass(frozen=True, slots=True)
class Column:
    """`source` is the item, or the column of the coarse table; `code` the choice it stands for."""

    variable: Variable
    source: str
    code: str
    data: tuple[Datum, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    questionnaire: str
    columns: tuple[Column, ...]
    sets: tuple[ResponseSet, ...]

    def rows(self) -> list[tuple[Datum, ...]]:
        return list(zip(*(column.data for column in self.columns), strict=True))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A column before it has its name; `label`, `measure`, `labels`, `missing` and so on as in Variable."""

    name: str
    label: str
    measure: Measure
    source: str
    data: tuple[Datum, ...]
    code: str = ""
    labels: Mapping[float, str] | None = None
    missing: tuple[float, float] | None = None
    is_text: bool = False
    is_date: bool = False
    several: str = ""  # the question of a multiple response set


def cases_of(
    rows: pd.DataFrame, questions: Sequence[Question], questionnaire: str, texts: Texts
) -> Cases:
    """`rows`: the coarse table; only those of this questionnaire are used."""
    mine = rows[rows["questionnaire"] == questionnaire]
    issued = mine[mine["item"] == ""].reset_index(drop=True)
    answers = _answers(mine, issued, questions)
    drafts = [_context(issued, name, texts) for name in CONTEXT]
    for question in questions:
        drafts += _drafts(question, answers.get((question.item, question.kind), []), texts)
    valid = names(draft.name for draft in drafts)
    columns = tuple(_column(draft, name) for draft, name in zip(drafts, valid, strict=True))
    return Cases(questionnaire, columns, _sets(drafts, columns))


def _answers(
    mine: pd.DataFrame, issued: pd.DataFrame, questions: Sequence[Question]
) -> dict[tuple[str, str], list[Given | None]]:
    """(item, type) -> what each response said, in the order of `issued`; None for who never began."""
    place = issued[_KEY].assign(place=range(len(issued)))
    given = mine.loc[
        mine["item"] != "", [*_KEY, "version", "item", "value", "missing", "instructor"]
    ]
    given = given.merge(place, on=_KEY).drop(columns=_KEY)
    begun: list[Given | None] = [None] * len(issued)
    for at in given["place"].unique():
        begun[at] = Given("", "not_asked", "")
    kinds = _kinds(questions)
    found = {(question.item, question.kind): list(begun) for question in questions}
    for (item, version), rows in given.groupby(["item", "version"]):
        kind = kinds.get((str(item), str(version)), kinds.get((str(item), "")))
        if kind is not None:
            _fill(found[str(item), kind], rows)
    return found


def _fill(answers: list[Given | None], rows: pd.DataFrame) -> None:
    cells = (rows[name].tolist() for name in ("place", "value", "missing", "instructor"))
    for at, value, missing, instructor in zip(*cells, strict=True):
        answers[at] = Given(bare(str(value)), str(missing), str(instructor))


def _kinds(questions: Sequence[Question]) -> dict[tuple[str, str], str]:
    """(item, version) -> the type it had then; (item, "") for all others."""
    found: dict[tuple[str, str], str] = {}
    for question in questions:
        found.setdefault((question.item, ""), question.kind)
        found |= {(question.item, version): question.kind for version in question.versions}
    return found


def _context(issued: pd.DataFrame, name: str, texts: Texts) -> _Draft:
    values = [str(value) for value in issued[name]]
    label = texts.say(f"data_{name}")
    if name in _DAYS:
        days = tuple(seconds_of(date.fromisoformat(day)) if day else None for day in values)
        return _Draft(name, label, "scale", name, days, is_date=True)
    data = tuple(bare(value) or None for value in values)
    return _Draft(name, label, "nominal", name, data, is_text=True)


def _drafts(question: Question, given: Sequence[Given | None], texts: Texts) -> list[_Draft]:
    match question.kind:
        case "hidden" | "calculate":
            text = _text(question, given)
            found = [text] if any(text.data) else []
        case "select_one":
            found = [_choice(question, given, texts)]
        case "select_multiple":
            found = _choices(question, given, texts)
        case "integer" | "decimal" | "range":
            found = [_number(question, given, texts)]
        case "date":
            found = _reasoned(question, given, texts, _date(question, given))
        case _:
            found = _reasoned(question, given, texts, _text(question, given))
    instructors = tuple(one.instructor or None if one else None for one in given)
    if any(instructors):
        label = texts.say("data_instructor", butir=question.item)
        found.append(
            _Draft(f"{question.item}_instructor", label, "nominal", question.item, instructors, is_text=True)
        )  # fmt: skip
    return found


def _choice(question: Question, given: Sequence[Given | None], texts: Texts) -> _Draft:
    numbers = {code.value: code.number for code in question.codes}
    labels = {code.number: code.label for code in question.codes}
    data = _numbers(given, numbers.get)
    return _Draft(
        question.item, in_words(question.label), "ordinal" if question.is_ordered else "nominal",
        question.item, data, labels=labels | _missing_labels(data, labels, texts), missing=MISSING_RANGE,
    )  # fmt: skip


def _choices(question: Question, given: Sequence[Given | None], texts: Texts) -> list[_Draft]:
    return [
        _chosen(question, code, given, texts) for code in question.codes if not code.missing
    ]  # fmt: skip


def _chosen(question: Question, code: Code, given: Sequence[Given | None], texts: Texts) -> _Draft:
    data = _numbers(given, lambda value: float(code.value in value.split()))
    labels = {0.0: texts.say("data_tidak_dipilih"), 1.0: texts.say("data_dipilih")}
    label = f"{in_words(question.label)}: {code.label}"
    return _Draft(
        f"{question.item}_{code.value}", label, "nominal", question.item, data, code.value,
        labels | _missing_labels(data, labels, texts), MISSING_RANGE, several=question.item,
    )  # fmt: skip


def _number(question: Question, given: Sequence[Given | None], texts: Texts) -> _Draft:
    shift = 0 if question.kind == "range" else _WIDE_MISSING
    data = _numbers(given, float, shift)
    low, high = MISSING_RANGE
    return _Draft(
        question.item, in_words(question.label), "scale", question.item, data,
        labels=_missing_labels(data, {}, texts, shift), missing=(low + shift, high + shift),
    )  # fmt: skip


def _date(question: Question, given: Sequence[Given | None]) -> _Draft:
    data = tuple(
        seconds_of(date.fromisoformat(one.value)) if one and one.value and not one.missing else None
        for one in given
    )
    return _Draft(
        question.item, in_words(question.label), "scale", question.item, data, is_date=True
    )


def _text(question: Question, given: Sequence[Given | None]) -> _Draft:
    data = tuple((one.value or None) if one else None for one in given)
    label = in_words(question.label)
    return _Draft(question.item, label, "nominal", question.item, data, is_text=True)


def _reasoned(
    question: Question, given: Sequence[Given | None], texts: Texts, draft: _Draft
) -> list[_Draft]:
    """The draft, and where somebody gave no answer, why."""
    data = tuple(
        float(MISSING[one.missing]) if one and one.missing else None for one in given
    )  # fmt: skip
    if not any(data):
        return [draft]
    label = texts.say("data_alasan", butir=question.item)
    reasons = _Draft(
        f"{question.item}_missing", label, "nominal", question.item, data,
        labels=_missing_labels(data, {}, texts),
    )  # fmt: skip
    return [draft, reasons]


def _numbers(
    given: Sequence[Given | None], read: Callable[[str], float | None], shift: int = 0
) -> tuple[Datum, ...]:
    return tuple(None if one is None else _numbered(one, read, shift) for one in given)


def _numbered(one: Given, read: Callable[[str], float | None], shift: int) -> float | None:
    """A code that itself means no answer keeps its number."""
    if one.missing:
        own = None if shift or not one.value else read(one.value)
        return own if own is not None and own < 0 else float(MISSING[one.missing] + shift)
    return read(one.value) if one.value else None


def _missing_labels(
    data: Sequence[Datum], known: Mapping[float, str], texts: Texts, shift: int = 0
) -> dict[float, str]:
    """Words for the reasons that occur, and for no others."""
    return {
        float(number + shift): texts.say(f"kosong_{reason}")
        for reason, number in MISSING.items()
        if number + shift in data and number not in known
    }


def _column(draft: _Draft, name: str) -> Column:
    longest = max(
        (len(str(datum).encode()) for datum in draft.data if datum is not None), default=1
    )
    decimals = 0 if draft.is_text or draft.is_date or _whole(draft.data) else 2
    variable = Variable(
        name, draft.label or draft.source, draft.measure, max(longest, 1) if draft.is_text else 0, decimals,
        draft.labels or {}, draft.missing, draft.is_date,
    )  # fmt: skip
    return Column(variable, draft.source, draft.code, draft.data)


def _whole(data: Sequence[Datum]) -> bool:
    return all(
        isinstance(datum, float) and datum.is_integer() for datum in data if datum is not None
    )


def _sets(drafts: Sequence[_Draft], columns: Sequence[Column]) -> tuple[ResponseSet, ...]:
    members: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for draft, column in zip(drafts, columns, strict=True):
        if draft.several:
            members.setdefault(draft.several, []).append(column.variable.name)
            labels[draft.several] = draft.label.rpartition(": ")[0]
    valid = names(members)
    return tuple(
        ResponseSet(name, labels[item], tuple(of))
        for name, (item, of) in zip(valid, members.items(), strict=True)
        if len(of) > 1
    )
