"""What the functions of XLSForm do, on text, numbers and true/false. Pure, and none of them raises.

A function that would give another value each time, or needs a device, a repeat or a file, is in
REFUSED with the reason. Meanings follow the ODK documentation of form operators and functions.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal

from bot.survey.patterns import matches
from bot.survey.xpath_dates import DATE_FUNCTIONS
from bot.survey.xpath_values import Function, Scope, Value, to_bool, to_number, to_text

_MOST_DECIMALS = 15
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


def _of_text(function: Callable[..., Value], least: int, most: int | None = None) -> Function:
    def call(scope: Scope, values: Sequence[Value]) -> Value:
        return function(*[to_text(value) for value in values or (scope.own,)])

    return Function(call, least, least if most is None else most)


def _of_numbers(function: Callable[..., float], least: int, most: int | None = None) -> Function:
    def call(_scope: Scope, values: Sequence[Value]) -> Value:
        numbers = [to_number(value) for value in values]
        if any(math.isnan(number) for number in numbers):
            return math.nan
        try:
            return float(function(*numbers))
        except (ValueError, OverflowError, ZeroDivisionError):
            return math.nan

    return Function(call, least, least if most is None else most)


def _of_values(function: Callable[..., Value], least: int, most: int | None = None) -> Function:
    return Function(lambda _scope, values: function(*values), least, most)


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


# ---- text


def _substr(text: Value, begins: Value, ends: Value = math.inf) -> str:
    """From a place counted from 0 up to, not including, another; negative counts from the end."""
    written = to_text(text)

    def place(value: Value) -> int:
        number = to_number(value)
        if math.isnan(number):
            return 0
        return int(max(-len(written), min(len(written), number)))

    return written[place(begins) : place(ends)]


def _substring(text: Value, begins: Value, length: Value = math.inf) -> str:
    """XPath's own: counted from 1, its corners (NaN, halves, infinity) after the recommendation."""
    first = _round(to_number(begins))
    beyond = first + _round(to_number(length))
    return "".join(
        letter for place, letter in enumerate(to_text(text), 1) if first <= place < beyond
    )


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, int | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), ord(new[place]) if place < len(new) else None)
    return text.translate(table)


def _join(separator: Value, *values: Value) -> str:
    return to_text(separator).join(map(to_text, values))


# ---- numbers


def _round(number: float, decimals: float = 0) -> float:
    """Half up (-2.5 is -2), on the decimal number as it is written."""
    if math.isnan(number) or math.isinf(number) or math.isnan(decimals):
        return number
    places = int(max(-_MOST_DECIMALS, min(_MOST_DECIMALS, decimals)))
    shifted = Decimal(repr(number)).scaleb(places) + Decimal("0.5")
    return float(shifted.to_integral_value(rounding=ROUND_FLOOR).scaleb(-places))


def _int(value: Value) -> float:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


# ---- decisions


def _if(condition: Value, then: Value, otherwise: Value) -> Value:
    return then if to_bool(condition) else otherwise


def _coalesce(*values: Value) -> Value:
    return next((value for value in values if to_text(value)), "")


def _once(scope: Scope, values: Sequence[Value]) -> Value:
    return scope.own or values[0]


FUNCTIONS: Mapping[str, Function] = {
    **DATE_FUNCTIONS,
    "selected": _of_values(_selected, 2, 2),
    "selected-at": _of_values(_selected_at, 2, 2),
    "count-selected": _of_values(lambda answer: float(len(_codes(answer))), 1, 1),
    "choice-name": _of_values(lambda code, _item: code, 2, 2),  # xpath.py looks the label up
    "checklist": _of_values(_checklist, 3, None),
    "weighted-checklist": _of_values(_weighted_checklist, 4, None),
    "count-non-empty": _of_values(lambda *values: float(sum(to_text(v) != "" for v in values)), 1),
    "count": _of_values(lambda *values: float(len(values)), 1),
    "if": _of_values(_if, 3, 3),
    "coalesce": _of_values(_coalesce, 1),
    "once": Function(_once, 1, 1),
    "not": _of_values(lambda value: not to_bool(value), 1, 1),
    "true": _of_values(lambda: True, 0, 0),
    "false": _of_values(lambda: False, 0, 0),
    "boolean": _of_values(to_bool, 1, 1),
    "boolean-from-string": _of_text(lambda text: text in {"true", "1"}, 1),
    "string": _of_text(str, 0, 1),
    "concat": _of_values(lambda *values: "".join(map(to_text, values)), 1),
    "join": _of_values(_join, 1),
    "string-length": _of_text(lambda text: float(len(text)), 0, 1),
    "normalize-space": _of_text(lambda text: " ".join(text.split()), 0, 1),
    "contains": _of_text(lambda text, part: part in text, 2),
    "starts-with": _of_text(str.startswith, 2),
    "ends-with": _of_text(str.endswith, 2),
    "substring-before": _of_text(lambda text, part: text[: max(text.find(part), 0)], 2),
    "substring-after": _of_text(lambda text, part: text.partition(part)[2] if part else text, 2),
    "substr": _of_values(_substr, 2, 3),
    "substring": _of_values(_substring, 2, 3),
    "translate": _of_text(_translate, 3),
    "regex": _of_text(matches, 2),
    "number": Function(lambda scope, values: to_number((*values, scope.own)[0]), 0, 1),
    "int": _of_values(_int, 1, 1),
    "round": _of_numbers(_round, 1, 2),
    "floor": _of_numbers(math.floor, 1),
    "ceiling": _of_numbers(math.ceil, 1),
    "abs": _of_numbers(abs, 1),
    "min": _of_numbers(lambda *numbers: min(numbers), 1, _MOST_VALUES),
    "max": _of_numbers(lambda *numbers: max(numbers), 1, _MOST_VALUES),
    "sum": _of_numbers(lambda *numbers: sum(numbers), 1, _MOST_VALUES),
    "pow": _of_numbers(math.pow, 2),
    "sqrt": _of_numbers(math.sqrt, 1),
    "exp": _of_numbers(math.exp, 1),
    "exp10": _of_numbers(lambda number: math.pow(10, number), 1),
    "log": _of_numbers(math.log, 1),
    "log10": _of_numbers(math.log10, 1),
    "pi": _of_numbers(lambda: math.pi, 0),
    "sin": _of_numbers(math.sin, 1),
    "cos": _of_numbers(math.cos, 1),
    "tan": _of_numbers(math.tan, 1),
    "asin": _of_numbers(math.asin, 1),
    "acos": _of_numbers(math.acos, 1),
    "atan": _of_numbers(math.atan, 1),
    "atan2": _of_numbers(math.atan2, 2),
}

_EACH_TIME = "it gives another value each time, so the same answers would not give the same form."
_REPEAT = "it needs a repeat."
_PLACE = "a chat does not know the place."
REFUSED: Mapping[str, str] = {
    "random": _EACH_TIME,
    "uuid": _EACH_TIME,
    "randomize": "write randomize=true in the column parameters.",
    "position": _REPEAT,
    "index": _REPEAT,
    "indexed-repeat": _REPEAT,
    "last": _REPEAT,
    "area": _PLACE,
    "distance": _PLACE,
    "geofence": _PLACE,
    "pulldata": "it needs a file beside the form. Use hidden items filled from the enrolment.",
    "instance": "it needs a file beside the form.",
    "current": "write the items as ${item_name}.",
    "property": "a chat has no device properties.",
    "version": "the version is stored with every response anyway.",
    "digest": "it is not needed in a chat form.",
    "base64-decode": "it is not needed in a chat form.",
    "extract-signed": "it is not needed in a chat form.",
}
