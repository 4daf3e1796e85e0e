"""JSON as the type checker sees it, reading it, and the narrowing that untrusted input needs. Knows nothing of Telegram."""

import json
import math
import re
from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]
MOST_DEEP = 100  # as in `json_decode` of tdlib/td
NUMBER = re.compile(r"[+-]?[0-9]+")
HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(source: str | bytes) -> Json:
    """A ValueError for whatever could not be written again: half a character, no number, too deep."""
    text = source if isinstance(source, str) else source.decode("utf-8-sig")
    text.encode()
    try:
        value: Json = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as deep:
        raise ValueError(f"it is nested more than {MOST_DEEP} deep") from deep
    _refuse_unwritable(value, MOST_DEEP)
    if HALF_CHARACTER.search(text):
        json.dumps(value, ensure_ascii=False).encode()
    return value


def as_object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def as_text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def as_int(value: Json, default: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return default
    if isinstance(value, str) and not NUMBER.fullmatch(value.strip()):
        return default
    try:
        return int(value)
    except (ValueError, OverflowError):  # thousands of digits, infinite
        return default


def present(fields: Mapping[str, Json]) -> JsonObject:
    """Telegram leaves absent fields out: it never sends null."""
    return {name: value for name, value in fields.items() if value is not None}


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _refuse_unwritable(value: Json, deeper: int) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is too large")
    if isinstance(value, dict | list):
        if not deeper:
            raise ValueError(f"it is nested more than {MOST_DEEP} deep")
        for inner in value.values() if isinstance(value, dict) else value:
            _refuse_unwritable(inner, deeper - 1)
