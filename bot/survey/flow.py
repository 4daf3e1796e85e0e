"""Which items apply to a person, in order, given the answers so far. Pure; evaluates, asks and stores nothing.

One pass from the first item to the last: an item sees only what stands before it, so there are no
cycles, and an answer that no longer applies counts as empty for everything after it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from bot.survey.expressions import (
    ExpressionError,
    filtered,
    is_true,
    looks_at,
    references,
    value_of,
)
from bot.survey.questionnaire import (
    SILENT,
    End,
    Item,
    Language,
    Option,
    Questionnaire,
    in_language,
)
from bot.survey.record import Answer, Response

CARRIES_ONCE: Final = (
    "pertama"  # hidden: "0" where another response of the person is asked what is asked once
)
_SOME_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)  # for what does not look at the time
_LONGEST_MEMORY: Final = 100  # characters: people's texts are not kept in a cache


@dataclass(frozen=True, slots=True)
class Walk:
    values: Mapping[str, str]  # every item has one; '' when unanswered or not applicable
    shown: tuple[Item, ...]  # applicable questions and notes
    asked: tuple[Item, ...]  # applicable questions
    options: Mapping[str, tuple[Option, ...]]  # of the applicable choices, after their filter
    kept: Mapping[str, Answer]  # answers that still apply
    dropped: tuple[Answer, ...]
    calculated: Mapping[str, str]  # what applies and is not empty
    end: End  # an option that ends the interview was chosen


def walk(questionnaire: Questionnaire, response: Response, now: datetime) -> Walk:
    values = dict.fromkeys(questionnaire.named, "")
    shown: list[Item] = []
    options: dict[str, tuple[Option, ...]] = {}
    kept: dict[str, Answer] = {}
    end: End = ""
    for item in questionnaire.items:
        if item.conditional and not _applies(item, response, values, now):
            continue
        if not item.asked:
            if item.kind not in SILENT:
                shown.append(item)
            values[item.name] = _silent_value(item, questionnaire, response, values, now)
            continue
        if item.options:
            options[item.name] = left = _left(item, response, values, now)
            if not left:
                continue  # nothing to choose from: the question cannot be asked
        shown.append(item)
        answer = response.answers.get(item.name)
        if answer is not None and (not item.options or _still_offered(item, left, answer)):
            kept[item.name] = answer
            values[item.name] = answer.value
            if item.endings and not end:
                end = _end(item, answer)
    asked = tuple(item for item in shown if item.asked)
    calculated = {name: values[name] for name in questionnaire.calculated if values[name]}
    dropped = tuple(
        answer
        for name, answer in response.answers.items()
        if name not in kept and name not in calculated
    )
    return Walk(values, tuple(shown), asked, options, kept, dropped, calculated, end)


def first_unanswered(path: Walk) -> Item | None:
    if path.end:
        return None
    return next((item for item in path.asked if item.name not in path.kept), None)


def holds(source: str, values: Mapping[str, str], now: datetime, chance: str = "") -> bool:
    if not source:
        return True
    try:
        if chance or (inputs := _inputs(source, values)) is None:
            return is_true(source, values, now=now, chance=chance)
        return _remembered_truth(source, inputs, _relevant_time(source, now))
    except ExpressionError:
        # The form was checked when it was compiled; should one still fail on an odd value, it is
        # better to ask one question too many than to stop a person.
        return True


def permits(item: Item, value: str, values: Mapping[str, str], now: datetime) -> bool:
    """Whether the author's constraint takes this value."""
    try:
        return is_true(item.constraint, {**values, item.name: value}, own=value, now=now)
    except ExpressionError:
        return True  # as above


def offered(
    item: Item, values: Mapping[str, str], now: datetime, chance: str = ""
) -> tuple[Option, ...]:
    if not item.choice_filter:
        return item.options
    try:
        return filtered(item.choice_filter, values, item.options, now, chance=chance)
    except ExpressionError:
        return item.options


