"""Responses with their answers, history and dispositions. Queries only.

A response is opened with its row held (PostgreSQL) and saved only if its revision is still the one that was
opened; otherwise StaleResponse, and the whole transaction is tried again once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Row,
    Select,
    bindparam,
    delete,
    select,
    update,
)

from bot.errors import StaleResponse
from bot.store import dispositions
from bot.store.prepared import Prepared
from bot.store.tables import (
    answer_history,
    answers,
    people,
    questionnaires,
    responses,
    rounds,
    trainings,
)
from bot.store.upsert import insert_for
from bot.survey.attachments import without_voice
from bot.survey.record import Answer, Response, Turn


@dataclass(frozen=True, slots=True)
class OpenResponse:
    """A response with what is needed of its round."""

    response: Response
    person_id: int
    about_id: int
    about_name: str
    questionnaire_id: int
    round_id: int
    round_kind: str
    closes_at: datetime | None
    closed_at: datetime | None
    training_id: int
    training_title: str
    zone: str
    released: bool = False  # anonymous, and its answers are no longer with it

    def closed(self, now: datetime) -> bool:
        """Also settled a moment ago by another process, which the columns of the round may not say yet."""
        is_over = self.closed_at is not None or self.response.stage == "closed"
        return is_over or (self.closes_at is not None and self.closes_at <= now)

    def after(self, turn: Turn) -> "OpenResponse":
        return replace(self, response=turn.response)


def open_for(connection: Connection, response_id: int, person_id: int) -> OpenResponse | None:
    """None: there is none, or it is somebody else's."""
    rows = _OPEN_ONE.rows(connection, {"of_id": response_id, "of_person": person_id})
    if not rows:
        return None
    found = _ANSWERS_OF_ONE.rows(connection, {"of_id": response_id})
    return _open(rows[0], {answer.item: _answer(answer) for answer in found})


def is_there(connection: Connection, response_id: int) -> bool:
    query = select(responses.c.id).where(responses.c.id == response_id)
    return connection.execute(query).first() is not None


def of_person(connection: Connection, person_id: int) -> list[OpenResponse]:
    """All of them, the oldest round first; nothing is held."""
    mine = {"of_person": person_id}
    return _all(_OPEN_OF_PERSON.rows(connection, mine), _ANSWERS_OF_PERSON.rows(connection, mine))


def of_person_in(connection: Connection, person_id: int, round_id: int) -> list[OpenResponse]:
    """Only that round's, whose answers are read: a superior of many years has answered hundreds of questions elsewhere."""
    mine = {"of_person": person_id, "of_round": round_id}
    return _all(_OPEN_IN_ROUND.rows(connection, mine), _ANSWERS_IN_ROUND.rows(connection, mine))


def of_round(connection: Connection, round_id: int) -> list[OpenResponse]:
    here = {"of_round": round_id}
    return _all(_OPEN_OF_ROUND.rows(connection, here), _ANSWERS_OF_ROUND.rows(connection, here))


def save(connection: Connection, before: Response, turn: Turn, now: datetime) -> None:
    after = turn.response
    if after != before:
        _update(connection, before, after)
    for recorded in turn.recorded:
        if recorded.replaced is not None:
            _keep_history(connection, after.id, recorded.replaced, now)
        _upsert_answer(connection, after.id, recorded.answer)
    for answer in turn.dropped:
        _keep_history(connection, after.id, answer, now)
        connection.execute(
            delete(answers).where(answers.c.response_id == after.id, answers.c.item == answer.item)
        )
    if after.disposition != before.disposition:
        dispositions.note(connection, after.id, after.disposition, now)


def set_language(connection: Connection, response_id: int, language: str) -> None:
    connection.execute(
        update(responses).where(responses.c.id == response_id).values(language=language)
    )


def history_of(connection: Connection, response_id: int) -> list[Mapping[str, Any]]:
    rows = connection.execute(
        select(answer_history)
        .where(answer_history.c.response_id == response_id)
        .order_by(answer_history.c.id)
    )
    return [dict(row._mapping) for row in rows]  # noqa: SLF001  # SQLAlchemy's public name


def _opening() -> Select[Any]:
    return (
        select(
            responses,
            rounds.c.kind, rounds.c.closes_at, rounds.c.closed_at, rounds.c.training_id,
            trainings.c.title, trainings.c.cohort, trainings.c.zone,
            questionnaires.c.name.label("questionnaire"), questionnaires.c.version,
            people.c.name.label("about_name"),
        )
        .select_from(
            responses.join(rounds, responses.c.round_id == rounds.c.id)
            .join(trainings, rounds.c.training_id == trainings.c.id)
            .join(questionnaires, responses.c.questionnaire_id == questionnaires.c.id)
            .outerjoin(people, responses.c.about_id == people.c.id)
        )
        .order_by(responses.c.round_id, responses.c.id)
    )  # fmt: skip


