"""How each response stands with the fieldwork (AAPOR), and since when. Queries only."""

from datetime import datetime

from sqlalchemy import Connection, update

from bot.store.tables import disposition_history, responses


def dispose(connection: Connection, response_id: int, disposition: str, now: datetime) -> None:
    """A disposition that comes from the fieldwork and not from an answer: invited, noncontact ..."""
    changed = connection.execute(
        update(responses)
        .where(responses.c.id == response_id, responses.c.disposition != disposition)
        .values(disposition=disposition)
    )
    if changed.rowcount:
        note(connection, response_id, disposition, now)


def settle(connection: Connection, response_id: int, disposition: str, now: datetime) -> None:
    """Its round has closed."""
    dispose(connection, response_id, disposition, now)
    connection.execute(
        update(responses)
        .where(responses.c.id == response_id)
        .values(settled_at=now, stage="closed", revision=responses.c.revision + 1)
    )


def note(connection: Connection, response_id: int, disposition: str, now: datetime) -> None:
    connection.execute(
        disposition_history.insert().values(
            response_id=response_id, disposition=disposition, at=now
        )
    )
