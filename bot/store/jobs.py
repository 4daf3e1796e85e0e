"""Long work asked for in chat: a row that the ticker takes up. Queries only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from bot.store.tables import jobs


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    kind: str
    chat_id: int
    arguments: Mapping[str, Any]


def ask(
    connection: Connection, kind: str, chat_id: int, arguments: Mapping[str, Any], now: datetime
) -> None:
    connection.execute(
        jobs.insert().values(
            kind=kind, chat_id=chat_id, arguments=dict(arguments), state="waiting", asked_at=now
        )
    )


def ask_once(
    connection: Connection, kind: str, chat_id: int, arguments: Mapping[str, Any], now: datetime
) -> None:
    """A second tap while the same waits or is being done asks for nothing more."""
    if dict(arguments) not in [dict(one) for one in waiting(connection, kind, chat_id)]:
        ask(connection, kind, chat_id, arguments, now)


def waits(connection: Connection, kind: str, chat_id: int) -> bool:
    return bool(waiting(connection, kind, chat_id))


def waiting(connection: Connection, kind: str, chat_id: int) -> list[Mapping[str, Any]]:
    """The arguments of each that waits or is being done."""
    query = select(jobs.c.arguments).where(
        jobs.c.kind == kind, jobs.c.chat_id == chat_id, jobs.c.state.in_(("waiting", "claimed"))
    )
    return list(connection.execute(query).scalars())


def claim(connection: Connection, now: datetime, claimed_before: datetime) -> Job | None:
    """The oldest that waits, or that somebody took up and never finished."""
    open_job = or_(
        jobs.c.state == "waiting",
        (jobs.c.state == "claimed") & (jobs.c.claimed_at <= claimed_before),
    )
    oldest = (
        select(jobs.c.id)
        .where(open_job)
        .order_by(jobs.c.asked_at, jobs.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(
        update(jobs)
        .where(jobs.c.id == oldest.scalar_subquery(), open_job)
        .values(state="claimed", claimed_at=now)
        .returning(jobs)
    ).one_or_none()
    return None if row is None else Job(row.id, row.kind, row.chat_id, row.arguments)


def hold(connection: Connection, job_id: int, now: datetime) -> None:
    connection.execute(
        update(jobs).where(jobs.c.id == job_id, jobs.c.state == "claimed").values(claimed_at=now)
    )


def settle(connection: Connection, job_id: int, state: str, note: str, now: datetime) -> None:
    connection.execute(
        update(jobs).where(jobs.c.id == job_id).values(state=state, note=note, done_at=now)
    )


def next_due(connection: Connection) -> datetime | None:
    query = select(func.min(jobs.c.asked_at)).where(jobs.c.state == "waiting")
    found: datetime | None = connection.execute(query).scalar_one()
    return found
