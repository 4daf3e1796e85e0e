"""The audit log: what staff did, append-only. No answer and no name of a participant goes into it.

There is no function here that changes or deletes a line, and a trigger of the database refuses to.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store.tables import audit


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    at: datetime
    actor: str  # a chat id of staff, "operator", or the pseudonym of a stranger
    action: str
    detail: Mapping[str, str | int]


_COLUMNS = (audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.detail)


def note(
    connection: Connection,
    actor: str,
    action: str,
    detail: Mapping[str, str | int],
    now: datetime,
) -> None:
    connection.execute(
        audit.insert().values(at=now, actor=actor, action=action, detail=dict(detail))
    )


def latest(connection: Connection, limit: int, without: Collection[str] = ()) -> list[Line]:
    """The newest first."""
    query = select(*_COLUMNS).where(audit.c.action.not_in(without)).order_by(audit.c.id.desc())
    return [Line(*row) for row in connection.execute(query.limit(limit))]


def after(connection: Connection, line_id: int, limit: int) -> list[Line]:
    """The oldest first, in pages: a long log must not be one long transaction."""
    query = select(*_COLUMNS).where(audit.c.id > line_id).order_by(audit.c.id)
    return [Line(*row) for row in connection.execute(query.limit(limit))]


def last_id(connection: Connection) -> int:
    found: int = connection.execute(select(func.coalesce(func.max(audit.c.id), 0))).scalar_one()
    return found


def actions(connection: Connection) -> list[tuple[str, str]]:
    """(actor, action), the oldest first."""
    query = select(audit.c.actor, audit.c.action).order_by(audit.c.id)
    return [(row.actor, row.action) for row in connection.execute(query)]
