"""A form while it is read: the tree that pyxform made, where its rows stand, what is wrong so far. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.survey.form_problems import Report
from bot.survey.sheets import Sheets

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    tree: Node
    sheets: Sheets
    report: Report
    language: str  # of texts that name none
    files: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)  # lists beside the form


def text_of(node: Node, column: str) -> str:
    return str(node.get(column) or "").strip()


def joined(conditions: tuple[str, ...]) -> str:
    written = [condition for condition in conditions if condition]
    if len(written) == 1:
        return written[0]
    return " and ".join(f"({condition})" for condition in written)
