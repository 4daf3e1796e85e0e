"""The items of a form from the tree that pyxform reads. Pure; knows no file.

What a chat cannot do is refused here with its row and a remedy, and so is a word in one of our
own columns that means nothing. Every problem is reported before anything is given up.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.survey import form_columns as columns
from bot.survey.form_columns import UnknownWord
from bot.survey.form_problems import Report
from bot.survey.questionnaire import Item, Kind, Labels, Option
from bot.survey.sheets import Sheets

Node = Mapping[str, Any]
Lists = Mapping[str, tuple[Option, ...]]
T = TypeVar("T")

_KINDS: Mapping[str, Kind] = {
    "select one": "select_one",
    "select all that apply": "select_multiple",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "range": "range",
    "date": "date",
    "text": "text",
    "string": "text",
    "note": "note",
    "hidden": "hidden",
    "calculate": "calculate",
    "rank": "rank",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "time": "time",
    "dateTime": "datetime",
    "datetime": "datetime",
    "audio": "audio",
    "photo": "image",
    "file": "file",
    # the words of older forms
    "add text prompt": "text",
    "q string": "text",
    "add integer prompt": "integer",
    "q int": "integer",
    "add decimal prompt": "decimal",
    "q decimal": "decimal",
    "add date prompt": "date",
    "q date": "date",
    "add note prompt": "note",
    "q note": "note",
    "add calculate prompt": "calculate",
    "q calculate": "calculate",
}
_NOT_NEEDED = frozenset({  # what a device would fill; the bot keeps times and persons itself
    "start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit",
    "start-geopoint", "subscriberid", "simserial", "device id", "end time", "get device id",
    "get end time", "get phone number", "get sim id", "get start time", "get subscriber id",
    "get today", "phone number", "sim id", "start time", "subscriber id", "uri:deviceid",
    "uri:email", "uri:phonenumber", "uri:simserial", "uri:subscriberid", "uri:username",
})  # fmt: skip
_REMEDIES: Mapping[str, str] = {
    "select_one": "Write the name of its list behind it: select_one yesno.",
    "select_multiple": "Write the name of its list behind it: select_multiple reasons.",
    "repeat": "Write the questions out, each with a name of its own.",
    "q audio": "Write audio.",
    "geopoint": "Ask for the name of the place, as text or select_one.",
    "gps": "Ask for the name of the place, as text or select_one.",
    "barcode": "Ask for the number under the bars, as text.",
    "csv-external": "Put the options on the sheet choices.",
    "xml-external": "Put the options on the sheet choices.",
    "percentage": "Use range with start=0 end=100, or integer with a constraint.",
    "date time": "Write dateTime.",
}
_NOT_IN_CHAT: Mapping[str, str] = {  # by the name that pyxform gives the column
    "media": "Leave out the picture or sound and say it in words.",
    "trigger": "Leave the column empty: calculations follow every answer.",
}
_OTHER: Labels = {"id": "Lainnya (tulis)", "en": "Other (please write)"}
_OWN = frozenset({
    "name", "label", "media", "score", "missing", "exclusive", "free_text", "fixed", "end",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    tree: Node
    sheets: Sheets
    report: Report
    language: str  # of texts that name none


@dataclass(frozen=True, slots=True)
class _Within:
    """What the groups around an item say about it."""

    conditions: tuple[str, ...] = ()
    section: Labels = field(default_factory=dict)

    def inside(self, group: Node, language: str) -> "_Within":
        condition = str(group.get("bind", {}).get("relevant", "")).strip()
        section = columns.labels(group.get("label"), language)
        conditions = (*self.conditions, condition) if condition else self.conditions
        return _Within(conditions, section or self.section)


def lists_of(reading: Reading) -> Lists:
    """The lists of the sheet choices; items of different names may share one."""
    return {
        str(listed): tuple(_option(reading, str(listed), option) for option in options)
        for listed, options in reading.tree.get("choices", {}).items()
    }


def items_of(reading: Reading, lists: Lists) -> tuple[Item, ...]:
    return tuple(_inside(reading, lists, reading.tree, _Within()))


def _inside(reading: Reading, lists: Lists, node: Node, within: _Within) -> Iterator[Item]:
    for child in node.get("children", ()):
        kind, name = str(child["type"]), str(child["name"])
        written = reading.sheets.item(name) is not None  # else pyxform added it: meta, or_other
        if not written or kind in _NOT_NEEDED:
            continue
        if kind == "group":
            yield from _inside(reading, lists, child, within.inside(child, reading.language))
        elif kind in _KINDS:
            yield _item(reading, lists, child, _KINDS[kind], within)
        else:
            remedy = _REMEDIES.get(kind, "Leave it out or ask in another way.")
            reading.report.survey(
                reading.sheets.item(name), f'A chat cannot ask a question of type "{kind}".', remedy
            )


def _item(reading: Reading, lists: Lists, node: Node, kind: Kind, within: _Within) -> Item:
    row = reading.sheets.item(str(node["name"]))
    bind, parameters = node.get("bind", {}), node.get("parameters") or {}
    _refuse_what_a_chat_lacks(reading, node, row)

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
        options=_options(reading, lists, node) if kind.startswith(("select", "rank")) else (),
        required=cell("required", columns.yes, False, bind.get("required", "")),
        relevant=_joined((*within.conditions, _text(bind, "relevant"))),
        constraint=_text(bind, "constraint"),
        constraint_messages=columns.labels(bind.get("jr:constraintMsg"), reading.language),
        choice_filter=_text(node, "choice_filter"),
        calculation=_text(bind, "calculate"),
        default=_default(reading, node, row),
        randomize=str(parameters.get("randomize", "")).lower() == "true",
        start=float(parameters.get("start", 1 if kind == "range" else 0)),
        stop=float(parameters.get("end", 10 if kind == "range" else 0)),
        step=float(parameters.get("step", 1)),
        section=within.section,
        dimension=_text(node, "dimension"),
        level=cell("level", lambda word: columns.one_of(word, columns.LEVELS), ""),
        moment=cell("moment", lambda word: columns.one_of(word, columns.MOMENTS), ""),
        pair=_text(node, "pair"),
        scm=_text(node, "scm"),
        voice=cell("voice", columns.yes, False),
        probes=columns.probes(node.get("probes")),
        once_per_respondent=cell("once_per_respondent", columns.yes, False),
        store_as=_text(node, "store_as"),
        extra={"ltsi": _text(node, "ltsi")} if node.get("ltsi") else {},
    )


def _options(reading: Reading, lists: Lists, node: Node) -> tuple[Option, ...]:
    listed, row = str(node.get("itemset", "")), reading.sheets.item(str(node["name"]))
    if listed not in lists:
        reading.report.survey(
            row, f'The options "{listed}" are in another file.', "Put them on the sheet choices."
        )
    options = lists.get(listed, ())
    if row in reading.sheets.with_other:
        return options
    return tuple(option for option in options if not _added_by_or_other(reading, listed, option))


def _added_by_or_other(reading: Reading, listed: str, option: Option) -> bool:
    """It stands in no row, and pyxform adds it to the list for every question that shares the list."""
    return option.code == "other" and reading.sheets.option(listed, option.code) is None


def _option(reading: Reading, listed: str, node: Node) -> Option:
    code = str(node["name"])
    row = reading.sheets.option(listed, code)

    def cell(column: str, read: Callable[[object], T], otherwise: T) -> T:
        try:
            return read(node.get(column))
        except UnknownWord as wrong:
            reading.report.choices(row, f"The column {column} holds an unknown word.", str(wrong))
            return otherwise

    if row is None and code == "other":
        return _other_option(columns.labels(node.get("label"), reading.language))
    cell("update_superior", columns.yes, False)
    if "media" in node:
        reading.report.choices(row, "A chat button shows no media.", _NOT_IN_CHAT["media"])
    return Option(
        code=code,
        labels=columns.labels(node.get("label"), reading.language),
        score=cell("score", columns.number, None),
        missing=cell("missing", columns.missing, ""),
        exclusive=cell("exclusive", columns.yes, False),
        free_text=cell("free_text", columns.yes, False),
        fixed=cell("fixed", columns.yes, False),
        end=cell("end", columns.end, ""),
        extra={key: str(text) for key, text in node.items() if key not in _OWN},
    )


def _other_option(labels: Labels) -> Option:
    """Of or_other: pyxform writes "Other" in every language."""
    worded = {language: _OTHER.get(language, text) for language, text in labels.items()}
    return Option("other", worded, free_text=True, fixed=True)


def _refuse_what_a_chat_lacks(reading: Reading, node: Node, row: int | None) -> None:
    for column, remedy in _NOT_IN_CHAT.items():
        if column in node:
            reading.report.survey(row, f"A chat has no use for the column {column}.", remedy)
    if node.get("bind", {}).get("readonly") and node["type"] != "note":
        reading.report.survey(row, "A question that is read-only cannot be asked.", "Use a note.")


def _default(reading: Reading, node: Node, row: int | None) -> str:
    default = _text(node, "default")
    if "${" in default or "(" in default:
        reading.report.survey(
            row, "The default is computed.", "Write a fixed answer, or use a calculate."
        )
        return ""
    return default


def _joined(conditions: tuple[str, ...]) -> str:
    written = [condition for condition in conditions if condition]
    if len(written) == 1:
        return written[0]
    return " and ".join(f"({condition})" for condition in written)


def _text(node: Node, column: str) -> str:
    return str(node.get(column) or "").strip()
