"""Contacts: the messages that we initiate. At most one live row (planned or claimed) per person and round. Queries only.

A contact is claimed by a compare-and-set that skips what another process holds (SKIP LOCKED on
PostgreSQL; SQLite has one writer anyway), so nobody is written to twice. Of one person one contact is claimed at a time, over
all rounds: what became of it decides about the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, case, func, select, update

from bot.store.prepared import Prepared
from bot.store.round_changes import STOPPED_NOTE
from bot.store.tables import accounts, contacts, people, rounds
from bot.store.upsert import insert

LIVE = ("planned", "claimed")
UNCONFIRMED = "unconfirmed"  # an invitation that is to be repeated
NEWS = "news"  # of the results; comes when the round is closed
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


@dataclass(frozen=True, slots=True)
class Planned:
    round_id: int
    person_id: int
    step: int
    kind: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Addressee:
    name: str
    zone: str | None
    opted_out: bool
    chat_id: int | None  # None: not connected
    blocked: bool
    language: str


def plan(connection: Connection, planned: Sequence[Planned]) -> None:
    """A step that exists already is left alone."""
    rows = [
        {
            "round_id": one.round_id, "person_id": one.person_id, "step": one.step,
            "kind": one.kind, "state": "planned", "due_at": one.due_at,
        }
        for one in planned
    ]  # fmt: skip
    if rows:
        connection.execute(insert(connection, contacts).on_conflict_do_nothing(), rows)


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


def note_stop(
    connection: Connection, round_id: int, person_id: int, now: datetime, note: str
) -> None:
    """Nothing was planned when the person asked for no more: a cancelled row keeps the wish."""
    next_step = select(func.coalesce(func.max(contacts.c.step), 0) + 100).where(
        contacts.c.round_id == round_id, contacts.c.person_id == person_id
    )
    connection.execute(
        insert(connection, contacts).values(
            round_id=round_id, person_id=person_id, step=next_step.scalar_subquery(),
            kind="reminder", state="cancelled", due_at=now, note=note,
        )
    )  # fmt: skip


def claim(connection: Connection, now: datetime, limit: int) -> list[Contact]:
    """The oldest that are due, one of a person, `limit` at most.

    Materialized: PostgreSQL may otherwise run the locked subquery anew for each row, and claim them all.
    """
    on_their_way = select(contacts.c.person_id).where(contacts.c.state == "claimed")
    oldest = (
        select(contacts.c.id, contacts.c.person_id, contacts.c.due_at)
        .where(contacts.c.state == "planned", contacts.c.due_at <= now, _not_paused())
        .where(contacts.c.person_id.not_in(on_their_way))
        .order_by(contacts.c.due_at, contacts.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("oldest")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    of_person = func.row_number().over(
        partition_by=oldest.c.person_id, order_by=(oldest.c.due_at, oldest.c.id)
    )
    numbered = select(oldest.c.id, of_person.label("place")).subquery()
    firsts = select(numbered.c.id).where(numbered.c.place == 1)
    claimed = connection.execute(
        update(contacts)
        .where(contacts.c.id.in_(firsts), contacts.c.state == "planned")
        .values(state="claimed", claimed_at=now, attempts=contacts.c.attempts + 1)
        .returning(contacts)
    )
    return sorted((of_row(row) for row in claimed), key=lambda one: (one.due_at, one.id))


def renew(connection: Connection, contact_id: int, now: datetime) -> Contact | None:
    """Still claimed: hold it on. None: no longer ours to send."""
    renewed = connection.execute(
        update(contacts)
        .where(contacts.c.id == contact_id, contacts.c.state == "claimed")
        .values(claimed_at=now)
        .returning(contacts)
    ).one_or_none()
    return None if renewed is None else of_row(renewed)


def expired(connection: Connection, claimed_before: datetime) -> list[Contact]:
    query = select(contacts).where(
        contacts.c.state == "claimed", contacts.c.claimed_at <= claimed_before
    )
    return [of_row(row) for row in connection.execute(query.order_by(contacts.c.id))]


def of_id(connection: Connection, contact_id: int) -> Contact | None:
    row = connection.execute(select(contacts).where(contacts.c.id == contact_id)).one_or_none()
    return None if row is None else of_row(row)


def of_round(connection: Connection, round_id: int, person_id: int) -> list[Contact]:
    query = select(contacts).where(
        contacts.c.round_id == round_id, contacts.c.person_id == person_id
    )
    return [of_row(row) for row in connection.execute(query.order_by(contacts.c.step))]


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
    """Planned again for later, unless the sending was stopped meanwhile; `tried` says whether the attempt counts."""
    is_stopped = (contacts.c.state == "claimed") & (contacts.c.note == STOPPED_NOTE)
    attempts = contacts.c.attempts if tried else contacts.c.attempts - 1
    connection.execute(
        update(contacts)
        .where(contacts.c.id == contact_id)
        .values(
            state=case((is_stopped, "cancelled"), else_="planned"),
            note=case((is_stopped, STOPPED_NOTE), else_=note),
            due_at=due_at, claimed_at=None, attempts=attempts,
        )
    )  # fmt: skip


def choose_time(connection: Connection, contact_id: int, until: datetime) -> None:
    """A time that the person chose replaces the planned one."""
    connection.execute(
        update(contacts)
        .where(contacts.c.id == contact_id, contacts.c.state == "planned")
        .values(kind="snooze", due_at=until, note="chosen by the person")
    )


def bring_forward(
    connection: Connection, contact_ids: Sequence[int], due_at: datetime, note: str
) -> int:
    """How many were still planned; a time that a person chose is none of these."""
    changed = connection.execute(
        update(contacts)
        .where(contacts.c.id.in_(contact_ids), contacts.c.state == "planned")
        .where(contacts.c.kind != "snooze")
        .values(due_at=due_at, note=note)
    )
    return changed.rowcount


def cancel_planned(connection: Connection, round_id: int, note: str, person_id: int | None) -> int:
    values = {"of_round": round_id, "state": "cancelled", "note": note}
    if person_id is None:
        return _CANCEL_IN_ROUND.changed(connection, values)
    return _CANCEL_OF_ONE.changed(connection, values | {"of_person": person_id})


def cancel_everywhere(connection: Connection, person_id: int, note: str) -> int:
    query = update(contacts).where(contacts.c.person_id == person_id, contacts.c.state == "planned")
    return connection.execute(query.values(state="cancelled", note=note)).rowcount


def delivered_since(
    connection: Connection, person_id: int, since: datetime, *, besides: int
) -> list[datetime]:
    """When we wrote first to that person, over all rounds, the oldest first; also where it may have arrived and is to be repeated."""
    is_repeated = contacts.c.state.in_(LIVE) & (contacts.c.note == UNCONFIRMED)
    at = func.coalesce(contacts.c.sent_at, contacts.c.due_at).label("at")
    query = select(at).where(
        contacts.c.person_id == person_id, contacts.c.id != besides, at > since,
        (contacts.c.state.in_(DELIVERED) & contacts.c.sent_at.is_not(None)) | is_repeated,
    )  # fmt: skip
    return list(connection.execute(query.order_by(at)).scalars())


def planned_before(connection: Connection, moment: datetime | None) -> int:
    """How many are planned; due before that moment, if one is given, and not held up by a pause."""
    query = select(func.count()).select_from(contacts).where(contacts.c.state == "planned")
    if moment is not None:
        query = query.where(contacts.c.due_at < moment, _not_paused())
    found: int = connection.execute(query).scalar_one()
    return found


def next_due(connection: Connection) -> datetime | None:
    query = select(func.min(contacts.c.due_at)).where(contacts.c.state == "planned", _not_paused())
    found: datetime | None = connection.execute(query).scalar_one()
    return found


def addressee(connection: Connection, person_id: int) -> Addressee | None:
    query: Select[Any] = (
        select(
            people.c.name, people.c.zone, people.c.do_not_contact_at,
            accounts.c.chat_id, accounts.c.blocked_at, accounts.c.language,
        )
        .select_from(people.outerjoin(accounts, accounts.c.person_id == people.c.id))
        .where(people.c.id == person_id)
    )  # fmt: skip
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Addressee(
        row.name, row.zone, row.do_not_contact_at is not None, row.chat_id,
        row.blocked_at is not None, row.language or "id",
    )  # fmt: skip


def chats_of(connection: Connection, person_ids: Sequence[int]) -> dict[int, int]:
    query = select(accounts.c.person_id, accounts.c.chat_id).where(
        accounts.c.person_id.in_(person_ids)
    )
    return {row.person_id: row.chat_id for row in connection.execute(query)}


def _not_paused() -> ColumnElement[bool]:
    """A time that a person chose is kept, whatever staff pause."""
    paused = select(rounds.c.id).where(rounds.c.paused_at.is_not(None))
    return contacts.c.round_id.not_in(paused) | (contacts.c.kind == "snooze")


def of_row(row: Row[Any]) -> Contact:
    return Contact(
        row.id, row.round_id, row.person_id, row.step, row.kind, row.state, row.due_at,
        row.sent_at, row.attempts, row.note,
    )  # fmt: skip


_PLANNED = contacts.c.round_id == bindparam("of_round"), contacts.c.state == "planned"
_CANCEL_IN_ROUND = Prepared(lambda _: update(contacts).where(*_PLANNED))
_CANCEL_OF_ONE = Prepared(  # run whenever somebody is through
    lambda _: update(contacts).where(*_PLANNED, contacts.c.person_id == bindparam("of_person"))
)
