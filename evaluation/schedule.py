"""Trainings and their rounds as frozen values, read from the rows of trainings.csv. No statistic, no sentence."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pandas as pd

from evaluation.errors import EvaluationError
from evaluation.values import in_calendar, texts, whole

ROUND_KINDS = (
    "post_training",
    "followup_alumni",
    "followup_superior",
    "followup_peer",
    "interview",
)
_OFFICE = "office_"  # begins the columns of the office's own sheet
_SHOWN = 60  # of a value that is wrong, to be found again by
_STATES = ("planned", "open", "closed")


@dataclass(frozen=True, slots=True)
class Round:
    kind: str
    state: str  # planned, open, closed
    opens_at: datetime | None
    closes_at: datetime | None
    connected: int
    not_connected: int

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class Training:
    code: str
    title: str
    starts_on: date | None
    ends_on: date | None
    participants: int | None
    rounds: tuple[Round, ...]
    office: Mapping[str, str] = field(
        default_factory=dict
    )  # question of the office's sheet -> answer
    competences: tuple[
        str, ...
    ] = ()  # what the training is to teach, as asked about before and after


def trainings_from(table: pd.DataFrame, file: str) -> tuple[Training, ...]:
    """One Training a row in order of code; EvaluationError for a wrong date, number, JSON or a code met twice."""
    rows = [
        {str(name): str(value) for name, value in row.items()} for row in table.to_dict("records")
    ]
    trainings = [_training(row, place, file) for place, row in enumerate(rows, start=2)]
    codes = [training.code for training in trainings]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise EvaluationError(file, f"{code!r} stands twice.", column="training", row=place + 2)
    return tuple(sorted(_told_apart(trainings), key=lambda training: training.code))


def _told_apart(trainings: Sequence[Training]) -> Iterator[Training]:
    """A title that returns every year has its year, and within a year its code: pages and charts know trainings by title."""
    titles = Counter(training.title for training in trainings)
    with_year = Counter(_with_year(training) for training in trainings)
    for training in trainings:
        if titles[training.title] == 1:
            yield training
        else:
            named = _with_year(training)
            is_one = with_year[named] == 1 and named != training.title
            yield replace(
                training, title=named if is_one else f"{training.title} ({training.code})"
            )


def _with_year(training: Training) -> str:
    return (
        training.title
        if training.ends_on is None
        else f"{training.title} ({training.ends_on.year})"
    )


def _training(row: Mapping[str, str], place: int, file: str) -> Training:
    column = ""
    try:
        column = "starts_on"
        starts_on = _date(row[column])
        column = "ends_on"
        ends_on = _date(row[column])
        column = "participants"
        participants = whole(column, row[column]) if row[column] else None
        column = "rounds"
        rounds = _rounds(json.loads(row[column] or "[]"))
        column = "competences"
        competences = texts(column, json.loads(row.get(column) or "[]"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        what = f"{_short(row.get(column, ''))!r} does not fit: {wrong}."
        raise EvaluationError(file, what, column=column, row=place) from wrong
    title = _with_cohort(row["title"], row["cohort"])
    return Training(
        row["training"],
        title,
        starts_on,
        ends_on,
        participants,
        rounds,
        _office(row),
        competences,
    )


def _short(written: str) -> str:
    return written if len(written) <= _SHOWN else written[:_SHOWN] + "..."


def _office(row: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(_OFFICE): value
        for name, value in row.items()
        if name.startswith(_OFFICE) and value
    }


def _with_cohort(title: str, cohort: str) -> str:
    return title if not cohort or cohort in title else f"{title} {cohort}"


def _in_order(rounds: tuple[Round, ...]) -> tuple[Round, ...]:
    return tuple(sorted(rounds, key=lambda entry: ROUND_KINDS.index(entry.kind)))


def _date(text: str) -> date | None:
    return in_calendar(date.fromisoformat(text[:10]), text) if text else None


def _rounds(listed: object) -> tuple[Round, ...]:
    if not isinstance(listed, list):
        raise TypeError("a list is needed")
    rounds = tuple(_round(entry) for entry in listed)
    for kind, times in Counter(each.kind for each in rounds).items():
        if times > 1:
            raise ValueError(f"{kind!r} stands twice")
    return _in_order(rounds)


def _round(entry: object) -> Round:
    if not isinstance(entry, Mapping):
        raise TypeError(f"{entry!r} is no round")
    kind, state = str(entry["kind"]), str(entry["state"])
    if kind not in ROUND_KINDS:
        raise ValueError(f"unknown round {kind!r}")
    if state not in _STATES:
        raise ValueError(f"unknown state {state!r}")
    return Round(
        kind, state, _moment(entry.get("opens_at")), _moment(entry.get("closes_at")),
        *(whole(name, entry.get(name) or 0) for name in ("connected", "not_connected")),
    )  # fmt: skip


def _moment(text: object) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset such as +07:00")
    return in_calendar(moment, str(text))