def in_order(item: Item, options: tuple[Option, ...], seed: int) -> tuple[Option, ...]:
    """Shuffled the same way for one person every time; what is `fixed` stands last, as it was written."""
    if not item.randomize:
        return options
    movable = sorted(
        (option for option in options if not option.fixed),
        key=lambda option: hashlib.sha256(f"{seed}/{item.name}/{option.code}".encode()).digest(),
    )
    return (*movable, *(option for option in options if option.fixed))


def computed(
    source: str,
    item: Item,
    questionnaire: Questionnaire,
    response: Response,
    *,
    values: Mapping[str, str],
    now: datetime,
) -> str:
    """What an expression of this item comes to for this person."""
    try:
        inputs = _inputs(source, values)
        if inputs is None or looks_at(source) - {"now"}:
            held = response.answers.get(item.name)
            return value_of(
                source, values, own=held.value if held else "", now=now,
                label=_labeller(questionnaire, response.language),
                chance=_chance(source, item, response),
            )  # fmt: skip
        return _remembered_value(source, inputs, _relevant_time(source, now))
    except ExpressionError:
        return ""


def _applies(item: Item, response: Response, values: Mapping[str, str], now: datetime) -> bool:
    if item.once_per_respondent and response.hidden.get(CARRIES_ONCE) == "0":
        return False
    return holds(item.relevant, values, now, _chance(item.relevant, item, response))


def _silent_value(
    item: Item,
    questionnaire: Questionnaire,
    response: Response,
    values: Mapping[str, str],
    now: datetime,
) -> str:
    if item.kind == "note" and not item.read_only:
        return ""
    if item.kind == "hidden":
        return response.hidden.get(item.name, item.default)
    if not item.calculation:
        return item.default
    return computed(item.calculation, item, questionnaire, response, values=values, now=now)


def _chance(source: str, item: Item, response: Response) -> str:
    """What random() draws from: one person, one question."""
    return f"{response.seed}/{item.name}" if source and "chance" in looks_at(source) else ""


def _labeller(questionnaire: Questionnaire, language: Language) -> Callable[[str, str], str]:
    def label(name: str, code: str) -> str:
        option = questionnaire.item(name).option(code)
        return in_language(option.labels, language) if option else code

    return label


def _left(
    item: Item, response: Response, values: Mapping[str, str], now: datetime
) -> tuple[Option, ...]:
    if not item.choice_filter:
        return item.options
    return offered(item, values, now, _chance(item.choice_filter, item, response))


def _still_offered(item: Item, left: tuple[Option, ...], answer: Answer) -> bool:
    codes = item.codes if left is item.options else {option.code for option in left}
    return codes.issuperset(answer.value.split())


def _end(item: Item, answer: Answer) -> End:
    codes = answer.value.split()
    return next((end for code, end in item.endings.items() if code in codes), "")


# Most expressions look at one or two earlier codes: the same few cases come back with every turn of
# every person, so their outcome is remembered.


def _inputs(source: str, values: Mapping[str, str]) -> tuple[tuple[str, str], ...] | None:
    inputs = tuple((name, values.get(name, "")) for name in _names(source))
    return None if any(len(value) > _LONGEST_MEMORY for _, value in inputs) else inputs


@lru_cache(maxsize=4096)
def _names(source: str) -> tuple[str, ...]:
    return tuple(sorted(references(source)))


def _relevant_time(source: str, now: datetime) -> datetime:
    return now if "now" in looks_at(source) else _SOME_TIME


@lru_cache(maxsize=8192)
def _remembered_truth(source: str, inputs: tuple[tuple[str, str], ...], now: datetime) -> bool:
    return is_true(source, dict(inputs), now=now)


@lru_cache(maxsize=8192)
def _remembered_value(source: str, inputs: tuple[tuple[str, str], ...], now: datetime) -> str:
    return value_of(source, dict(inputs), now=now)
