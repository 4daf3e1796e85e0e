"""Writing a roster: many people and enrolments at once, known by their NIP. Queries only, all executemany."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, update

from bot.store.tables import enrolments, people
from bot.store.upsert import insert

T = TypeVar("T")
_CHUNK = 500  # SQLite takes 32,766 parameters in a statement; this stays far below


@dataclass(frozen=True, slots=True)
class Known:
    """What we hold of a person that a roster may change."""

    id: int
    code: str
    nip: str | None
    name: str
    unit: str
    unit_group: str
    grade: str
    grade_group: str
    position: str
    phone: str
    birth_date: date | None
    zone: str | None  # None: the training's


def known_by_nip(connection: Connection, nips: Sequence[str]) -> dict[str, Known]:
    found = (
        known for chunk in _chunks(nips) for known in _known(connection, people.c.nip.in_(chunk))
    )
    return {known.nip: known for known in found if known.nip is not None}


def known_by_code(connection: Connection, codes: Sequence[str]) -> dict[str, Known]:
    return {
        known.code: known
        for chunk in _chunks(codes)
        for known in _known(connection, people.c.code.in_(chunk))
    }


def known_by_id(connection: Connection, ids: Sequence[int]) -> dict[int, Known]:
    return {
        known.id: known
        for chunk in _chunks(ids)
        for known in _known(connection, people.c.id.in_(chunk))
    }


def participants_of(
    connection: Connection, training_id: int, *, only_nipless: bool = False
) -> list[Known]:
    """Who takes part now, in the order of enrolment."""
    query = (
        select(*_COLUMNS)
        .join(enrolments, enrolments.c.person_id == people.c.id)
        .where(
            enrolments.c.training_id == training_id,
            enrolments.c.role == "participant",
            enrolments.c.left_at.is_(None),
        )
        .order_by(enrolments.c.id)
    )
    if only_nipless:
        query = query.where(people.c.nip.is_(None))
    return [_person(row) for row in connection.execute(query)]


def waiting(connection: Connection, training_id: int) -> frozenset[int]:
    """Who came without being listed, and is matched to nobody yet."""
    query = select(enrolments.c.person_id).where(
        enrolments.c.training_id == training_id, enrolments.c.role == "participant",
        enrolments.c.left_at.is_(None), enrolments.c.standing == "walk_in",
    )  # fmt: skip
    return frozenset(connection.execute(query).scalars())


def add_people(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Each row holds the same columns; who came in between, by another import, stays as they are."""
    if rows:
        statement = insert(connection, people).on_conflict_do_nothing()
        connection.execute(statement, [dict(row) for row in rows])


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
        index_elements=["training_id", "person_id", "role", "about_id"],
        set_={
            "left_at": None,
            "standing": "listed",
        },  # who had come without being listed is listed now
    )
    connection.execute(statement, rows)


def raters_of(
    connection: Connection, training_id: int, alumni: Collection[int], role: str = "superior"
) -> list[tuple[int, int, int]]:
    """(enrolment, superior or peer, alumnus) of those who rate one of these now."""
    found: list[tuple[int, int, int]] = []
    for chunk in _chunks(sorted(alumni)):
        query = select(enrolments.c.id, enrolments.c.person_id, enrolments.c.about_id).where(
            enrolments.c.training_id == training_id,
            enrolments.c.role == role,
            enrolments.c.left_at.is_(None),
            enrolments.c.about_id.in_(chunk),
        )
        found += [(row.id, row.person_id, row.about_id) for row in connection.execute(query)]
    return found


def leave(connection: Connection, enrolment_ids: Sequence[int], now: datetime) -> None:
    for chunk in _chunks(enrolment_ids):
        connection.execute(update(enrolments).where(enrolments.c.id.in_(chunk)).values(left_at=now))


_COLUMNS = tuple(people.c[name] for name in Known.__slots__)


def _known(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Known]:
    for row in connection.execute(select(*_COLUMNS).where(condition)):
        yield _person(row)


def _person(row: Row[Any]) -> Known:
    return Known(
        row.id, row.code, row.nip, row.name, row.unit, row.unit_group, row.grade, row.grade_group,
        row.position, row.phone, row.birth_date, row.zone,
    )  # fmt: skip


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for begin in range(0, len(values), _CHUNK):
        yield values[begin : begin + _CHUNK]
