"""The audit log: what staff did, append-only. No answer and no name of a participant goes into it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store.tables import audit


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


def actions(connection: Connection) -> list[tuple[str, str]]:
    """(actor, action), the oldest first."""
    query = select(audit.c.actor, audit.c.action).order_by(audit.c.id)
    return [(row.actor, row.action) for row in connection.execute(query)]
