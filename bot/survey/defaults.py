"""What a card proposes while there is no answer: the default of the form. Pure; a proposal is no answer until it is kept.

A computed default is read when the card is drawn, so that it may look at earlier answers. One that is no answer to
the question (an option that is filtered out, a number beyond the constraint) is not proposed.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from bot.survey.domains import longest, most_ticked
from bot.survey.flow import computed, permits
from bot.survey.questionnaire import Item
from bot.survey.scene import Scene

_NUMBERS: Final = {
    "integer": re.compile(r"-?[0-9]{1,15}"),
    "decimal": re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"),
    "range": re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"),
}
_CLOCK: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_DAY: Final = len("2026-11-25")
_MINUTE: Final = len("2026-11-25T14:30")


def proposed(scene: Scene, item: Item) -> str:
    """'' when there is nothing to propose."""
    if not item.asked or not (item.default or item.computed_default):
        return ""
    value = item.default or _as_answered(item, _computed(scene, item))
    offered = {option.code for option in scene.path.options.get(item.name, ())}
    if not is_answer(item, value) or (item.options and not offered.issuperset(value.split())):
        return ""
    return value if permits(item, value, scene.path.values, scene.now) else ""


def _computed(scene: Scene, item: Item) -> str:
    return computed(
        item.computed_default, item, scene.questionnaire, scene.response,
        values=scene.path.values, now=scene.now,
    )  # fmt: skip


def is_answer(item: Item, value: str) -> bool:
    """Whether it is one in form; the constraint may say otherwise."""
    match item.kind:
        case "select_one":
            return item.option(value) is not None
        case "select_multiple" | "rank":
            return _are_codes(item, value.split())
        case "integer" | "decimal" | "range":
            return _is_number(item, value)
        case "date" | "time" | "datetime":
            return _is_moment(item, value)
        case "text":
            return bool(value) and len(value) <= longest(item)
        case _:
            return False


def _are_codes(item: Item, codes: list[str]) -> bool:
    options = [option for code in codes if (option := item.option(code))]
    alone = len(codes) == 1 or not any(option.exclusive for option in options)
    most = most_ticked(item) or len(item.options)
    return alone and 0 < len(codes) == len(options) == len(set(codes)) <= most


def _is_number(item: Item, value: str) -> bool:
    if not _NUMBERS[item.kind].fullmatch(value):
        return False
    if item.kind != "range":
        return True
    start, stop, step = (Decimal(str(one)) for one in (item.start, item.stop, item.step))
    return start <= Decimal(value) <= stop and step > 0 and (Decimal(value) - start) % step == 0


def _is_moment(item: Item, value: str) -> bool:
    day, _, clock = value.rpartition("T")
    if (item.kind != "date" and not _CLOCK.fullmatch(clock)) or (item.kind == "time" and day):
        return False
    try:
        return item.kind == "time" or bool(
            date.fromisoformat(day if item.kind == "datetime" else value)
        )
    except ValueError:
        return False


def _as_answered(item: Item, value: str) -> str:
    """now() is more exact than a person is."""
    if item.kind == "date":
        return value[:_DAY]
    return value[:_MINUTE] if item.kind == "datetime" else value
