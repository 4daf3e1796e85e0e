"""The erasures this database knows of: keyed hashes and when. Queries only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.store.rights_tables import erasures
from bot.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Erasure:
    key: str
    at: datetime


def note(connection: Connection, noted: Iterable[Erasure]) -> None:
    rows = [{"key": one.key, "at": one.at} for one in noted]
    if rows:
        connection.execute(insert(connection, erasures).on_conflict_do_nothing(), rows)


def all_of_them(connection: Connection) -> list[Erasure]:
    query = select(erasures.c.key, erasures.c.at).order_by(erasures.c.at, erasures.c.key)
    return [Erasure(*row) for row in connection.execute(query)]


def unwiped(connection: Connection) -> list[Erasure]:
    query = select(erasures.c.key, erasures.c.at).where(erasures.c.wiped_at.is_(None))
    return [Erasure(*row) for row in connection.execute(query)]


def wiped(connection: Connection, these: Iterable[Erasure], now: datetime) -> None:
    rows = [{"this_key": one.key, "this_at": one.at} for one in these]
    if rows:
        mine = (erasures.c.key == bindparam("this_key")) & (erasures.c.at == bindparam("this_at"))
        connection.execute(update(erasures).where(mine).values(wiped_at=now), rows)
