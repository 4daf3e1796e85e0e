"""Contacts: the messages that we initiate. At most one live row (planned or claimed) per person and round. Queries only.

A contact is claimed by a compare-and-set that skips what another process holds (SKIP LOCKED on
PostgreSQL; SQLite has one writer anyway), so nobody is written to twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from bot.store.tables import contacts
from bot.store.upsert import insert

LIVE = ("planned", "claimed")
DELIVERED = ("sent", "unknown")  # unknown may have arrived, so it counts against the limits


@dataclass(frozen=True, slots=True)
class Contact:
    id: int
    round_id: int
    person_id: int
    step: int
    kind: str
    state: str
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    note: str


def plan(
    connection: Connection, round_id: int, person_id: int, *, step: int, kind: str, due_at: datetime
) -> None:
    """A step that exists already is left alone."""
    connection.execute(
        insert(connection, contacts)
        .values(
            round_id=round_id, person_id=person_id, step=step, kind=kind, state="planned",
            due_at=due_at,
        )
        .on_conflict_do_nothing()
    )  # fmt: skip


def note_given(
    connection: Connection, round_id: int, person_id: int, now: datetime, note: str
) -> bool:
    """The invitation needs no message: the person came by themselves. False: there was one already."""
    noted = connection.execute(
        insert(connection, contacts)
        .values(
            round_id=round_id, person_id=person_id, step=0, kind="invitation", state="cancelled",
            due_at=now, note=note,
        )
        .on_conflict_do_nothing()
        .returning(contacts.c.id)
    )  # fmt: skip
    return noted.first() is not None


def claim(connection: Connection, now: datetime, limit: int) -> list[Contact]:
    oldest = (
        select(contacts.c.id)
        .where(contacts.c.state == "planned", contacts.c.due_at <= now)
        .order_by(contacts.c.due_at, contacts.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = connection.execute(
        update(contacts)
        .where(contacts.c.id.in_(oldest.scalar_subquery()), contacts.c.state == "planned")
        .values(state="claimed", claimed_at=now, attempts=contacts.c.attempts + 1)
        .returning(contacts)
    )
    return sorted((_contact(row) for row in claimed), key=lambda one: (one.due_at, one.id))


def renew(connection: Connection, contact_id: int, now: datetime) -> Contact | None:
    """Still claimed: hold it on. None: no longer ours to send."""
    renewed = connection.execute(
        update(contacts)
        .where(contacts.c.id == contact_id, contacts.c.state == "claimed")
        .values(claimed_at=now)
        .returning(contacts)
    ).one_or_none()
    return None if renewed is None else _contact(renewed)


def expired(connection: Connection, claimed_before: datetime) -> list[Contact]:
    query = select(contacts).where(
        contacts.c.state == "claimed", contacts.c.claimed_at <= claimed_before
    )
    return [_contact(row) for row in connection.execute(query.order_by(contacts.c.id))]


def of_id(connection: Connection, contact_id: int) -> Contact | None:
    row = connection.execute(select(contacts).where(contacts.c.id == contact_id)).one_or_none()
    return None if row is None else _contact(row)


def of_round(connection: Connection, round_id: int, person_id: int) -> list[Contact]:
    query = select(contacts).where(
        contacts.c.round_id == round_id, contacts.c.person_id == person_id
    )
    return [_contact(row) for row in connection.execute(query.order_by(contacts.c.step))]


def settle(
    connection: Connection,
    contact_id: int,
    state: str,
    note: str = "",
    sent_at: datetime | None = None,
) -> None:
    values: dict[str, Any] = {"state": state, "note": note}
    if sent_at is not None:
        values["sent_at"] = sent_at
    connection.execute(update(contacts).where(contacts.c.id == contact_id).values(values))


def put_back(
    connection: Connection, contact_id: int, due_at: datetime, note: str, *, tried: bool
) -> None:
    """Planned again for later; `tried` says whether the attempt counts."""
    attempts = contacts.c.attempts if tried else contacts.c.attempts - 1
    connection.execute(
        update(contacts)
        .where(contacts.c.id == contact_id)
        .values(state="planned", due_at=due_at, claimed_at=None, note=note, attempts=attempts)
    )


def choose_time(connection: Connection, contact_id: int, until: datetime) -> None:
    """A time that the person chose replaces the planned one."""
    connection.execute(
        update(contacts)
        .where(contacts.c.id == contact_id, contacts.c.state == "planned")
        .values(kind="snooze", due_at=until, note="chosen by the person")
    )


def cancel_planned(connection: Connection, round_id: int, note: str, person_id: int | None) -> int:
    query = update(contacts).where(contacts.c.round_id == round_id, contacts.c.state == "planned")
    if person_id is not None:
        query = query.where(contacts.c.person_id == person_id)
    return connection.execute(query.values(state="cancelled", note=note)).rowcount


def cancel_everywhere(connection: Connection, person_id: int, note: str) -> int:
    query = update(contacts).where(contacts.c.person_id == person_id, contacts.c.state == "planned")
    return connection.execute(query.values(state="cancelled", note=note)).rowcount


def delivered_since(connection: Connection, person_id: int, since: datetime) -> list[datetime]:
    """When we wrote first to that person, over all rounds, the oldest first."""
    query = select(contacts.c.sent_at).where(
        contacts.c.person_id == person_id,
        contacts.c.state.in_(DELIVERED),
        contacts.c.sent_at > since,
    )
    found = connection.execute(query.order_by(contacts.c.sent_at)).scalars()
    return [moment for moment in found if moment is not None]


def next_due(connection: Connection) -> datetime | None:
    query = select(func.min(contacts.c.due_at)).where(contacts.c.state == "planned")
    found: datetime | None = connection.execute(query).scalar_one()
    return found


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        row.id, row.round_id, row.person_id, row.step, row.kind, row.state, row.due_at,
        row.sent_at, row.attempts, row.note,
    )  # fmt: skip