def _all(opened: Sequence[Any], answered: Sequence[Any]) -> list[OpenResponse]:
    found: dict[int, dict[str, Answer]] = {row.id: {} for row in opened}
    for row in answered:
        found[row.response_id][row.item] = _answer(row)
    return [_open(row, found[row.id]) for row in opened]


def _answer(row: Row[Any]) -> Answer:
    return Answer(row.item, row.value, row.missing, row.other, row.seconds, row.revised, at=row.at)


def _open(row: Row[Any], found: Mapping[str, Answer]) -> OpenResponse:
    response = Response(
        id=row.id, questionnaire=row.questionnaire, version=row.version, language=row.language,
        hidden=row.hidden, answers=found, stage=row.stage, current=row.current,
        awaiting=row.awaiting, chosen=tuple(row.chosen), view=row.view, revision=row.revision, seed=row.seed,
        disposition=row.disposition, furthest=row.furthest, skip_confirmed=row.skip_confirmed,
        begun_at=row.begun_at, shown_at=row.shown_at, completed_at=row.completed_at,
    )  # fmt: skip
    return OpenResponse(
        response, row.person_id, row.about_id, row.about_name or "", row.questionnaire_id,
        row.round_id, row.kind, row.closes_at, row.closed_at, row.training_id,
        f"{row.title} {row.cohort}".strip(), row.zone, row.released,
    )  # fmt: skip


def _update(connection: Connection, before: Response, after: Response) -> None:
    changed = _UPDATE_ONE.changed(
        connection,
        {
            "of_id": after.id, "of_revision": before.revision, "language": after.language,
            "disposition": after.disposition, "stage": after.stage, "current": after.current,
            "awaiting": after.awaiting, "chosen": list(after.chosen), "view": after.view, "revision": after.revision,
            "furthest": after.furthest, "skip_confirmed": after.skip_confirmed,
            "begun_at": after.begun_at, "shown_at": after.shown_at,
            "completed_at": after.completed_at,
        },
    )  # fmt: skip
    if changed != 1:
        raise StaleResponse(f"response {after.id} is no longer at revision {before.revision}")


def _upsert_answer(connection: Connection, response_id: int, answer: Answer) -> None:
    _UPSERT_ANSWER.changed(
        connection,
        {
            "response_id": response_id, "item": answer.item, "value": answer.value,
            "missing": answer.missing, "other": answer.other, "seconds": answer.seconds,
            "revised": answer.revised, "at": answer.at,
        },
    )  # fmt: skip


def _keep_history(connection: Connection, response_id: int, answer: Answer, now: datetime) -> None:
    """Without its voice messages: one that was taken back can be fetched no more."""
    connection.execute(
        answer_history.insert().values(
            response_id=response_id, item=answer.item, value=without_voice(answer.value), missing=answer.missing,
            other=answer.other, answered_at=answer.at, replaced_at=now,
        )
    )  # fmt: skip


def _upsert(dialect: str) -> Insert:
    """An answer put in the place of the one before it."""
    statement = insert_for(dialect, answers)
    columns = ("value", "missing", "other", "seconds", "revised", "at")
    return statement.on_conflict_do_update(
        index_elements=["response_id", "item"],
        set_={column: statement.excluded[column] for column in columns},
    )


def _answers_where(*whose: ColumnElement[bool]) -> Select[Any]:
    return select(answers).join(responses, answers.c.response_id == responses.c.id).where(*whose)


_OF_PERSON = responses.c.person_id == bindparam("of_person")
_OF_ROUND = responses.c.round_id == bindparam("of_round")
_OF_ID = responses.c.id == bindparam("of_id")

# Run for every answer.
_OPEN_ONE = Prepared(lambda _: _opening().where(_OF_ID, _OF_PERSON).with_for_update(of=responses))
_ANSWERS_OF_ONE = Prepared(
    lambda _: select(answers).where(answers.c.response_id == bindparam("of_id"))
)
_UPDATE_ONE = Prepared(
    lambda _: update(responses).where(_OF_ID, responses.c.revision == bindparam("of_revision"))
)
_UPSERT_ANSWER = Prepared(_upsert)

# Run when somebody begins, goes on or is through.
_OPEN_OF_PERSON = Prepared(lambda _: _opening().where(_OF_PERSON))
_ANSWERS_OF_PERSON = Prepared(lambda _: _answers_where(_OF_PERSON))
_OPEN_IN_ROUND = Prepared(lambda _: _opening().where(_OF_PERSON, _OF_ROUND))
_ANSWERS_IN_ROUND = Prepared(lambda _: _answers_where(_OF_PERSON, _OF_ROUND))
_OPEN_OF_ROUND = Prepared(lambda _: _opening().where(_OF_ROUND))
_ANSWERS_OF_ROUND = Prepared(lambda _: _answers_where(_OF_ROUND))
