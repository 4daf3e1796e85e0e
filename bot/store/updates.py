"""Which updates were seen, and which could not be used. Nothing of their content is kept."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from bot.store import tables
from bot.store.upsert import insert

# Telegram repeats an update for a day at most; its numbers may restart after a quiet week.
REMEMBERED_FOR = timedelta(hours=48)


def first_time(connection: Connection, update_id: int, now: datetime) -> bool:
    noted = connection.execute(
        insert(connection, tables.seen_updates)
        .values(update_id=update_id, at=now)
        .on_conflict_do_nothing()
        .returning(tables.seen_updates.c.update_id)
    )
    return noted.first() is not None


def set_aside(connection: Connection, update_id: int, problem: str, now: datetime) -> None:
    connection.execute(
        insert(connection, tables.poison_updates)
        .values(update_id=update_id, problem=problem[:500], at=now)
        .on_conflict_do_nothing()
    )


def set_aside_count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(tables.poison_updates)).scalar_one()


def forget_old(connection: Connection, now: datetime) -> int:
    seen = tables.seen_updates
    return connection.execute(delete(seen).where(seen.c.at < now - REMEMBERED_FOR)).rowcount
