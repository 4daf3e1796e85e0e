"""A moment as people type it: "besok 14.00", "jumat 9", "5 Februari 08.30", "14.30". Pure; None when it cannot be read."""

import re
from datetime import date, datetime, time, timedelta

from bot.survey.typed_days import day as typed_day

MORNING = time(9, 0)

_WEEKDAYS = {
    "senin": 1, "selasa": 2, "rabu": 3, "kamis": 4, "jumat": 5, "jum'at": 5, "sabtu": 6, "minggu": 7,
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
}  # fmt: skip
_CLOCK = re.compile(
    r"(?:\b(?:pukul|jam|at)\s*)?\b([01]?\d|2[0-3])(?:[.:]([0-5]\d))?(?:\s*(?:wib|wita|wit))?$"
)


def read_moment(text: str, now: datetime) -> datetime | None:
    """In the zone of `now`, and later than it. A day without an hour means nine in the morning."""
    words = " ".join(text.lower().replace(",", " ").split())
    if (whole := _day(words, now.date())) is not None:
        return _at(whole, MORNING, now)
    found = _CLOCK.search(words)
    if found is None:
        return None
    clock = time(int(found[1]), int(found[2] or 0))
    before = words[: found.start()].strip()
    if not before:
        today = _at(now.date(), clock, now)
        return today or _at(now.date() + timedelta(days=1), clock, now)
    chosen = _day(before, now.date())
    return None if chosen is None else _at(chosen, clock, now)


def _at(day: date, clock: time, now: datetime) -> datetime | None:
    moment = datetime.combine(day, clock, tzinfo=now.tzinfo)
    return moment if moment > now else None


def _day(words: str, today: date) -> date | None:
    name = words.removeprefix("hari ").strip()
    if name in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS[name] - today.isoweekday()) % 7 or 7)
    if (found := typed_day(words, today)) is not None:
        return found
    return _without_year(words, today)


def _without_year(words: str, today: date) -> date | None:
    for year in (today.year, today.year + 1):
        for mark in (" ", "/", "-", "."):
            found = typed_day(f"{words}{mark}{year}", today)
            if found is not None and found >= today:
                return found
    return None
