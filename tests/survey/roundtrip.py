"""A Response through JSON and back, as a store would take it."""

import dataclasses
import json
from datetime import datetime

from bot.survey.record import Answer, Response

_TIMES = ("begun_at", "shown_at", "completed_at")


def stored(response: Response) -> Response:
    return _response(json.loads(json.dumps(dataclasses.asdict(response), default=_written)))


def _written(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()


def _response(fields: dict) -> Response:
    times = {name: _time(fields[name]) for name in _TIMES}
    answers = {name: _answer(answer) for name, answer in fields["answers"].items()}
    return Response(**{**fields, **times, "answers": answers, "chosen": tuple(fields["chosen"])})


def _answer(fields: dict) -> Answer:
    return Answer(**{**fields, "at": datetime.fromisoformat(fields["at"])})


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
