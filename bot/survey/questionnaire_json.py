"""A questionnaire as JSON text and back, so that the store can keep each version for ever.

Holds no rule of its own and reads no form file: what goes in comes out equal. Values that are the
default of their field are left out, so a field added later does not change what is stored.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from bot.survey.questionnaire import Item, Labels, Option, Questionnaire


def to_json(questionnaire: Questionnaire) -> str:
    return json.dumps(_plain(questionnaire), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Questionnaire:
    stored = json.loads(text)
    return Questionnaire(
        name=stored["name"],
        version=stored["version"],
        titles=stored["titles"],
        languages=tuple(stored["languages"]),
        items=tuple(_item(item) for item in stored["items"]),
        anonymous=stored.get("anonymous", False),
    )


def _item(stored: Mapping[str, Any]) -> Item:
    lists = {
        "options": tuple(_option(option) for option in stored.get("options", ())),
        "probes": tuple(_probe(probe) for probe in stored.get("probes", ())),
    }
    return Item(**{**stored, **lists})


def _probe(stored: Labels | str) -> Labels:
    """Versions of before 26 November 2026 had them in one language."""
    return {"": stored} if isinstance(stored, str) else stored


def _option(stored: Mapping[str, Any]) -> Option:
    return Option(**stored)


def _plain(record: Questionnaire | Item | Option) -> dict[str, Any]:
    values = ((field, getattr(record, field.name)) for field in fields(record) if field.init)
    return {field.name: _written(value) for field, value in values if value != _default(field)}


def _written(value: Any) -> Any:
    if isinstance(value, Item | Option):
        return _plain(value)
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


def _default(field: "Field[Any]") -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
