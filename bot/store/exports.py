"""Everything of a round's responses that leaves for the analyst: by pseudonym, never by name. Queries only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from bot.store.questionnaires import parsed
from bot.store.tables import answers, people, questionnaires, responses
from bot.survey.questionnaire import Questionnaire

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    item: str
    value: str
    missing: str
    seconds: float | None
    revised: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Exported:
    id: int
    respondent: str
    about: str
    unit_group: str
    grade_group: str
    disposition: str
    issued_at: datetime
    completed_at: datetime | None
    questionnaire_id: int
    hidden: Mapping[str, str]
    answers: tuple[ExportedAnswer, ...]
    seed: int
    released: bool  # anonymous, and its answers are elsewhere
    proxy: bool


def questionnaires_by_id(connection: Connection) -> dict[int, Questionnaire]:
    rows = connection.execute(select(questionnaires.c.id, questionnaires.c.body))
    return {row.id: parsed(row.body) for row in rows}


def of_round(connection: Connection, round_id: int) -> Iterator[Exported]:
    """In the order of the pseudonyms, some hundreds at a time."""
    about = people.alias("about")
    query: Select[Any] = (
        select(
            responses.c.id, people.c.code, about.c.code.label("about"), people.c.unit_group,
            people.c.grade_group, responses.c.disposition, responses.c.issued_at,
            responses.c.completed_at, responses.c.questionnaire_id, responses.c.hidden,
            responses.c.seed, responses.c.released, responses.c.proxy,
        )
        .select_from(
            responses.join(people, responses.c.person_id == people.c.id)
            .outerjoin(about, responses.c.about_id == about.c.id)
        )
        .where(responses.c.round_id == round_id)
    )  # fmt: skip
    # Sorted here: the two databases may collate differently, and the files must not.
    rows = sorted(connection.execute(query), key=lambda row: (row.code, row.about or "", row.id))
    for begin in range(0, len(rows), _CHUNK):
        chunk = rows[begin : begin + _CHUNK]
        found = _answers(connection, [row.id for row in chunk])
        for row in chunk:
            yield _exported(row, found[row.id])


def times_of_round(connection: Connection, round_id: int) -> Iterator[tuple[str, float]]:
    """Item and seconds of every answer given at the first look."""
    query = (
        select(answers.c.item, answers.c.seconds)
        .select_from(answers.join(responses, answers.c.response_id == responses.c.id))
        .where(
            responses.c.round_id == round_id, answers.c.seconds.is_not(None),
            answers.c.value != "", answers.c.revised == 0,
        )
    )  # fmt: skip
    return ((row.item, row.seconds) for row in connection.execute(query))


def _answers(
    connection: Connection, response_ids: list[int]
) -> defaultdict[int, list[ExportedAnswer]]:
    found: defaultdict[int, list[ExportedAnswer]] = defaultdict(list)
    query = select(answers).where(answers.c.response_id.in_(response_ids))
    for row in connection.execute(query.order_by(answers.c.response_id, answers.c.item)):
        answer = ExportedAnswer(row.item, row.value, row.missing, row.seconds, row.revised, row.at)
        found[row.response_id].append(answer)
    return found


def _exported(row: Row[Any], found: list[ExportedAnswer]) -> Exported:
    return Exported(
        id=row.id, respondent=row.code, about=row.about or "", unit_group=row.unit_group,
        grade_group=row.grade_group, disposition=row.disposition, issued_at=row.issued_at,
        completed_at=row.completed_at, questionnaire_id=row.questionnaire_id, hidden=row.hidden,
        answers=tuple(found), seed=row.seed, released=row.released, proxy=row.proxy,
    )  # fmt: skip
