"""What an item takes: how many, how long, from-to, voice or several messages, and how choices go together. Pure.

The limits are read off the author's constraint, since a chat has to name them before it refuses. The constraint itself
is checked in outcomes.py, because it may look at other answers; what was typed is read in readings.py.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bot.survey.questionnaire import Item, Language
from bot.survey.typed import number_text

LONGEST_TEXT: Final = 4000  # below what one Telegram message carries
LONGEST_OTHER: Final = 200
MOST_BUTTONS: Final = 21  # a range with more steps is typed

_NUMBER: Final = r"(-?[0-9]+(?:\.[0-9]+)?)"


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
    several = item.kind in {"select_multiple", "rank"}
    return _limit("count-selected", item.constraint) if several else None


def longest(item: Item) -> int:
    return min(_limit("string-length", item.constraint) or LONGEST_TEXT, LONGEST_TEXT)


def maximum(item: Item) -> int | None:
    match item.kind:
        case "select_multiple" | "rank":
            return most_ticked(item)
        case "text":
            return longest(item)
        case _:
            return None


def takes_voice(item: Item) -> bool:
    return item.kind == "audio" or (item.kind == "text" and item.voice)


def collects(item: Item) -> bool:
    """Whether an answer may come in several messages, until "Selesai"."""
    return takes_voice(item) or (
        item.kind == "text" and "multiline" in str(item.extra.get("appearance", ""))
    )


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


def bounds(item: Item) -> tuple[str, str]:
    if item.kind == "range":
        return number_text(Decimal(str(item.start))), number_text(Decimal(str(item.stop)))
    return _bounds(item.constraint)


def spoken(value: str, language: Language) -> str:
    return value.replace(".", ",") if language == "id" else value


@lru_cache(maxsize=512)
def _limit(function: str, constraint: str) -> int | None:
    """N where the constraint says function(.) <= N, or = N."""
    found = re.search(rf"{function}\(\s*\.\s*\)\s*(<=|<|=)\s*([0-9]+)", constraint)
    return int(found[2]) - (found[1] == "<") if found else None


@lru_cache(maxsize=512)
def _bounds(constraint: str) -> tuple[str, str]:
    if re.search(r"\bor\b", constraint):
        return "", ""
    least = re.search(rf"(?<![\w)])\.\s*>=\s*{_NUMBER}", constraint)
    most = re.search(rf"(?<![\w)])\.\s*<=\s*{_NUMBER}", constraint)
    return (least[1] if least else ""), (most[1] if most else "")
