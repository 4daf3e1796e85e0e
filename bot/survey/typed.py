"""What people type, read as numbers and choices: "1.250,5", "2", "setuju". Days: typed_days.py; hours: typed_clock.py.

Pure; answers None where a text cannot be read, and never raises. Which answers are allowed is the
business of domains.py.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from bot.survey.questionnaire import Language

LONGEST_NUMBER: Final = 18  # digits; longer is a telephone number or a slip


def cleaned(text: str) -> str:
    """Without NUL and other control characters (PostgreSQL refuses NUL), line breaks kept."""
    kept = (
        letter
        for letter in text.replace("\r\n", "\n")
        if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
    )
    return "".join(kept).strip()


def number(text: str, language: Language) -> Decimal | None:
    """The likeliest reading."""
    return next(iter(numbers(text, language)), None)


def numbers(text: str, language: Language) -> tuple[Decimal, ...]:
    """1.250,5 and 1250.5 alike. "1.250" may be 1250 or 1.25: both, first as the language writes it."""
    compact = re.sub(r"^rp\.?|\s|%$", "", text.strip().lower())
    if not re.fullmatch(r"[+-]?[0-9][0-9.,]*", compact) or len(compact) > LONGEST_NUMBER:
        return ()
    marks = ".," if language == "id" else ",."
    read = (_number(*_split(compact, thousands)) for thousands in marks)
    return tuple(dict.fromkeys(one for one in read if one is not None))


def number_text(value: Decimal) -> str:
    """The form that is stored: a point, no exponent, no trailing zeros."""
    if value == 0:
        return "0"  # also for -0.0
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def choice(text: str, labels: Sequence[str]) -> int | None:
    """Which label is meant: by its words, its number in the list, or by the only one that begins so.

    Where the labels carry numbers of their own ("0 - belum", "1 - sudah"), those are meant.
    """
    wanted = _folded(text)
    folded = [_folded(label) for label in labels]
    if wanted in folded:
        return folded.index(wanted)
    if re.fullmatch(r"[0-9]{1,3}", wanted):
        return _numbered(int(wanted), folded)
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


def _number(whole: str, fraction: str) -> Decimal | None:
    if not re.fullmatch(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*|[+-]?[0-9]+", whole):
        return None
    if not re.fullmatch(r"[0-9]*", fraction):
        return None
    return Decimal(re.sub(r"[.,]", "", whole) + ("." + fraction if fraction else ""))


def _split(compact: str, thousands: str) -> tuple[str, str]:
    """Whole part and fraction of a number written with one or two kinds of separators."""
    last = max(compact.rfind("."), compact.rfind(","))
    if last < 0:
        return compact, ""
    mark, before, after = compact[last], compact[:last], compact[last + 1 :]
    alone = "." not in before and "," not in before
    grouped = mark in before or (alone and mark == thousands and re.fullmatch(r"[0-9]{3}", after))
    return (compact, "") if grouped else (before, after)


def _numbered(wanted: int, labels: Sequence[str]) -> int | None:
    found = [re.match(r"([0-9]{1,3})(?![0-9])", label) for label in labels]
    own = [int(number[1]) if number else None for number in found]
    place = wanted - 1 if 1 <= wanted <= len(labels) else None
    if sum(number is not None for number in own) <= 1:
        return place
    meant = {at for at, number in enumerate(own) if number == wanted}
    if place is not None and own[place] is None:
        meant.add(place)
    return meant.pop() if len(meant) == 1 else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" .!\"'")
