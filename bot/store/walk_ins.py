"""Who came to a class without being on its list, and whom they may turn out to be. Queries only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, func, insert, select, update
from sqlalchemy.sql import ColumnElement

from bot.store.class_tables import matches
from bot.store.rights_tables import requests
from bot.store.tables import accounts, consents, contacts, enrolments, people, responses
from bot.store.upsert import insert as upsert


@dataclass(frozen=True, slots=True)
class WalkIn:
    person_id: int
    name: str
    unit: str
    phone: str
    code: str
    nip: str | None
    came_at: datetime | None
    chat_id: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """On the list, without an account and without an answer."""

    person_id: int
    name: str
    unit: str
    phone: str


@dataclass(frozen=True, slots=True)
class Match:
    id: int
    training_id: int
    person_id: int
    name: str
    unit: str
    phone: str
    code: str
    moved: Mapping[str, Any]
    undone_at: datetime | None


def add(
    connection: Connection, training_id: int, code: str, columns: Mapping[str, str], now: datetime
) -> int:
    """A new person of that pseudonym, or the one who has it already; enrolled as a walk-in."""
    person_id: int = connection.execute(
        upsert(connection, people)
        .values(code=code, **columns)
        .on_conflict_do_update(index_elements=["code"], set_=dict(columns))
        .returning(people.c.id)
    ).scalar_one()
    enrol(connection, training_id, person_id, now)
    return person_id


def enrol(connection: Connection, training_id: int, person_id: int, now: datetime) -> None:
    """Somebody known who is not on this list."""
    connection.execute(
        upsert(connection, enrolments)
        .values(
            training_id=training_id, person_id=person_id, role="participant", about_id=0,
            memory={}, standing="walk_in", came_at=now,
        )
        .on_conflict_do_update(
            index_elements=["training_id", "person_id", "role", "about_id"], set_={"left_at": None}
        )
    )  # fmt: skip


def has_list(connection: Connection, training_id: int) -> bool:
    query = select(enrolments.c.id).where(
        _takes_part(training_id), enrolments.c.standing == "listed"
    )
    return connection.execute(query.limit(1)).first() is not None


def waiting(connection: Connection, training_id: int) -> list[WalkIn]:
    return _walk_ins(connection, training_id)


def waiting_one(connection: Connection, training_id: int, person_id: int) -> WalkIn | None:
    found = _walk_ins(connection, training_id, people.c.id == person_id)
    return found[0] if found else None


def candidates(connection: Connection, training_id: int) -> list[Candidate]:
    """To whom a walk-in may be matched, by name."""
    begun = exists().where(responses.c.person_id == people.c.id, responses.c.begun_at.is_not(None))
    connected = exists().where(accounts.c.person_id == people.c.id)
    query = (
        select(people.c.id, people.c.name, people.c.unit, people.c.phone)
        .join(enrolments, enrolments.c.person_id == people.c.id)
        .where(_takes_part(training_id), enrolments.c.standing != "walk_in", ~begun, ~connected)
        .order_by(people.c.name, people.c.id)
    )
    return [Candidate(*row) for row in connection.execute(query)]


def set_standing(
    connection: Connection, training_id: int, person_id: int, *, was: str, becomes: str
) -> bool:
    """False: it was not so."""
    changed = connection.execute(
        update(enrolments)
        .where(
            _takes_part(training_id),
            enrolments.c.person_id == person_id,
            enrolments.c.standing == was,
        )
        .values(standing=becomes)
    )
    return changed.rowcount == 1


def enrolled_elsewhere(connection: Connection, training_id: int, person_id: int) -> bool:
    query = select(enrolments.c.id).where(
        enrolments.c.person_id == person_id,
        (enrolments.c.training_id != training_id) | (enrolments.c.role != "participant"),
    )
    return connection.execute(query.limit(1)).first() is not None


def give_all(connection: Connection, giver: int, taker: int) -> dict[str, list[int]]:
    """Responses, consents, contacts and requests of one person become another's; what of the taker is in the way was never
    begun, and goes. The ids that moved, by table.
    """
    theirs = select(responses.c.round_id).where(responses.c.person_id == giver)
    connection.execute(
        delete(responses).where(
            responses.c.person_id == taker,
            responses.c.round_id.in_(theirs),
            responses.c.begun_at.is_(None),
        )
    )
    rounds_of_giver = select(contacts.c.round_id).where(contacts.c.person_id == giver)
    connection.execute(
        delete(contacts).where(
            contacts.c.person_id == taker, contacts.c.round_id.in_(rounds_of_giver)
        )
    )
    _rename_requests(connection, giver, taker)
    return {
        table.name: list(
            connection.execute(
                update(table)
                .where(table.c.person_id == giver)
                .values(person_id=taker)
                .returning(table.c.id)
            ).scalars()
        )
        for table in (responses, consents, contacts)
    }


def give_back(connection: Connection, moved: Mapping[str, Any], person_id: int) -> None:
    for table in (responses, consents, contacts):
        connection.execute(
            update(table).where(table.c.id.in_(moved[table.name])).values(person_id=person_id)
        )


def memory_of(connection: Connection, training_id: int, person_id: int) -> dict[str, str]:
    query = select(enrolments.c.memory).where(
        _takes_part(training_id), enrolments.c.person_id == person_id
    )
    return dict(connection.execute(query).scalar_one_or_none() or {})


def set_memory(
    connection: Connection, training_id: int, person_id: int, memory: Mapping[str, str]
) -> None:
    connection.execute(
        update(enrolments)
        .where(_takes_part(training_id), enrolments.c.person_id == person_id)
        .values(memory=dict(memory))
    )


def remove(connection: Connection, person_id: int) -> None:
    """Everything that was theirs has been given to somebody else."""
    connection.execute(delete(people).where(people.c.id == person_id))


def note_match(connection: Connection, columns: Mapping[str, Any]) -> int:
    noted: int = connection.execute(
        insert(matches).values(dict(columns)).returning(matches.c.id)
    ).scalar_one()
    return noted


def match_of(connection: Connection, match_id: int) -> Match | None:
    query = select(
        matches.c.id, matches.c.training_id, matches.c.person_id, matches.c.name, matches.c.unit,
        matches.c.phone, matches.c.code, matches.c.moved, matches.c.undone_at,
    ).where(matches.c.id == match_id)  # fmt: skip
    row = connection.execute(query).one_or_none()
    return None if row is None else Match(*row)


def last_match(connection: Connection, training_id: int, by: int) -> int | None:
    query = select(func.max(matches.c.id)).where(
        matches.c.training_id == training_id, matches.c.matched_by == by
    )
    found: int | None = connection.execute(query).scalar_one()
    return found


def note_undone(connection: Connection, match_id: int, now: datetime) -> bool:
    changed = connection.execute(
        update(matches)
        .where(matches.c.id == match_id, matches.c.undone_at.is_(None))
        .values(undone_at=now)
    )
    return changed.rowcount == 1


def _takes_part(training_id: int) -> ColumnElement[bool]:
    return and_(
        enrolments.c.training_id == training_id,
        enrolments.c.role == "participant",
        enrolments.c.left_at.is_(None),
    )


def _walk_ins(
    connection: Connection, training_id: int, *conditions: ColumnElement[bool]
) -> list[WalkIn]:
    query = (
        select(
            people.c.id, people.c.name, people.c.unit, people.c.phone, people.c.code, people.c.nip,
            enrolments.c.came_at, accounts.c.chat_id,
        )
        .join(enrolments, enrolments.c.person_id == people.c.id)
        .outerjoin(accounts, accounts.c.person_id == people.c.id)
        .where(_takes_part(training_id), enrolments.c.standing == "walk_in", *conditions)
        .order_by(enrolments.c.came_at, people.c.id)
    )  # fmt: skip
    return [WalkIn(*row) for row in connection.execute(query)]


def _rename_requests(connection: Connection, giver: int, taker: int) -> None:
    codes = {
        row.id: row.code
        for row in connection.execute(
            select(people.c.id, people.c.code).where(people.c.id.in_((giver, taker)))
        )
    }
    connection.execute(
        update(requests)
        .where(requests.c.person_code == codes[giver])
        .values(person_code=codes[taker])
    )
