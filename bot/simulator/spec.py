"""Is a call what the Bot API describes? Names, required parameters and primitive types, nested objects too. Pure.

1. The extract in `data/botapi.json` (made by `extract.py`) covers the methods this server offers.
2. `BOT_API_SPEC` may name a full api.min.json; calls are then judged by it as well.
3. Lengths and meanings are not here: they are the methods' business.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from bot.simulator.json_types import Json, JsonObject, read_json

MAY_BE_TEXT = frozenset({"KeyboardButton"})  # the description's prose allows it, its types do not
PRIMITIVES = frozenset({"Integer", "Float", "Boolean", "String", "InputFile"})


@dataclass(frozen=True, slots=True)
class Field:
    types: tuple[str, ...]
    required: bool


Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Spec:
    methods: Mapping[str, Fields]
    types: Mapping[str, Fields]
    subtypes: Mapping[str, tuple[str, ...]]
    not_offered: tuple[str, ...] = ()  # methods that Telegram has, but this server has not

    def method_named(self, name: str) -> str | None:
        """Telegram does not mind the case of a method's name."""
        names = (*self.methods, *self.not_offered)
        return next((known for known in names if known.lower() == name.lower()), None)


@lru_cache(maxsize=1)
def built_in() -> Spec:
    source = files("bot.simulator").joinpath("data", "botapi.json").read_text(encoding="utf-8")
    return from_description(json.loads(source))


@lru_cache(maxsize=1)
def from_file(path: Path) -> Spec:
    return from_description(json.loads(path.read_text(encoding="utf-8")))


def from_description(description: JsonObject) -> Spec:
    """Reads api.min.json of PaulSonOfLars/telegram-bot-api-spec, or our extract of it."""
    methods, types = description["methods"], description["types"]
    if not isinstance(methods, dict) or not isinstance(types, dict):
        raise TypeError("an API description has the objects `methods` and `types`")
    return Spec(
        {name: _fields(entry) for name, entry in methods.items()},
        {name: _fields(entry) for name, entry in types.items()},
        {name: found for name, entry in types.items() if (found := _subtypes(entry))},
        _names(description.get("not_offered", [])),
    )


@dataclass(frozen=True, slots=True)
class Problem:
    kind: Literal["unknown", "missing", "type"]
    name: str  # of the parameter, or of the method
    text: str


def problems(
    spec: Spec, method: str, parameters: Mapping[str, Json], files_given: Collection[str]
) -> list[Problem]:
    """What is wrong with a call; nothing when it is valid."""
    fields = spec.methods.get(method)
    if fields is None:
        return [Problem("unknown", method, f"unknown method {method}")]
    found = [
        Problem("unknown", name, f"unknown parameter {name}")
        for name in sorted(set(parameters) - set(fields))
    ]
    found += [
        Problem("missing", name, f"parameter {name} is required")
        for name, field in fields.items()
        if field.required and name not in parameters and name not in files_given
    ]
    for name in sorted(set(parameters) & set(fields)):
        value = _decoded(fields[name], parameters[name])
        mistakes = _mistakes(spec, fields[name].types, value, name)
        found += [Problem("type", name, mistake) for mistake in mistakes]
    return found


def _decoded(field: Field, value: Json) -> Json:
    """Everything but strings arrives as text in a form; objects and arrays as JSON text."""
    if not isinstance(value, str) or "String" in field.types or "InputFile" in field.types:
        return value
    if field.types == ("Boolean",):
        return {"true": True, "false": False, "1": True, "0": False}.get(value.lower(), value)
    try:
        return read_json(value)
    except ValueError:
        return value


def _mistakes(spec: Spec, types: tuple[str, ...], value: Json, place: str) -> list[str]:
    """No mistake when one of the types fits; otherwise those of the type that fits best."""
    tried = [_mismatch(spec, name, value, place) for name in types]
    return min(tried, key=len)


def _mismatch(spec: Spec, name: str, value: Json, place: str) -> list[str]:
    if name.startswith("Array of "):
        inner = name.removeprefix("Array of ")
        if not isinstance(value, list):
            return [f"{place} must be {name}"] * 2
        return [
            mistake
            for index, item in enumerate(value)
            for mistake in _mismatch(spec, inner, item, f"{place}[{index}]")
        ]
    if name in PRIMITIVES:
        return [] if _is_primitive(name, value) else [f"{place} must be {name}"]
    if not isinstance(value, dict):
        fits = name in MAY_BE_TEXT and isinstance(value, str)
        return [] if fits else [f"{place} must be {name}"] * 2
    if name in spec.subtypes:
        return _mistakes(spec, spec.subtypes[name], value, place)
    return _object_mistakes(spec, spec.types.get(name, {}), value, place)


def _object_mistakes(spec: Spec, fields: Fields, value: JsonObject, place: str) -> list[str]:
    found = [f"unknown field {place}.{name}" for name in sorted(set(value) - set(fields))]
    for name, field in fields.items():
        if name in value:
            found += _mistakes(spec, field.types, value[name], f"{place}.{name}")
        elif field.required:
            found.append(f"{place}.{name} is required")
    return found


def _is_primitive(name: str, value: Json) -> bool:
    match name:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case _:
            return isinstance(value, str)


def _fields(entry: Json) -> Fields:
    given = entry.get("fields", []) if isinstance(entry, dict) else []
    return {
        str(field["name"]): Field(_names(field["types"]), bool(field["required"]))
        for field in (given if isinstance(given, list) else [])
        if isinstance(field, dict)
    }


def _subtypes(entry: Json) -> tuple[str, ...]:
    return _names(entry.get("subtypes", [])) if isinstance(entry, dict) else ()


def _names(value: Json) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, list) else ()
