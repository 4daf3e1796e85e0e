"""A repeat written out for the chat: each question once per instance, named x[1], x[2], ... Pure.

1. repeat_count is a number, or says in an expression how many instances there are.
2. A chat must know how many there can be at most: from the constraint or the options of the question that the count
   reads, or from our own column repeat_max. At most MOST_INSTANCES.
3. Instance 3 is asked only when the count is 3 or more; its section says "(3 dari 4)".
4. A count that is more than the whole answer of one question is kept as a calculate, NAME_count.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.survey.domains import most_ticked
from bot.survey.form_reading import Node, Reading, joined, text_of
from bot.survey.questionnaire import Item, Labels
from bot.survey.xpath_repeats import Repeat, inside, inside_text, outside

MOST_INSTANCES: Final = 20
MOST_QUESTIONS: Final = 300  # of one repeat, all instances together

_ONE_ITEM: Final = re.compile(r"(?:number|int)?\(?\s*\$\{\s*([^}\s]+)\s*\}\s*\)?")
_TICKED: Final = re.compile(r"count-selected\(\s*\$\{\s*([^}\s]+)\s*\}\s*\)")
_UP_TO: Final = re.compile(r"(?<![\w)])\.\s*(<=|<|=)\s*([0-9]+)\s*(?:\)|and\b|$)")
_OF: Final = {"id": "dari", "en": "of"}
_UNTITLED: Final[Labels] = {"id": "Isian", "en": "Entry"}
_UNCOUNTED: Final = (
    "The repeat does not say how often it is asked.",
    "Fill the column repeat_count with a number, or with the answer that says it: ${how_many}.",
)
_UNLIMITED: Final = (
    "A chat must know how often the repeat can be asked at most.",
    "Write the number into the column repeat_max, or limit the answer it counts: . <= 5.",
)


@dataclass(frozen=True, slots=True)
class Instances:
    """How many instances of a repeat are asked."""

    most: int
    source: str  # an expression; '' when there are always `most`
    total: str  # as the section says it
    counted: Item | None = None  # the calculate that holds it, where it has to be kept

    def condition(self, place: int) -> str:
        return f"{self.source} >= {place}" if self.source else ""


def count_of(node: Node, siblings: Sequence[Node]) -> str:
    """The column repeat_count: pyxform moves an expression to an item of its own, before the repeat."""
    written = text_of(node.get("control") or {}, "jr:count")
    moved = f"{node['name']}_count"
    if written != f"${{{moved}}}":
        return written
    made = [one for one in siblings if one["name"] == moved and one.get("bind", {}).get("readonly")]
    return text_of(made[0]["bind"], "calculate") if made else written


def instances_of(
    reading: Reading, node: Node, source: str, before: Sequence[Item], applies: str
) -> Instances | None:
    """None when it was reported what is wrong."""
    name = str(node["name"])
    if source.isdecimal():
        known = Instances(int(source), "", source)
        return known if _fits(reading, name, known.most, "repeat_count") else None
    if not source:
        _refuse(reading, name, *_UNCOUNTED)
        return None
    most, stated = _most_counted(source, before), _stated(reading, node)
    limit = min((one for one in (most, stated) if one is not None), default=None)
    if limit is None:
        _refuse(reading, name, *_UNLIMITED)
        return None
    if not _fits(reading, name, limit, "repeat_max"):
        return None
    whole = _ONE_ITEM.fullmatch(source)
    if whole and limit == most and _is_number(whole[1], before):
        return Instances(limit, f"number(${{{whole[1]}}})", f"${{{whole[1]}}}")
    return _kept(reading, name, source, limit, applies)


def written_out(
    reading: Reading, name: str, items: Sequence[Item], instances: Instances, applies: str
) -> tuple[Repeat, tuple[Item, ...]]:
    """The repeat as expressions see it, and its questions, instance by instance."""
    names = {
        item.name: tuple(f"{item.name}[{place}]" for place in range(1, instances.most + 1))
        for item in items
    }
    repeat = Repeat(name, _as_expression(instances, applies), names)
    if len(items) * instances.most > MOST_QUESTIONS:
        what = f"The repeat makes {len(items) * instances.most} questions."
        _refuse(reading, name, what, f"Ask less, or less often: at most {MOST_QUESTIONS}.")
        return repeat, ()
    out = tuple(
        _instance(item, repeat, instances, place)
        for place in range(1, instances.most + 1)
        for item in items
    )
    return repeat, (*((instances.counted,) if instances.counted else ()), *out)


def seen_from_outside(items: Sequence[Item], repeats: Sequence[Repeat]) -> tuple[Item, ...]:
    """What stands outside of a repeat reads all its answers."""
    seen = list(items)
    for repeat in repeats:
        own = {name for names in repeat.items.values() for name in names}
        reword = partial(outside, repeat=repeat)
        seen = [item if item.name in own else _reworded(item, reword) for item in seen]
    return tuple(seen)


def _stated(reading: Reading, node: Node) -> int | None:
    written = text_of(node, "repeat_max")
    if not written:
        return None
    if written.isdecimal():
        return int(written)
    what = "The column repeat_max holds an unknown word."
    _refuse(reading, str(node["name"]), what, "Write a whole number, such as 5.")
    return MOST_INSTANCES  # so that nothing more is said about it


def _fits(reading: Reading, name: str, most: int, column: str) -> bool:
    if 1 <= most <= MOST_INSTANCES:
        return True
    remedy = f"Write a number from 1 to {MOST_INSTANCES} into the column {column}."
    _refuse(reading, name, f"The repeat can be asked {most} times.", remedy)
    return False


def _most_counted(source: str, before: Sequence[Item]) -> int | None:
    """The most that the count can come to, where one question says it."""
    items = {item.name: item for item in before}
    if (ticked := _TICKED.fullmatch(source)) and ticked[1] in items:
        item = items[ticked[1]]
        return most_ticked(item) or len(item.options) or None
    whole = _ONE_ITEM.fullmatch(source)
    item_counted = items.get(whole[1]) if whole else None
    return _highest(item_counted) if item_counted else None


def _highest(item: Item) -> int | None:
    if item.kind == "range":
        return int(item.stop)
    if item.kind == "integer" and not re.search(r"\bor\b", item.constraint):
        limits = [int(n) - (sign == "<") for sign, n in _UP_TO.findall(item.constraint)]
        return min(limits, default=None)
    codes = [option.code for option in item.options]
    if item.kind == "select_one" and any(code.isdecimal() for code in codes):
        return max(int(code) for code in codes if code.isdecimal())
    return None


def _is_number(name: str, before: Sequence[Item]) -> bool:
    return any(item.name == name and item.kind in {"integer", "range"} for item in before)


def _kept(reading: Reading, name: str, source: str, most: int, applies: str) -> Instances:
    taken = f"{name}_asked" if f"{name}_count" in reading.sheets.items else f"{name}_count"
    number = f"number({source})"
    counted = Item(
        taken,
        "calculate",
        relevant=applies,
        calculation=f"if({number} >= 1, min(floor({number}), {most}), 0)",
    )
    return Instances(most, f"number(${{{taken}}})", f"${{{taken}}}", counted)


def _as_expression(instances: Instances, applies: str) -> str:
    """How many there are, for count(${repeat}): none when the repeat does not apply."""
    if not instances.source:
        return f"if({applies}, {instances.most}, 0)" if applies else str(instances.most)
    conditions = joined((applies, instances.condition(1)))
    return f"if({conditions}, floor({instances.source}), 0)"


def _instance(item: Item, repeat: Repeat, instances: Instances, place: int) -> Item:
    own = _reworded(item, lambda text: inside(text, repeat, place))

    def texts(labels: Labels) -> Labels:
        return {code: inside_text(text, repeat, place) for code, text in labels.items()}

    return replace(
        own,
        name=repeat.items[item.name][place - 1],
        relevant=joined((instances.condition(place), own.relevant)),
        labels=texts(item.labels),
        hints=texts(item.hints),
        constraint_messages=texts(item.constraint_messages),
        required_messages=texts(item.required_messages),
        section=_numbered(texts(item.section), place, instances.total),
    )


def _reworded(item: Item, reword: Callable[[str], str]) -> Item:
    return replace(
        item,
        relevant=reword(item.relevant),
        constraint=reword(item.constraint),
        choice_filter=reword(item.choice_filter),
        calculation=reword(item.calculation),
        computed_default=reword(item.computed_default),
    )


def _numbered(section: Labels, place: int, total: str) -> Labels:
    if not section:
        return {code: f"{word} {place} {_OF[code]} {total}" for code, word in _UNTITLED.items()}
    return {
        code: f"{text} ({place} {_OF[code]} {total})"
        if code in _OF
        else f"{text} ({place}/{total})"
        for code, text in section.items()
    }


def _refuse(reading: Reading, name: str, what: str, remedy: str) -> None:
    reading.report.survey(reading.sheets.item(name), what, remedy)
