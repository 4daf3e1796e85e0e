"""Days as people type them: "25/11/2026", "25 Nov", "besok", "Senin depan", "3 hari lagi", "next Friday". Pure; never raises.

    day(text, today)    the one day that is named in full, or relative to today; else None
    days(text, today)   also what leaves the year or the week open, the likeliest reading first

"Senin depan" is the Monday of next week, "Senin lalu" that of last week; a bare "Senin" is the nearest one
to come, then the one before. A year of two digits is never more than ten years ahead.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from bot.survey.questionnaire import Language

WEEK: Final = 7
_MONTHS: Final = {
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "en": "january february march april may june july august september october november december",
}
_SHORTEST_MONTH: Final = 3
_OTHER_MONTHS: Final = {"agt": 8, "ags": 8, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}
_YEARS_AHEAD: Final = 10
_RELATIVE: Final = {
    "kemarin lusa": -2, "kemarin dulu": -2, "kemaren": -1, "kemarin": -1, "hari ini": 0,
    "sekarang": 0, "besok": 1, "esok": 1, "lusa": 2, "minggu depan": 7, "pekan depan": 7,
    "minggu lalu": -7, "pekan lalu": -7, "yesterday": -1, "day before yesterday": -2, "today": 0,
    "now": 0, "tomorrow": 1, "day after tomorrow": 2, "next week": 7, "last week": -7,
}  # fmt: skip
_WEEKDAYS: Final = {
    "senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "sabtu": 5, "minggu": 6,
    "ahad": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4,
    "saturday": 5, "sunday": 6,
}  # fmt: skip
_SMALL_NUMBERS: Final = {
    "se": 1, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9, "sepuluh": 10, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7,
}  # fmt: skip
_NAME: Final = "|".join(_WEEKDAYS)
_WEEKDAY_ALONE: Final = re.compile(rf"(?:hari |on )?({_NAME})(?: ini)?")
_WEEKDAY_ONWARD: Final = re.compile(
    rf"(?:hari )?({_NAME}) (?:minggu |pekan )?(depan|lalu|kemarin)|(next|last) ({_NAME})"
)
_COUNTED: Final = re.compile(
    r"(?:in )?([0-9]{1,3}|[a-z]+?) ?(hari|minggu|pekan|days?|weeks?)"
    r"(?: (lagi|ke ?depan|mendatang|(?:yang )?lalu|ago))?"
)
_AHEAD: Final = re.compile(r"lagi|ke ?depan|mendatang")


def day(text: str, today: date) -> date | None:
    words = _words(text)
    if words in _RELATIVE:
        return _shifted(today, _RELATIVE[words])
    named = _counted(words, today) or _onward(words, today)
    return named or next((found for found in _dated(words, today) if found), None)


def days(text: str, today: date) -> tuple[date, ...]:
    if (named := day(text, today)) is not None:
        return (named,)
    words = _words(text)
    if found := _WEEKDAY_ALONE.fullmatch(words):
        ahead = (_WEEKDAYS[found[1]] - today.weekday()) % WEEK
        return tuple(filter(None, (_shifted(today, ahead), _shifted(today, ahead - WEEK))))
    return _without_year(words, today)


def day_text(value: date, language: Language) -> str:
    return f"{value.day} {month_text(value, language)}"


def month_text(value: date, language: Language) -> str:
    months = _MONTHS.get(language, _MONTHS["en"]).split()
    return f"{months[value.month - 1].capitalize()} {value.year}"


def _words(text: str) -> str:
    plain = " ".join(text.lower().replace(",", " ").split()).strip(" .!")
    plain = re.sub(r"^(?:tgl\.?|tanggal|pada|the) ", "", plain)
    dated = re.sub(rf"^(?:hari )?(?:{_NAME}) (?=.*[0-9])", "", plain)
    return re.sub(r"^(?:tgl\.?|tanggal) ", "", dated)


def _counted(words: str, today: date) -> date | None:
    """As in "3 hari lagi", "dua minggu lalu", "in 5 days": a direction must be named."""
    found = _COUNTED.fullmatch(words)
    if not found or not (found[3] or words.startswith("in ")):
        return None
    number = int(found[1]) if found[1].isdecimal() else _SMALL_NUMBERS.get(found[1], 0)
    span = number * (1 if found[2] in {"hari", "day", "days"} else WEEK)
    ahead = not found[3] or _AHEAD.fullmatch(found[3])
    return _shifted(today, span if ahead else -span) if number else None


def _onward(words: str, today: date) -> date | None:
    found = _WEEKDAY_ONWARD.fullmatch(words)
    if not found:
        return None
    wanted = _WEEKDAYS[found[1] or found[4]]
    this_week = wanted - today.weekday()
    if (found[2] or found[3]) in {"depan", "next"}:
        return _shifted(today, this_week + WEEK)
    if found[2] == "kemarin":  # the latest one
        return _shifted(today, -((today.weekday() - wanted) % WEEK or WEEK))
    return _shifted(today, this_week - WEEK)


def _dated(words: str, today: date) -> Iterator[date | None]:
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", words):
        yield _date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})", words):
        yield _date(_year(found[3], today), int(found[2]), int(found[1]))
    if found := re.fullmatch(
        r"([0-9]{1,2})(?:st|nd|rd|th)?(?:[- ]| of )?([a-z]+)\.?[- ]([0-9]{4}|'?[0-9]{2})", words
    ):
        yield _date(_year(found[3].strip("'"), today), _month(found[2]), int(found[1]))
    if found := re.fullmatch(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)? ([0-9]{4})", words):
        yield _date(int(found[3]), _month(found[1]), int(found[2]))


def _without_year(words: str, today: date) -> tuple[date, ...]:
    """The nearest day of that name first, then the other one."""
    if found := re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?[- ]?([a-z]+)", words):
        number, month = int(found[1]), _month(found[2])
    elif found := re.fullmatch(r"([0-9]{1,2})[-/]([0-9]{1,2})", words):
        number, month = int(found[1]), int(found[2])
    else:
        return ()
    around = (_date(year, month, number) for year in (today.year - 1, today.year, today.year + 1))
    near = sorted((one for one in around if one), key=lambda one: abs((one - today).days))
    return tuple(near[:2])


def _year(digits: str, today: date) -> int:
    year = int(digits)
    if len(digits) > len("26"):
        return year
    century = today.year - today.year % 100
    return century + year if century + year <= today.year + _YEARS_AHEAD else century - 100 + year


def _shifted(today: date, by: int) -> date | None:
    with suppress(OverflowError):
        return today + timedelta(days=by)
    return None


def _date(year: int, month: int, day_of_month: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day_of_month)
    return None


def _month(name: str) -> int:
    """1-12, also for the beginning of a name; 0 when there is none."""
    if len(name) < _SHORTEST_MONTH:
        return 0
    for months in _MONTHS.values():
        for position, month in enumerate(months.split(), start=1):
            if month.startswith(name) or name == f"{month[:3]}t":
                return position
    return _OTHER_MONTHS.get(name, 0)
