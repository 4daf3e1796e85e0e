"""What people type, read as numbers, dates and choices: "1.250,5", "besok", "25 November 2026", "2", "setuju".

Pure; answers None where a text cannot be read, and never raises. Which answers are allowed is the
business of domains.py.
"""

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from bot.survey.questionnaire import Language

LONGEST_NUMBER: Final = 18  # digits; longer is a telephone number or a slip

_MONTHS: Final = {
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "en": "january february march april may june july august september october november december",
}
_SHORTEST_MONTH: Final = 3
_RELATIVE_DAYS: Final = {
    "kemarin": -1, "yesterday": -1, "hari ini": 0, "sekarang": 0, "today": 0, "besok": 1,
    "tomorrow": 1, "lusa": 2,
}  # fmt: skip


def cleaned(text: str) -> str:
    """Without NUL and other control characters (PostgreSQL refuses NUL), line breaks kept."""
    kept = (
        letter
        for letter in text.replace("\r\n", "\n")
        if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
    )
    return "".join(kept).strip()


def number(text: str, language: Language) -> Decimal | None:
    """1.250,5 and 1250.5 alike; a lone separator before three digits follows the language."""
    compact = re.sub(r"^rp\.?|\s|%$", "", text.strip().lower())
    if not re.fullmatch(r"[+-]?[0-9][0-9.,]*", compact) or len(compact) > LONGEST_NUMBER:
        return None
    whole, fraction = _split(compact, "." if language == "id" else ",")
    if not re.fullmatch(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3}(?:\1[0-9]{3})*)?|[+-]?[0-9]+", whole):
        return None
    if not re.fullmatch(r"[0-9]*", fraction):
        return None
    return Decimal(re.sub(r"[.,]", "", whole) + ("." + fraction if fraction else ""))


def number_text(value: Decimal) -> str:
    """The form that is stored: a point, no exponent, no trailing zeros."""
    if value == 0:
        return "0"  # also for -0.0
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(text: str, today: date) -> date | None:
    words = " ".join(text.lower().replace(",", " ").split())
    if words in _RELATIVE_DAYS:
        return today + timedelta(days=_RELATIVE_DAYS[words])
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", words):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})", words):
        return _date(int(found[3]), int(found[2]), int(found[1]))
    if found := re.fullmatch(r"([0-9]{1,2})[- ]([a-z]+)\.?[- ]([0-9]{4})", words):
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    return None


def day_text(value: date, language: Language) -> str:
    months = _MONTHS.get(language, _MONTHS["en"]).split()
    return f"{value.day} {months[value.month - 1].capitalize()} {value.year}"


def choice(text: str, labels: Sequence[str]) -> int | None:
    """Which label is meant: by its number in the list, by its words, or by the only one that begins so."""
    wanted = _folded(text)
    if re.fullmatch(r"[0-9]{1,3}", wanted):
        return int(wanted) - 1 if 1 <= int(wanted) <= len(labels) else None
    folded = [_folded(label) for label in labels]
    if wanted in folded:
        return folded.index(wanted)
    begins = [index for index, label in enumerate(folded) if wanted and label.startswith(wanted)]
    return begins[0] if len(begins) == 1 else None


def choices(text: str, labels: Sequence[str]) -> tuple[int, ...] | None:
    """Several, separated by commas, semicolons, line breaks or "dan": all must be readable."""
    if (whole := choice(text, labels)) is not None:
        return (whole,)
    separators = r"[\s,;&]+" if re.fullmatch(r"[0-9\s,;&]+", text) else r"[,;&\n]|\bdan\b|\band\b"
    parts = [part for part in re.split(separators, text) if part.strip()]
    found = [choice(part, labels) for part in parts]
    meant = tuple(dict.fromkeys(index for index in found if index is not None))
    return meant if meant and None not in found else None


def _split(compact: str, thousands: str) -> tuple[str, str]:
    """Whole part and fraction of a number written with one or two kinds of separators."""
    last = max(compact.rfind("."), compact.rfind(","))
    if last < 0:
        return compact, ""
    mark, before, after = compact[last], compact[:last], compact[last + 1 :]
    alone = "." not in before and "," not in before
    grouped = mark in before or (alone and mark == thousands and re.fullmatch(r"[0-9]{3}", after))
    return (compact, "") if grouped else (before, after)


def _date(year: int, month: int, day_of_month: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day_of_month)
    return None


def _month(name: str) -> int:
    """1-12, also for the beginning of a name; 0 when there is none."""
    if len(name) < _SHORTEST_MONTH:
        return 0
    aliases = {"agt": 8, "okt": 10, "des": 12, "sept": 9}
    for months in _MONTHS.values():
        for position, month in enumerate(months.split(), start=1):
            if month.startswith(name):
                return position
    return aliases.get(name, 0)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" .!\"'")
