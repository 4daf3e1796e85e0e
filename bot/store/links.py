"""Personal links; only the hash of a token is kept. Queries only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.store.tables import links


@dataclass(frozen=True, slots=True)
class Link:
    person_id: int
    created_at: datetime
    used_by: int | None
    disabled_at: datetime | None


def add(
    connection: Connection,
    token_hash: str,
    person_id: int,
    now: datetime,
    training_id: int | None = None,
) -> None:
    connection.execute(
        links.insert().values(
            token_hash=token_hash, person_id=person_id, created_at=now, training_id=training_id
        )
    )


def made_since(connection: Connection, training_id: int, since: datetime) -> bool:
    query = select(links.c.token_hash).where(
        links.c.training_id == training_id, links.c.created_at > since
    )
    return connection.execute(query.limit(1)).first() is not None


def of_hash(connection: Connection, token_hash: str) -> Link | None:
    row = connection.execute(
        select(links.c.person_id, links.c.created_at, links.c.used_by, links.c.disabled_at).where(
            links.c.token_hash == token_hash
        )
    ).one_or_none()
    return None if row is None else Link(*row)


def use(connection: Connection, token_hash: str, chat_id: int, now: datetime) -> bool:
    """True for the first account that uses it, and for the same account again."""
    connection.execute(
        update(links)
        .where(links.c.token_hash == token_hash, links.c.used_by.is_(None))
        .values(used_by=chat_id, used_at=now)
    )
    used_by = connection.execute(
        select(links.c.used_by).where(links.c.token_hash == token_hash)
    ).scalar_one()
    return bool(used_by == chat_id)


def disable_unused(
    connection: Connection, person_id: int, now: datetime, training_id: int | None = None
) -> None:
    """Of that training, and those of which it is not known for which they were made; of any if none is given."""
    unused = update(links).where(
        links.c.person_id == person_id, links.c.used_by.is_(None), links.c.disabled_at.is_(None)
    )
    if training_id is not None:
        unused = unused.where((links.c.training_id == training_id) | links.c.training_id.is_(None))
    connection.execute(unused.values(disabled_at=now))


def give_back(connection: Connection, chat_id: int) -> None:
    """It reached somebody else: it stays good, and who used it is forgotten."""
    connection.execute(
        update(links).where(links.c.used_by == chat_id).values(used_by=None, used_at=None)
    )


def release(connection: Connection, chat_id: int, now: datetime) -> None:
    """The link reached somebody else: it no longer works, and who used it is forgotten."""
    connection.execute(
        update(links)
        .where(links.c.used_by == chat_id)
        .values(disabled_at=now, used_by=None, used_at=None)
    )
