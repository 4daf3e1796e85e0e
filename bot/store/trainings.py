"""Trainings with their instructors, competences and enrolments, and how far each round has come. Queries only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    case,
    delete,
    exists,
    func,
    select,
)

from bot.store.tables import (
    accounts,
    competences,
    contacts,
    enrolments,
    instructors,
    people,
    responses,
    rounds,
    trainings,
)
from bot.store.upsert import insert

CAME_BY_THEMSELVES = "came by themselves"  # the note of an invitation that needed no message


@dataclass(frozen=True, slots=True)
class Training:
    id: int
    code: str
    title: str
    cohort: str
    starts_on: date
    ends_on: date
    zone: str
    seed: int

    @property
    def full_title(self) -> str:
        return f"{self.title} {self.cohort}".strip()


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One enrolment with what is needed of the person, and of the alumnus rated."""

    enrolment_id: int
    person_id: int
    code: str
    name: str
    role: str
    about_id: int
    about_name: str
    about_code: str
    unsure: bool  # the office must confirm first that this is still the superior
    memory: Mapping[str, str]
    connected: bool
    blocked: bool
    opted_out: bool
    language: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come; counts are responses, so a superior counts once per alumnus."""

    kind: str
    opens_at: datetime | None
    closes_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    issued: int
    invited: int
    begun: int
    complete: int
    refused: int


def save(connection: Connection, training: Mapping[str, Any]) -> int:
    """Insert or change by its code; the seed of an existing one stays."""
    changed = {name: value for name, value in training.items() if name not in {"code", "seed"}}
    kept: int = connection.execute(
        insert(connection, trainings)
        .values(dict(training))
        .on_conflict_do_update(index_elements=["code"], set_=changed)
        .returning(trainings.c.id)
    ).scalar_one()
    return kept


def of_id(connection: Connection, training_id: int) -> Training | None:
    query = select(trainings).where(trainings.c.id == training_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _training(row)


def hold(connection: Connection, training_id: int) -> None:
    """Until the transaction ends, for what two colleagues must not do to it at the same moment."""
    query = select(trainings.c.id).where(trainings.c.id == training_id)
    connection.execute(query.with_for_update())


def of_code(connection: Connection, code: str) -> Training | None:
    query = select(trainings).where(trainings.c.code == code)
    row = connection.execute(query).one_or_none()
    return None if row is None else _training(row)


def newest(
    connection: Connection, limit: int, only: Collection[int] | None = None, *, after: int = 0
) -> list[Training]:
    """None: of all. `after` so many newer ones."""
    query = select(trainings).order_by(trainings.c.ends_on.desc(), trainings.c.id.desc())
    if only is not None:
        query = query.where(trainings.c.id.in_(only))
    return [_training(row) for row in connection.execute(query.limit(limit).offset(after))]


def how_many(connection: Connection, only: Collection[int] | None = None) -> int:
    query = select(func.count()).select_from(trainings)
    if only is not None:
        query = query.where(trainings.c.id.in_(only))
    found: int = connection.execute(query).scalar_one()
    return found


def all_of_them(connection: Connection) -> list[Training]:
    return [
        _training(row) for row in connection.execute(select(trainings).order_by(trainings.c.code))
    ]


def instructor_names(connection: Connection, training_id: int) -> tuple[str, ...]:
    return _in_order(connection, instructors, "name", training_id)


def competence_labels(connection: Connection, training_id: int) -> tuple[str, ...]:
    return _in_order(connection, competences, "label", training_id)


def replace_instructors(connection: Connection, training_id: int, names: Sequence[str]) -> None:
    _replace(connection, instructors, "name", training_id, names)


def replace_competences(connection: Connection, training_id: int, labels: Sequence[str]) -> None:
    _replace(connection, competences, "label", training_id, labels)


def respondent_numbers(connection: Connection, training_id: int, role: str) -> dict[int, int]:
    """Of each person the place among who has that role now, counted from 0 in the order of enrolment."""
    query = (
        select(enrolments.c.person_id)
        .where(
            enrolments.c.training_id == training_id,
            enrolments.c.role == role,
            enrolments.c.left_at.is_(None),
        )
        .group_by(enrolments.c.person_id)
        .order_by(func.min(enrolments.c.id))
    )
    return {person: place for place, person in enumerate(connection.execute(query).scalars())}


def enrolled(
    connection: Connection,
    training_id: int,
    role: str | None = None,
    only: Collection[int] | None = None,
) -> list[Enrolled]:
    """Who takes part now (`only` of these people), in the order of enrolment."""
    about = people.alias("about")
    query: Select[Any] = (
        select(
            enrolments.c.id, enrolments.c.person_id, people.c.code, people.c.name,
            enrolments.c.role, enrolments.c.about_id, about.c.name.label("about_name"),
            about.c.code.label("about_code"),
            enrolments.c.memory, enrolments.c.unsure_since, accounts.c.chat_id, accounts.c.blocked_at,
            people.c.do_not_contact_at, accounts.c.language,
        )
        .select_from(
            enrolments.join(people, enrolments.c.person_id == people.c.id)
            .outerjoin(about, enrolments.c.about_id == about.c.id)
            .outerjoin(accounts, accounts.c.person_id == people.c.id)
        )
        .where(enrolments.c.training_id == training_id, enrolments.c.left_at.is_(None))
        .order_by(enrolments.c.id)
    )  # fmt: skip
    if role is not None:
        query = query.where(enrolments.c.role == role)
    if only is not None:
        query = query.where(enrolments.c.person_id.in_(only))
    return [_enrolled(row) for row in connection.execute(query)]


def of_person(connection: Connection, person_id: int) -> list[int]:
    query = (
        select(enrolments.c.training_id)
        .where(enrolments.c.person_id == person_id, enrolments.c.left_at.is_(None))
        .distinct()
        .order_by(enrolments.c.training_id)
    )
    return list(connection.execute(query).scalars())


def progress(connection: Connection, training_id: int) -> list[Progress]:
    reached = exists().where(
        contacts.c.round_id == responses.c.round_id,
        contacts.c.person_id == responses.c.person_id,
        contacts.c.step == 0,
        contacts.c.state.in_(("sent", "unknown")) | (contacts.c.note == CAME_BY_THEMSELVES),
    )
    begun = responses.c.begun_at.is_not(None)
    query: Select[Any] = (
        select(
            rounds.c.kind, rounds.c.opens_at, rounds.c.closes_at, rounds.c.opened_at,
            rounds.c.closed_at, func.count(responses.c.id),
            _how_many(reached | begun), _how_many(begun),
            _how_many(responses.c.disposition == "complete"),
            _how_many(responses.c.disposition == "refused"),
        )
        .select_from(rounds.outerjoin(responses, responses.c.round_id == rounds.c.id))
        .where(rounds.c.training_id == training_id)
        .group_by(rounds.c.id)
        .order_by(rounds.c.opens_at, rounds.c.id)
    )  # fmt: skip
    return [Progress(*row) for row in connection.execute(query)]


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _in_order(
    connection: Connection, table: Table, column: str, training_id: int
) -> tuple[str, ...]:
    query = (
        select(table.c[column]).where(table.c.training_id == training_id).order_by(table.c.position)
    )
    return tuple(connection.execute(query).scalars())


def _replace(
    connection: Connection, table: Table, column: str, training_id: int, values: Sequence[str]
) -> None:
    connection.execute(delete(table).where(table.c.training_id == training_id))
    if values:
        rows = [
            {"training_id": training_id, "position": position, column: value}
            for position, value in enumerate(values, start=1)
        ]
        connection.execute(table.insert(), rows)


def _training(row: Row[Any]) -> Training:
    return Training(
        row.id, row.code, row.title, row.cohort, row.starts_on, row.ends_on, row.zone, row.seed
    )


def _enrolled(row: Row[Any]) -> Enrolled:
    return Enrolled(
        enrolment_id=row.id, person_id=row.person_id, code=row.code, name=row.name, role=row.role,
        about_id=row.about_id, about_name=row.about_name or "",
        about_code=row.about_code or "", unsure=row.unsure_since is not None, memory=row.memory,
        connected=row.chat_id is not None, blocked=row.blocked_at is not None,
        opted_out=row.do_not_contact_at is not None, language=row.language or "id",
    )  # fmt: skip
