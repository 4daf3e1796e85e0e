"""The days of a class as people type them: "hari ini", "27/11", "25-27 November", "senin s.d. jumat". Pure."""

import re
from datetime import date

from bot.survey.typed_days import days

_BETWEEN = re.compile(
    r"\s*(?:-|–|—|\bs\.?\s*/?\s*d\.?|\bsampai(?:\s+dengan)?|\bhingga|\buntil|\bto)\s*"
)
_LONGEST = 366  # days; more is a mistyped year


def class_days(text: str, today: date) -> tuple[date | None, date] | None:
    """(first, last); the first is None when only the last was said. None: it cannot be read."""
    if (alone := _nearest(text, today)) is not None:
        return None, alone
    for found in _BETWEEN.finditer(text):
        before, after = text[: found.start()].strip(), text[found.end() :].strip()
        last = _nearest(after, today)
        if not before or last is None:
            continue
        first = _first(before, last)
        if first is not None and first <= last and (last - first).days <= _LONGEST:
            return first, last
    return None


def _first(words: str, last: date) -> date | None:
    """As the 25 of "25-27 November", the 30 November of "30 November - 2 Desember"."""
    if words.isdecimal():
        try:
            return last.replace(day=int(words))
        except ValueError:
            return None
    return next((one for one in days(words, last) if one <= last), None)


def _nearest(text: str, today: date) -> date | None:
    return next(iter(days(text, today)), None)
