"""A Report as JSON and back: how the process that read a roster tells the bot. Pure; trusts what it reads."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.fieldwork.nip import Nip
from bot.fieldwork.rosters.record import (
    Columns,
    Participant,
    Problem,
    Rater,
    Report,
    TrainingFacts,
)


def report_to_json(report: Report) -> str:
    return json.dumps(asdict(report), default=date.isoformat, ensure_ascii=False)


def report_from_json(text: str) -> Report:
    told: dict[str, Any] = json.loads(text)
    columns = told["columns"]
    return Report(
        sheet=told["sheet"], header_row=told["header_row"], rows=told["rows"],
        ready=tuple(_participant(one) for one in told["ready"]),
        problems=tuple(Problem(**one) for one in told["problems"]),
        passed_over=tuple((row, begins) for row, begins in told["passed_over"]),
        columns=Columns(tuple(columns["read"]), tuple(columns["unused"])),
        training=_training(told["training"]),
        instructors=_names(told["instructors"]), competences=_names(told["competences"]),
    )  # fmt: skip


def _participant(told: Mapping[str, Any]) -> Participant:
    superior = told["superior"]
    return Participant(
        **{
            **told, "nip": _nip(told["nip"]), "birth_date": _day(told["birth_date"]),
            "superior": superior and _rater(superior),
            "peers": tuple(_rater(one) for one in told["peers"]),
        }
    )  # fmt: skip


def _rater(told: Mapping[str, Any]) -> Rater:
    return Rater(**{**told, "nip": _nip(told["nip"])})


def _training(told: Mapping[str, Any] | None) -> TrainingFacts | None:
    if told is None:
        return None
    days = {name: date.fromisoformat(told[name]) for name in ("starts_on", "ends_on")}
    return TrainingFacts(**{**told, **days})


def _nip(told: Mapping[str, Any] | None) -> Nip | None:
    return Nip(**{**told, "born": date.fromisoformat(told["born"])}) if told else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _names(told: list[str] | None) -> tuple[str, ...] | None:
    return None if told is None else tuple(told)
