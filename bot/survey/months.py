"""The month that a date card shows as a small calendar: which days may be tapped, and whether one can go on. Pure.

The view of a response names it ("month:2026-11"); at first it is the month of the answer, else of today, as far as the
author's limits allow. Whether a day may be tapped is the constraint's own word, so any constraint will do.
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bot.survey.flow import permits
from bot.survey.prompts import Month
from bot.survey.questionnaire import Item
from bot.survey.scene import Scene

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2100, 12, 31)
DATES: Final = frozenset({"date", "datetime"})
_ISO: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LIMIT: Final = re.compile(
    rf"(?<![\w)])\.\s*(?P<sign><=|<|>=|>)\s*"
    rf"(?:(?P<today>(?:today|now)\(\))|(?:date\()?'(?P<day>{_ISO})'\)?)(?:\s*(?P<shift>[+-]\s*[0-9]{{1,5}}))?"
)


def month_shown(scene: Scene) -> Month | None:
    item, response = scene.item, scene.response
    if item.kind not in DATES or response.awaiting:
        return None
    least, most = day_limits(item, scene.now.date())
    held = _day(scene.held.value[:10]) if scene.held else None
    first = _within(_viewed(response.view) or held or scene.now.date(), least, most).replace(day=1)
    chosen = held.day if held and (held.year, held.month) == (first.year, first.month) else 0
    return Month(
        first, _open_days(scene, first), chosen,
        least=max(least, EARLIEST).replace(day=1), most=min(most, LATEST).replace(day=1),
    )  # fmt: skip


def month_view(value: str) -> str | None:
    """The view for a month that a button names; None when it names none."""
    return f"month:{value}" if _viewed(f"month:{value}") else None


def is_day(text: str) -> bool:
    return _day(text) is not None


def day_limits(item: Item, today: date) -> tuple[date, date]:
    """As far as they can be read off the constraint."""
    least, most = EARLIEST, LATEST
    for sign, named, shift in _limits(item.constraint):
        try:
            edge = (_day(named) or today) + timedelta(days=shift)
        except OverflowError:
            continue
        if sign.startswith(">"):
            least = max(least, edge)
        else:
            most = min(most, edge)
    return (least, most) if least <= most else (EARLIEST, LATEST)


@lru_cache(maxsize=512)
def _limits(constraint: str) -> tuple[tuple[str, str, int], ...]:
    if re.search(r"\b(?:or|not)\b", constraint):
        return ()
    return tuple(
        (found["sign"], found["day"] or "", int((found["shift"] or "0").replace(" ", "")))
        for found in _LIMIT.finditer(constraint)
    )


def _open_days(scene: Scene, first: date) -> tuple[int, ...]:
    item = scene.item
    numbers = range(1, calendar.monthrange(first.year, first.month)[1] + 1)
    if not item.constraint:
        return tuple(numbers)
    values, now = scene.path.values, scene.now
    if item.kind == "datetime":  # the hour is not known yet: the limits of the day decide
        least, most = day_limits(item, now.date())
        return tuple(one for one in numbers if least <= first.replace(day=one) <= most)
    return tuple(
        one for one in numbers if permits(item, first.replace(day=one).isoformat(), values, now)
    )


def _viewed(view: str) -> date | None:
    kind, _, month = view.partition(":")
    day = _day(f"{month}-01") if kind == "month" else None
    return day if day and EARLIEST <= day <= LATEST else None


def _within(day: date, least: date, most: date) -> date:
    return min(max(day, least), most)


def _day(text: str) -> date | None:
    if not re.fullmatch(_ISO, text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
