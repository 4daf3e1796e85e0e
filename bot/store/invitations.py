"""Invitations of staff: one-time links of which only the hash is kept. Queries only."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, update

from bot.store.staff_tables import staff_invitations as invitations


@dataclass(frozen=True, slots=True)
class Purpose:
    """By whom, and to what."""

    invited_by: int
    role: str
    training_id: int | None  # None: all
    gives_up: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    id: int
    role: str
    training_id: int | None  # None: all
    gives_up: bool
    invited_by: int
    invited_at: datetime
    expires_at: datetime
    used_by: int | None
    withdrawn_at: datetime | None


_COLUMNS = (
    invitations.c.id, invitations.c.role, invitations.c.training_id, invitations.c.gives_up,
    invitations.c.invited_by, invitations.c.invited_at, invitations.c.expires_at,
    invitations.c.used_by, invitations.c.withdrawn_at,
)  # fmt: skip


def add(connection: Connection, meant: Purpose, now: datetime, expires_at: datetime) -> Invitation:
    """No link opens it before `keep_hash`: the link is derived from what is returned."""
    row: Any = connection.execute(
        invitations.insert()
        .values(
            token_hash=token_urlsafe(), role=meant.role, training_id=meant.training_id,
            gives_up=meant.gives_up, invited_by=meant.invited_by, invited_at=now,
            expires_at=expires_at,
        )
        .returning(*_COLUMNS)
    ).one()  # fmt: skip
    return Invitation(*row)


def keep_hash(connection: Connection, invitation_id: int, token_hash: str) -> None:
    one = invitations.c.id == invitation_id
    connection.execute(update(invitations).where(one).values(token_hash=token_hash))


def newest(connection: Connection, meant: Purpose) -> Invitation | None:
    """Whatever became of it."""
    same = (
        invitations.c.invited_by == meant.invited_by,
        invitations.c.role == meant.role,
        invitations.c.training_id.is_not_distinct_from(meant.training_id),
        invitations.c.gives_up == meant.gives_up,
    )
    query = select(*_COLUMNS).where(*same).order_by(invitations.c.id.desc()).limit(1)
    row: Any = connection.execute(query).one_or_none()
    return None if row is None else Invitation(*row)


def of_hash(connection: Connection, token_hash: str) -> Invitation | None:
    return _one(connection, invitations.c.token_hash == token_hash)


def of_id(connection: Connection, invitation_id: int) -> Invitation | None:
    return _one(connection, invitations.c.id == invitation_id)


def waiting(connection: Connection, now: datetime) -> list[Invitation]:
    query = select(*_COLUMNS).where(_is_good(now)).order_by(invitations.c.id)
    return [Invitation(*row) for row in connection.execute(query)]


def use(connection: Connection, invitation_id: int, chat_id: int, now: datetime) -> bool:
    """True for one account only, however many tap at once."""
    used = connection.execute(
        update(invitations)
        .where(invitations.c.id == invitation_id, _is_good(now))
        .values(used_at=now, used_by=chat_id)
        .returning(invitations.c.id)
    )
    return used.first() is not None


def withdraw(connection: Connection, invitation_id: int, now: datetime) -> bool:
    """False: it was used, withdrawn or out of date before."""
    withdrawn = connection.execute(
        update(invitations)
        .where(invitations.c.id == invitation_id, _is_good(now))
        .values(withdrawn_at=now)
        .returning(invitations.c.id)
    )
    return withdrawn.first() is not None


def withdraw_all_of(connection: Connection, chat_id: int, now: datetime) -> None:
    """Of a colleague who has left."""
    connection.execute(
        update(invitations)
        .where(invitations.c.invited_by == chat_id, _is_good(now))
        .values(withdrawn_at=now)
    )


def _is_good(now: datetime) -> ColumnElement[bool]:
    return and_(
        invitations.c.used_at.is_(None),
        invitations.c.withdrawn_at.is_(None),
        invitations.c.expires_at > now,
    )


def _one(connection: Connection, condition: ColumnElement[bool]) -> Invitation | None:
    row: Any = connection.execute(select(*_COLUMNS).where(condition)).one_or_none()
    return None if row is None else Invitation(*row)
