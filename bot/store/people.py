"""People and their enrolments, and the proof of their consent. Queries only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select, update

from bot.store.prepared import Prepared
from bot.store.tables import accounts, consents, enrolments, people, trainings


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    code: str
    name: str
    nip: str | None
    birth_date: date | None
    unit: str
    position: str
    phone: str
    do_not_contact_at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody, by what tells them from others."""

    id: int
    code: str
    nip: str | None
    name: str
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody on the list of a class whose name has those letters."""

    person_id: int
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    training_id: int
    training_title: str
    role: str
    about_id: int


@dataclass(frozen=True, slots=True)
class Consent:
    given: bool
    on_behalf: bool
    notice_version: str
    at: datetime


_KNOWN = select(people.c.id, people.c.code, people.c.nip, people.c.name, people.c.birth_date)


def person(connection: Connection, person_id: int) -> Person:
    return _person(connection.execute(select(people).where(people.c.id == person_id)).one())


def known(connection: Connection, person_id: int) -> Known:
    return Known(*connection.execute(_KNOWN.where(people.c.id == person_id)).one())


def everybody(connection: Connection) -> list[Known]:
    return [Known(*row) for row in connection.execute(_KNOWN.order_by(people.c.id))]


def matching(connection: Connection, training_id: int, letters: str, most: int) -> list[Match]:
    """Participants of that class with a word of their name beginning so."""
    wanted = _escaped(letters.lower())
    name = func.lower(people.c.name)
    rows = connection.execute(
        select(people.c.id, people.c.name, people.c.unit)
        .join(enrolments, enrolments.c.person_id == people.c.id)
        .where(
            enrolments.c.training_id == training_id,
            enrolments.c.role == "participant",
            enrolments.c.left_at.is_(None),
            or_(name.like(f"{wanted}%", escape="\\"), name.like(f"% {wanted}%", escape="\\")),
        )
        .order_by(people.c.name, people.c.id)
        .limit(most)
    )
    return [Match(*row) for row in rows]


def with_phone(connection: Connection, training_id: int, phone: str) -> list[Person]:
    """Participants on the list of that class with that number."""
    query = (
        select(people)
        .join(enrolments, enrolments.c.person_id == people.c.id)
        .where(
            enrolments.c.training_id == training_id,
            enrolments.c.role == "participant",
            enrolments.c.left_at.is_(None),
            enrolments.c.standing != "walk_in",
            people.c.phone == phone,
        )
        .order_by(people.c.id)
    )
    return [_person(row) for row in connection.execute(query)]


def enrolments_of(connection: Connection, person_id: int) -> list[Enrolment]:
    rows = connection.execute(
        select(
            enrolments.c.training_id, trainings.c.title, enrolments.c.role, enrolments.c.about_id
        )
        .join(trainings, enrolments.c.training_id == trainings.c.id)
        .where(enrolments.c.person_id == person_id, enrolments.c.left_at.is_(None))
        .order_by(trainings.c.ends_on.desc(), enrolments.c.id)
    )
    return [Enrolment(*row) for row in rows]


def is_enrolled(connection: Connection, training_id: int, person_id: int) -> bool:
    return any(one.training_id == training_id for one in enrolments_of(connection, person_id))


def rates(connection: Connection, person_id: int) -> bool:
    """A superior or peer of somebody; perhaps an alumnus as well."""
    return any(one.role != "participant" for one in enrolments_of(connection, person_id))


def unconnected(connection: Connection, training_id: int) -> list[tuple[Person, str]]:
    """Who of that training has no Telegram account yet, with the role; one row per person and role."""
    rows = connection.execute(
        select(people, enrolments.c.role)
        .join(enrolments, enrolments.c.person_id == people.c.id)
        .outerjoin(accounts, accounts.c.person_id == people.c.id)
        .where(
            enrolments.c.training_id == training_id,
            enrolments.c.left_at.is_(None),
            accounts.c.chat_id.is_(None),
        )
        .order_by(enrolments.c.role, people.c.name, people.c.id)
    )
    return list(dict.fromkeys((_person(row), row.role) for row in rows))


def awaited(connection: Connection, training_id: int | None) -> list[int]:
    """Participants (of that training, else of any) who have no account yet."""
    query = (
        select(people.c.id)
        .join(enrolments, enrolments.c.person_id == people.c.id)
        .outerjoin(accounts, accounts.c.person_id == people.c.id)
        .where(
            enrolments.c.role == "participant", enrolments.c.left_at.is_(None),
            accounts.c.chat_id.is_(None), people.c.name != "",
        )
        .distinct()
    )  # fmt: skip
    if training_id is not None:
        query = query.where(enrolments.c.training_id == training_id)
    return list(connection.execute(query).scalars())


def remember(
    connection: Connection, training_id: int, person_id: int, answers: Mapping[str, str]
) -> None:
    """Keep answers with the enrolment as participant, for the questionnaires to come."""
    mine = (
        (enrolments.c.training_id == training_id)
        & (enrolments.c.person_id == person_id)
        & (enrolments.c.role == "participant")
    )
    memory = connection.execute(select(enrolments.c.memory).where(mine)).scalar_one_or_none()
    if memory is not None:
        connection.execute(update(enrolments).where(mine).values(memory={**memory, **answers}))


def stop_contact(connection: Connection, person_id: int, now: datetime) -> None:
    connection.execute(update(people).where(people.c.id == person_id).values(do_not_contact_at=now))


def allow_contact(connection: Connection, person_id: int) -> None:
    connection.execute(
        update(people).where(people.c.id == person_id).values(do_not_contact_at=None)
    )


def record_consent(connection: Connection, person_id: int, round_id: int, consent: Consent) -> None:
    connection.execute(
        consents.insert().values(
            person_id=person_id, round_id=round_id, notice_version=consent.notice_version,
            given=consent.given, on_behalf=consent.on_behalf, at=consent.at,
        )
    )  # fmt: skip


def last_consent(connection: Connection, person_id: int, round_id: int) -> Consent | None:
    rows = _LAST_CONSENT.rows(connection, {"of_person": person_id, "of_round": round_id})
    return Consent(*rows[0]) if rows else None


def _escaped(letters: str) -> str:
    return letters.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _person(row: Row[Any]) -> Person:
    return Person(
        row.id, row.code, row.name, row.nip, row.birth_date, row.unit, row.position,
        row.phone, row.do_not_contact_at,
    )  # fmt: skip


_LAST_CONSENT = Prepared(  # run for every answer
    lambda _: (
        select(consents.c.given, consents.c.on_behalf, consents.c.notice_version, consents.c.at)
        .where(
            consents.c.person_id == bindparam("of_person"),
            consents.c.round_id == bindparam("of_round"),
        )
        .order_by(consents.c.id.desc())
        .limit(1)
    )
)
