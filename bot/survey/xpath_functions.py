"""What the functions of XLSForm do, on text, numbers and true/false. Pure, and none of them raises.

A function that would give another value each time, or needs a device or a file, is in REFUSED with the
reason. Meanings follow the ODK documentation of form operators and functions. Texts and dates have files of
their own.
"""

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence

from bot.survey.xpath_dates import DATE_FUNCTIONS
from bot.survey.xpath_texts import TEXT_FUNCTIONS
from bot.survey.xpath_values import (
    Function,
    Scope,
    Value,
    of_text,
    of_values,
    one_by_one,
    round_half_up,
    to_bool,
    to_number,
    to_text,
)

_MOST_VALUES = 200


def divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def remainder(left: float, right: float) -> float:
    """With the sign of the left one, as XPath has it."""
    if not right or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


def _of_numbers(function: Callable[..., float], least: int, most: int | None = None) -> Function:
    def call(_scope: Scope, values: Sequence[Value]) -> Value:
        numbers = [to_number(value) for value in values]
        if any(math.isnan(number) for number in numbers):
            return math.nan
        try:
            return float(function(*numbers))
        except (ValueError, ZeroDivisionError):
            return math.nan
        except OverflowError:
            return math.inf

    return Function(call, least, least if most is None else most)


def _of_all(function: Callable[[list[float]], float]) -> Function:
    """Of numbers and of every node of the repeats."""

    def call(_scope: Scope, values: Sequence[Value]) -> Value:
        numbers = [to_number(value) for value in one_by_one(values)]
        if any(math.isnan(number) for number in numbers):
            return math.nan
        return float(function(numbers))

    return Function(call, 1, _MOST_VALUES)


# ---- choices


def _codes(value: Value) -> list[str]:
    return to_text(value).split()


def _selected(answer: Value, code: Value) -> bool:
    return to_text(code).strip() in _codes(answer)


def _selected_at(answer: Value, place: Value) -> str:
    codes, index = _codes(answer), to_number(place)
    return codes[int(index)] if 0 <= index < len(codes) else ""


def _checklist(least: Value, most: Value, *values: Value) -> bool:
    return _between(sum(map(to_bool, values)), least, most)


def _weighted_checklist(least: Value, most: Value, *values: Value) -> bool:
    pairs = zip(values[::2], values[1::2], strict=False)
    return _between(sum(to_number(weight) for told, weight in pairs if to_bool(told)), least, most)


def _between(total: float, least: Value, most: Value) -> bool:
    """Between two numbers, of which -1 is no limit."""
    low, high = to_number(least), to_number(most)
    return (low == -1 or total >= low) and (high == -1 or total <= high)


# ---- numbers


def _log(number: float) -> float:
    return math.log(number) if number else -math.inf


def _log10(number: float) -> float:
    return math.log10(number) if number else -math.inf


def _total(numbers: list[float]) -> float:
    """Exact to the last digit, so that 0.1 + 0.2 + 0.3 is 0.6; infinities need the plain sum."""
    return math.fsum(numbers) if all(map(math.isfinite, numbers)) else sum(numbers)


