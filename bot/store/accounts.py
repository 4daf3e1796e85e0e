"""Telegram accounts: who is connected, and what the conversation remembers between two updates. Queries only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.store.tables import accounts
from bot.store.upsert import insert_for


@dataclass(frozen=True, slots=True)
class Account:
    chat_id: int
    person_id: int | None = None
    language: str = "id"
    response_id: int | None = None  # the active response: typed text goes there
    card_message_id: int | None = None
    expecting: Mapping[str, Any] = field(default_factory=dict)
    blocked_at: datetime | None = None
    last_update_at: datetime | None = None
    linked_at: datetime | None = None


def opened(connection: Connection, chat_id: int, now: datetime) -> Account:
    """The account of that chat, made when it is new, held until the transaction ends. Whoever writes is not blocked."""
    row = connection.execute(
        _opening(connection.dialect.name),
        {"chat_id": chat_id, "expecting": {}, "last_update_at": now},
    ).one()
    return _account(row)


@cache
def _opening(dialect: str) -> ReturningInsert[Any]:
    """Run for every update, so built once."""
    statement = insert_for(dialect, accounts)
    return statement.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={"last_update_at": statement.excluded.last_update_at, "blocked_at": None},
    ).returning(accounts)


def of_chat(connection: Connection, chat_id: int) -> Account | None:
    row = connection.execute(select(accounts).where(accounts.c.chat_id == chat_id)).one_or_none()
    return None if row is None else _account(row)


def of_person(connection: Connection, person_id: int) -> Account | None:
    row = connection.execute(
        select(accounts).where(accounts.c.person_id == person_id)
    ).one_or_none()
    return None if row is None else _account(row)


def all_chats(connection: Connection) -> list[int]:
    return list(connection.execute(select(accounts.c.chat_id)).scalars())


def interrupted(connection: Connection, since: datetime, until: datetime) -> list[Account]:
    """Who was in the middle of an answer when the bot stopped."""
    rows = connection.execute(
        select(accounts).where(
            accounts.c.last_update_at.between(since, until),
            accounts.c.response_id.is_not(None),
            accounts.c.blocked_at.is_(None),
        )
    )
    return [_account(row) for row in rows]


def link(connection: Connection, chat_id: int, person_id: int, now: datetime) -> None:
    _set(connection, chat_id, person_id=person_id, linked_at=now, expecting={})


def unlink(connection: Connection, chat_id: int) -> None:
    _set(connection, chat_id, person_id=None, linked_at=None, response_id=None, expecting={})


def activate(connection: Connection, chat_id: int, response_id: int | None) -> None:
    _set(connection, chat_id, response_id=response_id)


def expect(connection: Connection, chat_id: int, expecting: Mapping[str, Any]) -> None:
    """What the next typed text is for; {} when it is for the active response."""
    _set(connection, chat_id, expecting=dict(expecting))


def remember_card(connection: Connection, chat_id: int, message_id: int | None) -> None:
    _set(connection, chat_id, card_message_id=message_id)


def set_language(connection: Connection, chat_id: int, language: str) -> None:
    _set(connection, chat_id, language=language)


def mark_blocked(connection: Connection, chat_id: int, at: datetime | None) -> None:
    _set(connection, chat_id, blocked_at=at)


def erase(connection: Connection, chat_id: int) -> None:
    connection.execute(accounts.delete().where(accounts.c.chat_id == chat_id))


def _set(connection: Connection, chat_id: int, **columns: object) -> None:
    connection.execute(update(accounts).where(accounts.c.chat_id == chat_id).values(columns))


def _account(row: Row[Any]) -> Account:
    return Account(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public name for a row as a mapping
