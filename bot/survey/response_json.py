"""The whole state of an interview as JSON text and back, where it is kept as one piece. Holds no rule of its own.

What the data needs is kept answer by answer in the store; this is for what never becomes data, such as a trial.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from bot.survey.record import Answer, Response

_MOMENTS: Final = ("begun_at", "shown_at", "completed_at")


def response_to_json(response: Response) -> str:
    return json.dumps(response, ensure_ascii=False, default=_written)


def response_from_json(text: str) -> Response:
    stored = json.loads(text)
    moments = {name: _moment(stored[name]) for name in _MOMENTS}
    answers = {name: _answer(answer) for name, answer in stored["answers"].items()}
    return Response(**{**stored, **moments, "answers": answers, "chosen": tuple(stored["chosen"])})


def _answer(stored: Mapping[str, Any]) -> Answer:
    return Answer(**{**stored, "at": datetime.fromisoformat(stored["at"])})


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _written(value: object) -> object:
    """`asdict` would copy every answer first, at each tap of a trial."""
    if isinstance(value, Response | Answer):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no part of a response")
