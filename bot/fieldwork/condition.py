"""How things stand, in numbers, for `python -m bot doctor`: what should have gone out, what was set aside, when the bot last ran."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.store import contacts, updates

LATE = timedelta(hours=1)
NEWS = timedelta(days=7)  # what was set aside before is past mending


@dataclass(frozen=True, slots=True)
class Condition:
    planned: int
    overdue: int  # of them: due for more than an hour
    set_aside: int  # in the last week
    last_sign: datetime | None


def condition(connection: Connection, now: datetime) -> Condition:
    return Condition(
        contacts.planned_before(connection, None),
        contacts.planned_before(connection, now - LATE),
        updates.set_aside_count(connection, now - NEWS),
        updates.last_alive(connection),
    )
