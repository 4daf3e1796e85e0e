"""The items of a form from the tree that pyxform reads. Pure; knows no file.

What a chat cannot do is refused here with its row and a remedy, and so is a word in one of our
own columns that means nothing. Every problem is reported before anything is given up.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.survey import form_columns as columns
from bot.survey import form_repeats
from bot.survey.form_columns import UnknownWord
from bot.survey.form_kinds import KINDS, NOT_IN_CHAT, NOT_NEEDED, refusal
from bot.survey.form_options import Lists, options_of
from bot.survey.form_reading import Node, Reading, joined, text_of
from bot.survey.questionnaire import SILENT, Item, Kind, Labels
from bot.survey.xpath_repeats import Repeat

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Within:
    """What the groups around an item say about it."""

    conditions: tuple[str, ...] = ()
    section: Labels = field(default_factory=dict)
    repeated: bool = False

    def inside(self, group: Node, language: str) -> "_Within":
        condition = str(group.get("bind", {}).get("relevant", "")).strip()
        section = columns.labels(group.get("label"), language)
        conditions = (*self.conditions, condition) if condition else self.conditions
        return replace(self, conditions=conditions, section=section or self.section)


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    lists: Lists
    items: list[Item] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)


def items_of(reading: Reading, lists: Lists) -> tuple[Item, ...]:
    found = _Found(lists)
    _gather(reading, reading.tree, _Within(), found)
    return form_repeats.seen_from_outside(found.items, found.repeats)


def _gather(reading: Reading, parent: Node, within: _Within, found: _Found) -> None:
    for node in parent.get("children", ()):
        kind, name = str(node["type"]), str(node["name"])
        written = name in reading.sheets.items  # else pyxform added it: meta, or_other
        if not written or kind in NOT_NEEDED:
            continue
        if kind == "group":
            _gather(reading, node, within.inside(node, reading.language), found)
        elif kind == "repeat":
            count = form_repeats.count_of(node, parent["children"])
            _gather_repeat(reading, node, count, within.inside(node, reading.language), found)
        elif kind in KINDS:
            found.items.append(_item(reading, found.lists, node, KINDS[kind], within))
        else:
            reading.report.survey(reading.sheets.item(name), *refusal(kind))


def _gather_repeat(
    reading: Reading, node: Node, count: str, within: _Within, found: _Found
) -> None:
    name, applies = str(node["name"]), joined(within.conditions)
    if within.repeated:
        reading.report.survey(
            reading.sheets.item(name), "A repeat stands inside a repeat.",
            "Write the questions of the inner one out, each with a name of its own.",
        )  # fmt: skip
        return
    instances = form_repeats.instances_of(reading, node, count, found.items, applies)
    inner = _Found(found.lists)
    _gather(reading, node, replace(within, repeated=True), inner)
    if instances is None:
        found.items.extend(inner.items)  # its questions are still looked at, each once
        return
    repeat, items = form_repeats.written_out(reading, name, inner.items, instances, applies)
    found.items.extend(items)
    found.repeats.append(repeat)


def _item(reading: Reading, lists: Lists, node: Node, kind: Kind, within: _Within) -> Item:
    row = reading.sheets.item(str(node["name"]))
    bind, parameters = node.get("bind", {}), node.get("parameters") or {}
    _refuse_what_a_chat_lacks(reading, node, row)
    value = _value(reading, node, kind)

    def cell(column: str, read: Callable[[object], T], otherwise: T, raw: object = None) -> T:
        try:
            return read(node.get(column) if raw is None else raw)
        except UnknownWord as wrong:
            reading.report.survey(row, f"The column {column} holds an unknown word.", str(wrong))
            return otherwise

    return Item(
        name=str(node["name"]),
        kind=kind,
        labels=columns.labels(node.get("label"), reading.language),
        hints=columns.labels(node.get("hint"), reading.language),
        options=options_of(reading, lists, node) if kind.startswith(("select", "rank")) else (),
        required=cell("required", columns.yes, False, bind.get("required", "")),
        required_messages=columns.labels(bind.get("jr:requiredMsg"), reading.language),
        relevant=joined((*within.conditions, text_of(bind, "relevant"))),
        constraint=text_of(bind, "constraint"),
        constraint_messages=columns.labels(bind.get("jr:constraintMsg"), reading.language),
        choice_filter=text_of(node, "choice_filter"),
        calculation=value.calculation,
        default=value.default,
        computed_default=value.computed_default,
        read_only=value.read_only,
        randomize=str(parameters.get("randomize", "")).lower() == "true",
        start=float(parameters.get("start", 1 if kind == "range" else 0)),
        stop=float(parameters.get("end", 10 if kind == "range" else 0)),
        step=float(parameters.get("step", 1)),
        section=within.section,
        dimension=text_of(node, "dimension"),
        level=cell("level", lambda word: columns.one_of(word, columns.LEVELS), ""),
        moment=cell("moment", lambda word: columns.one_of(word, columns.MOMENTS), ""),
        pair=text_of(node, "pair"),
        scm=text_of(node, "scm"),
        voice=cell("voice", columns.yes, False),
        probes=columns.probes(node.get("probes"), reading.language),
        once_per_respondent=cell("once_per_respondent", columns.yes, False),
        store_as=text_of(node, "store_as"),
        extra=_extra(node, kind),
    )


def _extra(node: Node, kind: Kind) -> dict[str, str]:
    appearance = text_of(node.get("control") or {}, "appearance")
    several = kind == "text" and "multiline" in appearance.split()
    told = {"ltsi": text_of(node, "ltsi"), "appearance": "multiline" if several else ""}
    return {column: text for column, text in told.items() if text}


def _refuse_what_a_chat_lacks(reading: Reading, node: Node, row: int | None) -> None:
    for column, remedy in NOT_IN_CHAT.items():
        if column in node:
            reading.report.survey(row, f"A chat has no use for the column {column}.", remedy)


@dataclass(frozen=True, slots=True)
class _Value:
    """Where the value of an item comes from, beside the person."""

    default: str = ""
    computed_default: str = ""
    calculation: str = ""
    read_only: bool = False


def _value(reading: Reading, node: Node, kind: Kind) -> _Value:
    default, calculation = text_of(node, "default"), text_of(node.get("bind", {}), "calculate")
    computed = default if node.get("_dynamic_default") else ""
    fixed = "" if computed else default
    if kind in SILENT:
        if computed:
            reading.report.survey(
                reading.sheets.item(str(node["name"])),
                "The default is computed.",
                "Use a calculate, with the expression in the column calculation.",
            )
        return _Value(fixed, calculation=calculation)
    if kind == "note" or _is_read_only(node):
        source = calculation or computed
        return _Value(fixed, calculation=source, read_only=bool(source or fixed) or kind != "note")
    return _Value(fixed, computed or calculation)  # what is calculated, a person may still change


def _is_read_only(node: Node) -> bool:
    return str(node.get("bind", {}).get("readonly", "")).strip().lower() in {
        "yes",
        "true()",
        "true",
    }
