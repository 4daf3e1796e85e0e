"""JSON as the type checker sees it, and the narrowing that untrusted input needs. Knows nothing of Telegram."""

from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]


def as_object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def as_text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def as_int(value: Json, default: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return default
    try:
        return int(value)
    except (ValueError, OverflowError):  # not a number, infinite
        return default


def present(fields: Mapping[str, Json]) -> JsonObject:
    """Telegram leaves absent fields out: it never sends null."""
    return {name: value for name, value in fields.items() if value is not None}
