"""Single values of settings and tables: each is what it should be, or a ValueError or TypeError names it. Reads no file."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar, cast

Day = TypeVar("Day", bound=date)  # a moment is a day too

_FIRST_YEAR, _LAST_YEAR = 1900, 2199  # far from where the arithmetic of days ends


def within(key: str, value: object, low: float, high: float) -> float:
    number = float(str(value))
    if not low <= number <= high:
        raise ValueError(f"{key} is {value}, which is not between {low} and {high}")
    return number


def whole(key: str, value: object) -> int:
    """How many: never below nothing."""
    number = int(str(value))
    if number < 0:
        raise ValueError(f"{key} is {number}, which is below 0")
    return number


def texts(key: str, value: object) -> tuple[str, ...]:
    """A text alone would be a list of its letters."""
    if not isinstance(value, list):
        raise TypeError(f"{key} is {value!r}, which is no list")
    return tuple(map(str, cast("Sequence[object]", value)))


def table(key: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{key} is {value!r}, which is no table")
    return cast("Mapping[str, object]", value)


def in_calendar(day: Day, written: str) -> Day:
    """Who types 0001 or 9999 for a year means none, and no week can be counted from there."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"{written!r} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return day
