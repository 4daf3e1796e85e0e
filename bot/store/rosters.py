"""Writing a roster: many people and enrolments at once, known by their NIP. Queries only, all executemany."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.store.tables import enrolments, people
from bot.store.upsert import insert

_CHUNK = 500  # SQLite takes 32,766 parameters in a statement; this stays far below


def known_by_nip(connection: Connection, nips: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for begin in range(0, len(nips), _CHUNK):
        query = select(people.c.nip, people.c.id).where(
            people.c.nip.in_(nips[begin : begin + _CHUNK])
        )
        found.update((row.nip, row.id) for row in connection.execute(query))
    return found


def known_by_code(connection: Connection, codes: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for begin in range(0, len(codes), _CHUNK):
        query = select(people.c.code, people.c.id).where(
            people.c.code.in_(codes[begin : begin + _CHUNK])
        )
        found.update((row.code, row.id) for row in connection.execute(query))
    return found


def add_people(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(people.insert(), [dict(row) for row in rows])


def change_people(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Each row holds `id` and the same other columns as the first one."""
    if not rows:
        return
    columns = [name for name in rows[0] if name != "id"]
    statement = (
        update(people)
        .where(people.c.id == bindparam("this_id"))
        .values({name: bindparam(f"new_{name}") for name in columns})
    )
    connection.execute(
        statement,
        [{"this_id": row["id"], **{f"new_{name}": row[name] for name in columns}} for row in rows],
    )


def enrol(
    connection: Connection, training_id: int, role: str, pairs: Iterable[tuple[int, int]]
) -> None:
    """`pairs` are (person, alumnus rated or 0). Who had left and comes again is back."""
    rows = [
        {
            "training_id": training_id, "role": role, "memory": {},
            "person_id": person_id, "about_id": about_id,
        }
        for person_id, about_id in pairs
    ]  # fmt: skip
    if not rows:
        return
    statement = insert(connection, enrolments).on_conflict_do_update(
        index_elements=["training_id", "person_id", "role", "about_id"], set_={"left_at": None}
    )
    connection.execute(statement, rows)


def superiors_of(connection: Connection, training_id: int) -> list[tuple[int, int, int]]:
    """(enrolment, superior, alumnus) of those who rate somebody now."""
    query = select(enrolments.c.id, enrolments.c.person_id, enrolments.c.about_id).where(
        enrolments.c.training_id == training_id,
        enrolments.c.role == "superior",
        enrolments.c.left_at.is_(None),
    )
    return [(row.id, row.person_id, row.about_id) for row in connection.execute(query)]


def leave(connection: Connection, enrolment_ids: Sequence[int], now: datetime) -> None:
    for begin in range(0, len(enrolment_ids), _CHUNK):
        chunk = enrolment_ids[begin : begin + _CHUNK]
        connection.execute(update(enrolments).where(enrolments.c.id.in_(chunk)).values(left_at=now))
