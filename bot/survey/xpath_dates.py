"""The date functions of XLSForm. Pure: today() and now() come from the scope, never from a clock."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.survey.xpath_values import Function, Scope, Value, day_text, days_of, to_moment, to_text

_DIRECTIVE = re.compile(r"%([YymnBbdeHhMSa3])")
_TIME = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}T)?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?.*", re.ASCII
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_LONG_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
_DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")

_PARTS: Mapping[str, Callable[[datetime], str]] = {
    "Y": lambda moment: f"{moment.year:04}",
    "y": lambda moment: f"{moment.year % 100:02}",
    "m": lambda moment: f"{moment.month:02}",
    "n": lambda moment: str(moment.month),
    "B": lambda moment: _LONG_MONTHS[moment.month - 1],
    "b": lambda moment: _MONTHS[moment.month - 1],
    "d": lambda moment: f"{moment.day:02}",
    "e": lambda moment: str(moment.day),
    "H": lambda moment: f"{moment.hour:02}",
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: f"{moment.minute:02}",
    "S": lambda moment: f"{moment.second:02}",
    "3": lambda moment: f"{moment.microsecond // 1000:03}",
    "a": lambda moment: _DAYS[moment.weekday()],
}


def _today(scope: Scope, _values: Sequence[Value]) -> Value:
    return day_text(scope.now)


def _now(scope: Scope, _values: Sequence[Value]) -> Value:
    return scope.now.isoformat(timespec="milliseconds")


def _date(_scope: Scope, values: Sequence[Value]) -> Value:
    moment = to_moment(values[0])
    return "" if moment is None else day_text(moment)


def _date_time(_scope: Scope, values: Sequence[Value]) -> Value:
    moment = to_moment(values[0])
    return "" if moment is None else moment.isoformat(timespec="milliseconds")


def _days(_scope: Scope, values: Sequence[Value]) -> Value:
    moment = to_moment(values[0])
    return math.nan if moment is None else days_of(moment)


def _time_of_day(_scope: Scope, values: Sequence[Value]) -> Value:
    """The share of the day that is over, of a time or a date with a time."""
    written = _TIME.fullmatch(to_text(values[0]))
    if written is None:
        return math.nan
    return (int(written[1]) * 3600 + int(written[2]) * 60 + float(written[3] or 0)) / 86_400


def _formatted(_scope: Scope, values: Sequence[Value]) -> Value:
    moment = to_moment(values[0])
    if moment is None:
        return ""
    return _DIRECTIVE.sub(lambda part: _PARTS[part[1]](moment), to_text(values[1]))


DATE_FUNCTIONS: Mapping[str, Function] = {
    "today": Function(_today, 0, 0),
    "now": Function(_now, 0, 0),
    "date": Function(_date, 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "decimal-date-time": Function(_days, 1, 1),
    "decimal-date": Function(_days, 1, 1),
    "decimal-time": Function(_time_of_day, 1, 1),
    "format-date": Function(_formatted, 2, 2),
    "format-date-time": Function(_formatted, 2, 2),
}
