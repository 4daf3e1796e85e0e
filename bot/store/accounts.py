"""Telegram accounts: who is connected, and what the conversation remembers between two updates. Queries only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, case, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.store.prepared import Prepared
from bot.store.tables import accounts, responses
from bot.store.upsert import insert_for

NOT_YET: Final = (
    2**63 - 1
)  # no message has a number as high: the question is in no chat that we know of


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
    answers_after: int = 0  # only a message with a higher number answers the present question
    told_early: bool = False  # that such a message does not count


def opened(connection: Connection, chat_id: int, now: datetime) -> Account:
    """The account of that chat, made when it is new, held until the transaction ends. Whoever writes is not blocked."""
    (row,) = _OPENED.rows(connection, {"chat_id": chat_id, "expecting": {}, "last_update_at": now})
    return _account(row)


def _opening(dialect: str) -> ReturningInsert[Any]:
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


def remember_card(connection: Connection, chat_id: int, message_id: int) -> None:
    _set(connection, chat_id, card_message_id=message_id)


def remember_question(
    connection: Connection, chat_id: int, message_id: int, response_id: int, revision: int
) -> None:
    """The first message that shows a question counts; a lower number than before is another bot's count."""
    is_asked = (
        select(responses.c.id)
        .where(responses.c.id == response_id, responses.c.revision == revision)
        .exists()
    )
    is_first = and_(
        accounts.c.answers_after > message_id, accounts.c.response_id == response_id, is_asked
    )
    after = case((is_first, message_id), else_=accounts.c.answers_after)
    _set(connection, chat_id, card_message_id=message_id, answers_after=after)


def await_question(connection: Connection, chat_id: int) -> None:
    """Until a message is known to show the present question."""
    _set(connection, chat_id, answers_after=NOT_YET, told_early=False)


def question_seen(connection: Connection, chat_id: int) -> None:
    _set(connection, chat_id, answers_after=0, told_early=False)


def note_told_early(connection: Connection, chat_id: int) -> None:
    _set(connection, chat_id, told_early=True)


def set_language(connection: Connection, chat_id: int, language: str) -> None:
    _set(connection, chat_id, language=language)


def mark_blocked(connection: Connection, chat_id: int, at: datetime | None) -> None:
    _set(connection, chat_id, blocked_at=at)


def erase(connection: Connection, chat_id: int) -> None:
    connection.execute(accounts.delete().where(accounts.c.chat_id == chat_id))


def _set(connection: Connection, chat_id: int, **columns: object) -> None:
    connection.execute(update(accounts).where(accounts.c.chat_id == chat_id).values(columns))


def _account(row: Row[Any]) -> Account:
    return Account(**row._asdict())


_OPENED = Prepared(_opening)  # run for every update
