"""Who asks to be moved to a new account, and birth dates and codes that did not fit. Queries only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, insert, select, update

from bot.store.class_tables import relinks, wrong_codes, wrong_dates
from bot.store.tables import people, trainings


@dataclass(frozen=True, slots=True)
class Relink:
    id: int
    training_id: int
    person_id: int
    name: str
    unit: str
    training_title: str
    chat_id: int
    settled_at: datetime | None


def ask(
    connection: Connection, training_id: int, person_id: int, chat_id: int, now: datetime
) -> tuple[int, bool]:
    """Its id, and whether it is new: who asks again while the first waits asks once."""
    waiting = select(relinks.c.id).where(
        relinks.c.person_id == person_id,
        relinks.c.chat_id == chat_id,
        relinks.c.settled_at.is_(None),
    )
    found = connection.execute(waiting.limit(1)).scalar_one_or_none()
    if found is not None:
        return found, False
    row = {
        "training_id": training_id, "person_id": person_id, "chat_id": chat_id, "asked_at": now,
    }  # fmt: skip
    added: int = connection.execute(
        insert(relinks).values(row).returning(relinks.c.id)
    ).scalar_one()
    return added, True


def of_id(connection: Connection, relink_id: int) -> Relink | None:
    row = connection.execute(_relinks().where(relinks.c.id == relink_id)).one_or_none()
    return None if row is None else _relink(row)


def waiting(connection: Connection) -> list[Relink]:
    query = _relinks().where(relinks.c.settled_at.is_(None)).order_by(relinks.c.id)
    return [_relink(row) for row in connection.execute(query)]


def settle(connection: Connection, relink_id: int, *, moved: bool, by: int, now: datetime) -> bool:
    """False: a colleague did before."""
    changed = connection.execute(
        update(relinks)
        .where(relinks.c.id == relink_id, relinks.c.settled_at.is_(None))
        .values(settled_at=now, settled_by=by, moved=moved)
    )
    return changed.rowcount == 1


def note_wrong_date(
    connection: Connection, chat_id: int, person_id: int, now: datetime, forget_before: datetime
) -> None:
    connection.execute(wrong_dates.delete().where(wrong_dates.c.at < forget_before))
    connection.execute(insert(wrong_dates).values(chat_id=chat_id, person_id=person_id, at=now))


def note_wrong_code(
    connection: Connection, chat_id: int, now: datetime, forget_before: datetime
) -> None:
    connection.execute(wrong_codes.delete().where(wrong_codes.c.at < forget_before))
    connection.execute(insert(wrong_codes).values(chat_id=chat_id, at=now))


def wrong_tries_since(
    connection: Connection, since: datetime, *, chat_id: int, person_id: int = 0
) -> int:
    """By that account, birth dates and codes, or for that person by any account: whichever is more."""

    def counted(table: Table, mine: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table).where(mine, table.c.at > since)
        found: int = connection.execute(query).scalar_one()
        return found

    of_account = sum(
        counted(table, table.c.chat_id == chat_id) for table in (wrong_dates, wrong_codes)
    )
    return max(of_account, counted(wrong_dates, wrong_dates.c.person_id == person_id))


def _relinks() -> Select[Any]:
    return (
        select(
            relinks.c.id, relinks.c.training_id, relinks.c.person_id, people.c.name, people.c.unit,
            trainings.c.title, trainings.c.cohort, relinks.c.chat_id, relinks.c.settled_at,
        )
        .join(people, people.c.id == relinks.c.person_id)
        .join(trainings, trainings.c.id == relinks.c.training_id)
    )  # fmt: skip


def _relink(row: Any) -> Relink:
    return Relink(
        row.id, row.training_id, row.person_id, row.name, row.unit,
        f"{row.title} {row.cohort}".strip(), row.chat_id, row.settled_at,
    )  # fmt: skip
