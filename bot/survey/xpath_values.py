"""The values of XPath 1.0 as XLSForm uses them: text, number, true/false. Pure.

A question inside a repeat, seen from outside, is a node set (Nodes): the texts that were given, in order.
A date is its ISO text, as the answers keep it; as a number it is the days since 1970-01-01 on the
wall clock of whoever wrote it. So dates compare, subtract and add without a type of their own.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

Nodes = tuple[str, ...]
Value = str | float | bool | Nodes


class ExpressionError(ValueError):
    """The author wrote what cannot be evaluated; the text says what and how to mend it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whatever an expression may read."""

    values: Mapping[str, str]
    own: str
    now: datetime
    label: Callable[[str, str], str]
    columns: Mapping[str, str] = field(default_factory=dict)
    chance: str = ""  # what random() draws from: the same text, the same draw


Evaluate = Callable[[Scope], Value]
Call = Callable[[Scope, Sequence[Value]], Value]


@dataclass(frozen=True, slots=True)
class Function:
    call: Call
    least: int
    most: int | None  # None: any number

    def takes(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)

    @property
    def arity(self) -> str:
        if self.most is None:
            return f"at least {self.least} values"
        if self.least == self.most:
            return "1 value" if self.least == 1 else f"{self.least} values"
        return f"{self.least} to {self.most} values"


def of_text(function: Callable[..., Value], least: int, most: int | None = None) -> Function:
    """A function of texts; without any argument, of the answer itself."""

    def call(scope: Scope, values: Sequence[Value]) -> Value:
        return function(*[to_text(value) for value in values or (scope.own,)])

    return Function(call, least, least if most is None else most)


def of_values(function: Callable[..., Value], least: int, most: int | None = None) -> Function:
    return Function(lambda _scope, values: function(*values), least, most)


_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}.*)?", re.ASCII)
_MOST_DECIMALS = 15
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- wall-clock time, the zone is dropped on purpose
_DAY_SECONDS = 86_400
_WHOLE = 1e15  # beyond it a float no longer tells neighbours apart


def to_number(value: Value) -> float:
    if isinstance(value, tuple):
        value = _first(value)
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            return float(value)
        moment = to_moment(value)
        return math.nan if moment is None else days_of(moment)
    return float(value)


def to_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return _first(value)
    return value if isinstance(value, str) else _number_text(value)


def to_bool(value: Value) -> bool:
    if isinstance(value, float):
        return not (value == 0 or math.isnan(value))
    return bool(value)


def one_by_one(values: Sequence[Value]) -> list[str | float | bool]:
    """Every node by itself, in order: what sum() and join() go through."""
    found: list[str | float | bool] = []
    for value in values:
        found.extend(value if isinstance(value, tuple) else (value,))
    return found


def holds_for_any(left: Value, right: Value, relation: Callable[[Value, Value], bool]) -> bool:
    """A comparison with a node set holds if it does for one of its nodes."""
    if isinstance(left, bool) or isinstance(right, bool):
        return relation(left, right)
    return any(relation(one, other) for one in one_by_one([left]) for other in one_by_one([right]))


def equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_bool(left) == to_bool(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


def to_moment(value: Value) -> datetime | None:
    """The wall-clock time of an ISO text or of a number of days; None for anything else."""
    try:
        if isinstance(value, tuple):
            value = _first(value)
        if isinstance(value, str):
            if _DATE.fullmatch(value):
                return datetime.fromisoformat(value).replace(tzinfo=None)
            value = float(value) if _NUMBER.fullmatch(value) else math.nan
        return _EPOCH + timedelta(days=value)
    except (ValueError, OverflowError):
        return None


def days_of(moment: datetime) -> float:
    since = moment.replace(tzinfo=None) - _EPOCH
    return since.days + since.seconds / _DAY_SECONDS


def _first(nodes: Nodes) -> str:
    return nodes[0] if nodes else ""


def round_half_up(number: float, decimals: float = 0) -> float:
    """Half up (-2.5 is -2), on the decimal number as it is written."""
    if math.isnan(number) or math.isinf(number) or math.isnan(decimals):
        return number
    places = int(max(-_MOST_DECIMALS, min(_MOST_DECIMALS, decimals)))
    shifted = Decimal(repr(number)).scaleb(places) + Decimal("0.5")
    return float(shifted.to_integral_value(rounding=ROUND_FLOOR).scaleb(-places))


def day_text(day: date) -> str:
    return day.strftime("%Y-%m-%d")


def _number_text(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < _WHOLE:
        return str(int(number))
    return format(Decimal(repr(number)), "f")
