"""Who works at the office by invitation, and what they are called. Queries only; who may do what is no matter of a query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.store.staff_tables import staff, staff_names, staff_trainings
from bot.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Row:
    chat_id: int
    role: str
    all_trainings: bool
    added_at: datetime
    trainings: frozenset[int] = frozenset()


def of_chat(connection: Connection, chat_id: int) -> Row | None:
    """None: never invited, or no longer here."""
    return next(iter(_rows(connection, [chat_id])), None)


def everybody(connection: Connection) -> list[Row]:
    return _rows(connection, None)


def was_ever(connection: Connection, chat_id: int) -> bool:
    query = select(staff.c.chat_id).where(staff.c.chat_id == chat_id)
    return connection.execute(query).first() is not None


def administrators_held(connection: Connection) -> list[int]:
    """Held until the transaction ends, so that two administrators cannot remove each other at the same moment."""
    query = (
        select(staff.c.chat_id)
        .where(staff.c.role == "administrator", staff.c.left_at.is_(None))
        .order_by(staff.c.chat_id)
        .with_for_update()
    )
    return list(connection.execute(query).scalars())


def save(
    connection: Connection, chat_id: int, role: str, *, all_trainings: bool, by: int, now: datetime
) -> None:
    """Somebody new, or who comes back, or whose role grows."""
    columns = {
        "role": role, "all_trainings": all_trainings, "added_at": now, "added_by": by, "left_at": None,
    }  # fmt: skip
    connection.execute(
        insert(connection, staff)
        .values(chat_id=chat_id, **columns)
        .on_conflict_do_update(index_elements=["chat_id"], set_=columns)
    )


def leave(connection: Connection, chat_id: int, now: datetime) -> None:
    connection.execute(update(staff).where(staff.c.chat_id == chat_id).values(left_at=now))
    connection.execute(staff_trainings.delete().where(staff_trainings.c.chat_id == chat_id))


def forget_former(connection: Connection, chat_id: int) -> None:
    """Of who has left and has their data erased: role and name. Who works here stays, or the office could not work."""
    former = staff.c.chat_id == chat_id, staff.c.left_at.is_not(None)
    connection.execute(staff.delete().where(*former))
    present = select(staff.c.chat_id).where(staff.c.chat_id == chat_id).exists()
    connection.execute(staff_names.delete().where(staff_names.c.chat_id == chat_id, ~present))


def give(connection: Connection, chat_id: int, training_id: int) -> None:
    connection.execute(
        insert(connection, staff_trainings)
        .values(chat_id=chat_id, training_id=training_id)
        .on_conflict_do_nothing()
    )


def take(connection: Connection, chat_id: int, training_id: int) -> None:
    connection.execute(
        staff_trainings.delete().where(
            staff_trainings.c.chat_id == chat_id, staff_trainings.c.training_id == training_id
        )
    )


def remember_name(connection: Connection, chat_id: int, name: str) -> None:
    connection.execute(
        insert(connection, staff_names)
        .values(chat_id=chat_id, name=name)
        .on_conflict_do_update(index_elements=["chat_id"], set_={"name": name})
    )


def names(connection: Connection) -> dict[int, str]:
    rows = connection.execute(select(staff_names.c.chat_id, staff_names.c.name))
    return {row.chat_id: row.name for row in rows}


def _rows(connection: Connection, only: Collection[int] | None) -> list[Row]:
    query = select(staff.c.chat_id, staff.c.role, staff.c.all_trainings, staff.c.added_at).where(
        staff.c.left_at.is_(None)
    )
    given = select(staff_trainings.c.chat_id, staff_trainings.c.training_id)
    if only is not None:
        query = query.where(staff.c.chat_id.in_(only))
        given = given.where(staff_trainings.c.chat_id.in_(only))
    trainings: dict[int, set[int]] = {}
    for chat_id, training_id in connection.execute(given):
        trainings.setdefault(chat_id, set()).add(training_id)
    return [
        Row(*row, trainings=frozenset(trainings.get(row.chat_id, ())))
        for row in connection.execute(query.order_by(staff.c.added_at, staff.c.chat_id))
    ]
