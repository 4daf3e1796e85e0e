"""What the bot remembers of its own running: when it last did, so that an interruption can be told from a quiet night."""

from datetime import datetime

from sqlalchemy import Connection

from bot.store import updates


def go_on(connection: Connection, now: datetime) -> None:
    """Once a minute: still running; and what was seen two days ago need not be remembered."""
    updates.note_alive(connection, now)
    updates.forget_old(connection, now)


def last_sign(connection: Connection) -> datetime | None:
    """None: this database never saw a bot run."""
    return updates.last_alive(connection)


def last_sign_checked(connection: Connection) -> datetime | None:
    """The same; a database that can only be read (a full disk) fails here."""
    return updates.alive_written_again(connection)
