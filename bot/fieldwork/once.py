"""Every update has its effect once, however often Telegram delivers it. A transaction begins with `once`."""

from datetime import datetime

from sqlalchemy import Connection

from bot.store import updates


def once(connection: Connection, update_id: int, now: datetime) -> bool:
    """False: this update was seen before; answer again from the state and change nothing."""
    return updates.first_time(connection, update_id, now)


def set_aside(connection: Connection, update_id: int, problem: str, now: datetime) -> None:
    """Note an update that could not be used, so that it neither blocks the others nor disappears unseen."""
    updates.set_aside(connection, update_id, problem, now)
