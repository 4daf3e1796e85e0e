"""What people type, read as numbers: "1.250,5". Choices: typed_choices.py; days: typed_days.py; hours: typed_clock.py.

Pure; answers None where a text cannot be read, and never raises. Which answers are allowed is the
business of domains.py.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from bot.survey.questionnaire import Language

_UNSEEN: Final = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
LONGEST_NUMBER: Final = 18  # digits; longer is a telephone number or a slip


def cleaned(text: str) -> str:
    """Without NUL and other control characters (PostgreSQL refuses NUL), line breaks kept.

    Nor with signs that nobody sees and that turn the words around them: a title with one would turn a whole poster.
    """
    kept = (
        letter
        for letter in _UNSEEN.sub("", text.replace("\r\n", "\n"))
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