def _pow(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and math.fmod(exponent, 2) else math.inf


def _int(value: Value) -> float:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


# ---- decisions


def _if(condition: Value, then: Value, otherwise: Value) -> Value:
    return then if to_bool(condition) else otherwise


def _coalesce(*values: Value) -> Value:
    return next((value for value in values if to_text(value)), "")


def _each(*values: Value) -> Value:
    """The node set of one question of a repeat: what was given, in order; written by xpath_repeats.py."""
    return tuple(text for value in values if (text := to_text(value)))


def _indexed(*values: Value) -> Value:
    """The answer in the instance whose number, counted from 1, comes last."""
    *answers, place = values
    number = to_number(place)
    return answers[int(number) - 1] if 1 <= number < len(answers) + 1 else ""


def _random(scope: Scope, values: Sequence[Value]) -> Value:
    """From 0 up to 1: the same for one person and question, whenever it is asked."""
    drawn = hashlib.sha256(f"{scope.chance}/{to_text(values[0])}".encode()).digest()
    return int.from_bytes(drawn[:6]) / 2**48


def _once(scope: Scope, values: Sequence[Value]) -> Value:
    return scope.own or values[0]


FUNCTIONS: Mapping[str, Function] = {
    **DATE_FUNCTIONS,
    **TEXT_FUNCTIONS,
    "selected": of_values(_selected, 2, 2),
    "selected-at": of_values(_selected_at, 2, 2),
    "count-selected": of_values(lambda answer: float(len(_codes(answer))), 1, 1),
    "choice-name": of_values(lambda code, _item: code, 2, 2),  # xpath.py looks the label up
    "checklist": of_values(_checklist, 3, None),
    "weighted-checklist": of_values(_weighted_checklist, 4, None),
    "count-non-empty": of_values(
        lambda *values: float(sum(to_text(value) != "" for value in one_by_one(values))), 1
    ),
    "count": of_values(lambda *values: float(len(one_by_one(values))), 1),
    "if": of_values(_if, 3, 3),
    "coalesce": of_values(_coalesce, 1),
    "once": Function(_once, 1, 1),
    "each": of_values(_each, 0, _MOST_VALUES),
    "indexed-repeat": of_values(_indexed, 2, _MOST_VALUES),
    "random": Function(_random, 0, 0),  # xpath.py numbers the calls
    "not": of_values(lambda value: not to_bool(value), 1, 1),
    "true": of_values(lambda: True, 0, 0),
    "false": of_values(lambda: False, 0, 0),
    "boolean": of_values(to_bool, 1, 1),
    "boolean-from-string": of_text(lambda text: text in {"true", "1"}, 1),
    "number": Function(lambda scope, values: to_number((*values, scope.own)[0]), 0, 1),
    "int": of_values(_int, 1, 1),
    "round": _of_numbers(round_half_up, 1, 2),
    "floor": _of_numbers(math.floor, 1),
    "ceiling": _of_numbers(math.ceil, 1),
    "abs": _of_numbers(abs, 1),
    "min": _of_all(lambda numbers: min(numbers, default=math.nan)),
    "max": _of_all(lambda numbers: max(numbers, default=math.nan)),
    "sum": _of_all(_total),
    "pow": _of_numbers(_pow, 2),
    "sqrt": _of_numbers(math.sqrt, 1),
    "exp": _of_numbers(math.exp, 1),
    "exp10": _of_numbers(lambda number: math.pow(10, number), 1),
    "log": _of_numbers(_log, 1),
    "log10": _of_numbers(_log10, 1),
    "pi": _of_numbers(lambda: math.pi, 0),
    "sin": _of_numbers(math.sin, 1),
    "cos": _of_numbers(math.cos, 1),
    "tan": _of_numbers(math.tan, 1),
    "asin": _of_numbers(math.asin, 1),
    "acos": _of_numbers(math.acos, 1),
    "atan": _of_numbers(math.atan, 1),
    "atan2": _of_numbers(math.atan2, 2),
}

_INSIDE = "it belongs inside a repeat, written position(..)."
_PLACE = "a chat does not know the place."
_FILE = "it needs a file beside the form. Use hidden items filled from the enrolment."
_SEALED = "a chat form has no sealed data. Ask for the value."
REFUSED: Mapping[str, str] = {
    "uuid": "every response has its own number already.",
    "randomize": "write randomize=true in the column parameters.",
    "position": _INSIDE,
    "index": _INSIDE,
    "last": "write count(${name_of_the_repeat}).",
    "area": _PLACE,
    "distance": _PLACE,
    "geofence": _PLACE,
    "intersects": _PLACE,
    "pulldata": _FILE,
    "instance": _FILE,
    "jr:itext": "write jr:choice-name(${item}, '${item}').",
    "current": "write the items as ${item_name}.",
    "property": "a chat has no device properties.",
    "version": "the version is stored with every response anyway.",
    "extract-signed": _SEALED,
}
