"""Which updates were seen, which could not be used, and when we last ran. Nothing of an update's content is kept."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.store import tables
from bot.store.prepared import Prepared
from bot.store.upsert import insert, insert_for

BOT = "bot"
# Telegram repeats an update for a day at most; its numbers may restart after a quiet week.
REMEMBERED_FOR = timedelta(hours=48)


def first_time(connection: Connection, update_id: int, now: datetime) -> bool:
    return bool(_NOTED.rows(connection, {"update_id": update_id, "at": now}))


def _noting(dialect: str) -> ReturningInsert[Any]:
    seen = tables.seen_updates
    return insert_for(dialect, seen).on_conflict_do_nothing().returning(seen.c.update_id)


def set_aside(connection: Connection, update_id: int, problem: str, now: datetime) -> None:
    connection.execute(
        insert(connection, tables.poison_updates)
        .values(update_id=update_id, problem=problem[:500], at=now)
        .on_conflict_do_nothing()
    )


def untold(connection: Connection, now: datetime) -> int:
    """How many were set aside by then, and nobody was told of."""
    query = select(func.count()).select_from(tables.poison_updates).where(_untold(now))
    return connection.execute(query).scalar_one()


def note_told(connection: Connection, now: datetime) -> None:
    connection.execute(update(tables.poison_updates).where(_untold(now)).values(told_at=now))


def _untold(now: datetime) -> ColumnElement[bool]:
    poison = tables.poison_updates
    return poison.c.told_at.is_(None) & (poison.c.at <= now)


def set_aside_count(connection: Connection, since: datetime) -> int:
    poison = tables.poison_updates
    query = select(func.count()).select_from(poison).where(poison.c.at >= since)
    return connection.execute(query).scalar_one()


def forget_old(connection: Connection, now: datetime) -> int:
    seen = tables.seen_updates
    return connection.execute(delete(seen).where(seen.c.at < now - REMEMBERED_FOR)).rowcount


def note_alive(connection: Connection, now: datetime) -> None:
    signs = tables.signs_of_life
    connection.execute(
        insert(connection, signs)
        .values(name=BOT, at=now)
        .on_conflict_do_update(index_elements=[signs.c.name], set_={"at": now})
    )


def alive_written_again(connection: Connection) -> datetime | None:
    """The same as `last_alive`, and proof that the database still takes what is written."""
    signs = tables.signs_of_life
    again = update(signs).where(signs.c.name == BOT).values(at=signs.c.at).returning(signs.c.at)
    return connection.execute(again).scalar_one_or_none()


def last_alive(connection: Connection) -> datetime | None:
    signs = tables.signs_of_life
    return connection.execute(select(signs.c.at).where(signs.c.name == BOT)).scalar_one_or_none()


_NOTED = Prepared(_noting)  # run for every update
