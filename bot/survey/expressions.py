"""The expressions of a form: relevant, constraint, calculation, choice_filter. Pure.

`now` is an argument and should be in the zone of the person asked: today() is its calendar day.
Every item has a value; one that was not answered, or is not relevant, is ''. `own` is the value
of ".", `label` finds the label of an option for jr:choice-name, and random() draws from `chance`: the same
text, the same draw, so that an interview can be taken up again. An expression that check()
accepts never raises afterwards; one that it refuses raises ExpressionError with a sentence that
the form's author can act on. What the functions do is in xpath_functions.py.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.survey.questionnaire import Option
from bot.survey.xpath import Sight, compiled
from bot.survey.xpath_values import ExpressionError, Scope, to_bool, to_text

__all__ = [
    "ExpressionError", "check", "check_filter", "filtered", "is_true", "looks_at", "references",
    "value_of",
]  # fmt: skip

Label = Callable[[str, str], str]  # (item name, option code) -> label


def _no_label(_item: str, code: str) -> str:
    return code


def check(source: str) -> None:
    """Refuse what cannot be evaluated: syntax, unknown functions, limits."""
    columns = compiled(source).columns if source else frozenset()
    if columns:
        name = min(columns)
        raise ExpressionError(f'"{name}" is not understood. Refer to an answer as ${{{name}}}.')


def check_filter(source: str, columns: frozenset[str]) -> None:
    """Refuse a choice_filter that cannot be evaluated or names a column that the list lacks."""
    unknown = compiled(source).columns - columns
    if unknown:
        raise ExpressionError(f'The choices have no column "{min(unknown)}".')


def references(source: str) -> frozenset[str]:
    """The names of the items whose answers the expression reads."""
    return compiled(source).references if source else frozenset()


def looks_at(source: str) -> frozenset[Sight]:
    """What decides beside the answers: the value before (own), the time, a label, a draw."""
    return compiled(source).looks_at if source else frozenset()


def is_true(
    source: str,
    values: Mapping[str, str],
    *,
    own: str = "",
    now: datetime,
    label: Label = _no_label,
    chance: str = "",
) -> bool:
    if not source:
        return True
    return to_bool(compiled(source).evaluate(Scope(values, own, now, label, chance=chance)))


def value_of(
    source: str,
    values: Mapping[str, str],
    *,
    own: str = "",
    now: datetime,
    label: Label = _no_label,
    chance: str = "",
) -> str:
    """The value as text; '' for what is not a number although a number was computed."""
    if not source:
        return ""
    text = to_text(compiled(source).evaluate(Scope(values, own, now, label, chance=chance)))
    return "" if text == "NaN" else text


def filtered(
    source: str,
    values: Mapping[str, str],
    options: Sequence[Option],
    now: datetime,
    *,
    chance: str = "",
) -> tuple[Option, ...]:
    """The options that pass a choice_filter, in their order."""
    if not source:
        return tuple(options)
    evaluate = compiled(source).evaluate
    return tuple(
        option
        for option in options
        if to_bool(
            evaluate(Scope(values, "", now, _no_label, _columns(option), f"{chance}/{option.code}"))
        )
    )


def _columns(option: Option) -> Mapping[str, str]:
    return {**option.extra, "name": option.code}
