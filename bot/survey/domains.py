"""Which answers an item takes: reads what was typed into a value, or says by a Notice what is wrong with it.

Pure, one function per kind of item. The author's own constraint is checked in replies.py, because it
may look at other answers; the limits that can be read off a constraint (how many, how long, from-to)
are found here, since a chat has to name them before it refuses.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bot.survey.prompts import Notice, OptionView
from bot.survey.questionnaire import Item, Language
from bot.survey.typed import choice, choices, number, number_text
from bot.survey.typed_days import day, day_text

LONGEST_TEXT: Final = 4000  # below what one Telegram message carries
LONGEST_OTHER: Final = 200
MOST_BUTTONS: Final = 21  # a range with more steps is typed

_NUMBER: Final = r"(-?[0-9]+(?:\.[0-9]+)?)"


def read(
    item: Item, options: Sequence[OptionView], text: str, language: Language, now: datetime
) -> str | Notice:
    """The value of a cleaned text; for a choice the codes, space-joined."""
    match item.kind:
        case "select_one":
            index = choice(text, [option.label for option in options])
            return needs_choice(options) if index is None else options[index].code
        case "select_multiple":
            found = choices(text, [option.label for option in options])
            return needs_choice(options) if found is None else _codes(options, found)
        case "integer" | "decimal" | "range":
            return _read_number(item, text, language)
        case "date":
            found_day = day(text, now.date())
            return _date_notice(text, language, now) if found_day is None else found_day.isoformat()
        case _:
            return text or Notice("tulisan_diperlukan")


def refuse_unsupported(
    item: Item, options: Sequence[OptionView], kind: str, language: Language, now: datetime
) -> Notice:
    """A sticker, a photo, a voice message: what this item needs instead."""
    match item.kind:
        case "select_one" | "select_multiple":
            return needs_choice(options)
        case "integer" | "decimal" | "range":
            return Notice("angka_diperlukan", {"contoh": _example(item, language)})
        case "date":
            return Notice("tanggal_diperlukan", {"contoh": day_text(now.date(), language)})
        case _:
            return Notice("suara_tidak_diterima" if kind == "voice" else "tulisan_diperlukan")


def needs_choice(options: Sequence[OptionView]) -> Notice:
    return Notice("jawaban_perlu_pilihan", {"n": str(len(options))})


def steps(item: Item) -> tuple[str, ...]:
    """The values of a short range, to be shown as buttons."""
    if item.kind != "range" or item.step <= 0 or item.stop < item.start:
        return ()
    start, step = Decimal(str(item.start)), Decimal(str(item.step))
    count = int((Decimal(str(item.stop)) - start) / step) + 1
    if count > MOST_BUTTONS:
        return ()
    return tuple(number_text(start + step * index) for index in range(count))


def most_ticked(item: Item) -> int | None:
    return _limit("count-selected", item.constraint) if item.kind == "select_multiple" else None


def longest(item: Item) -> int:
    return min(_limit("string-length", item.constraint) or LONGEST_TEXT, LONGEST_TEXT)


def maximum(item: Item) -> int | None:
    match item.kind:
        case "select_multiple":
            return most_ticked(item)
        case "text":
            return longest(item)
        case _:
            return None


def joined(item: Item, codes: Sequence[str]) -> str:
    """Chosen codes in the order of the questionnaire, whatever the order of the taps."""
    return " ".join(option.code for option in item.options if option.code in codes)


def with_ticked(item: Item, chosen: Sequence[str], code: str) -> tuple[str, ...]:
    """Ticking an exclusive option clears the others; ticking another clears the exclusive ones."""
    option = item.option(code)
    if option is not None and option.exclusive:
        return (code,)
    exclusive = {other.code for other in item.options if other.exclusive}
    return (*(other for other in chosen if other not in exclusive and other != code), code)


def _codes(options: Sequence[OptionView], indexes: Sequence[int]) -> str:
    return " ".join(options[index].code for index in indexes)


def _read_number(item: Item, text: str, language: Language) -> str | Notice:
    value = number(text, language)
    if value is None or not _fits(item, value):
        return _number_notice(item, text, language)
    return number_text(value)


def _fits(item: Item, value: Decimal) -> bool:
    if item.kind == "integer":
        return value == value.to_integral_value()
    if item.kind == "range":
        start, stop, step = (Decimal(str(edge)) for edge in (item.start, item.stop, item.step))
        return start <= value <= stop and (step <= 0 or (value - start) % step == 0)
    return True


def number_refused(item: Item, value: str, language: Language) -> Notice | None:
    """The sentence with from-to for a number that the constraint refuses, where its bounds are known."""
    return None if bounds(item) == ("", "") else _number_notice(item, value, language)


def bounds(item: Item) -> tuple[str, str]:
    if item.kind == "range":
        return number_text(Decimal(str(item.start))), number_text(Decimal(str(item.stop)))
    return _bounds(item.constraint)


def _number_notice(item: Item, text: str, language: Language) -> Notice:
    least, most = bounds(item)
    example = _example(item, language)
    entered = text[:40]
    if not least or not most:
        return Notice("angka_saja", {"masukan": entered, "contoh": example})
    limits = {"min": spoken(least, language), "maks": spoken(most, language)}
    return Notice("angka_salah", {"masukan": entered, **limits, "contoh": example})


def _example(item: Item, language: Language) -> str:
    least, most = bounds(item)
    if least and most:
        between = (Decimal(least) + Decimal(most)) / 2
        return spoken(number_text(between.to_integral_value()), language)
    return spoken("1250.5" if item.kind == "decimal" else "12", language)


def spoken(value: str, language: Language) -> str:
    return value.replace(".", ",") if language == "id" else value


def _date_notice(text: str, language: Language, now: datetime) -> Notice:
    return Notice("tanggal_salah", {"masukan": text[:40], "contoh": day_text(now.date(), language)})


def spoken_day(value: str, language: Language) -> str:
    try:
        return day_text(date.fromisoformat(value), language)
    except ValueError:
        return value


@lru_cache(maxsize=512)
def _limit(function: str, constraint: str) -> int | None:
    """N where the constraint says function(.) <= N."""
    found = re.search(rf"{function}\(\s*\.\s*\)\s*(<=|<)\s*([0-9]+)", constraint)
    return int(found[2]) - (found[1] == "<") if found else None


@lru_cache(maxsize=512)
def _bounds(constraint: str) -> tuple[str, str]:
    if re.search(r"\bor\b", constraint):
        return "", ""
    least = re.search(rf"(?<![\w)])\.\s*>=\s*{_NUMBER}", constraint)
    most = re.search(rf"(?<![\w)])\.\s*<=\s*{_NUMBER}", constraint)
    return (least[1] if least else ""), (most[1] if most else "")
