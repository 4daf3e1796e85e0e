"""Which message of a chat gave which answer: its number and the place of its part, never its text. Queries only."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select

from bot.store.tables import answer_messages
from bot.store.upsert import insert

NO_PART: Final = -1


@dataclass(frozen=True, slots=True)
class Source:
    """A message that was said at a question. Without a part it has given no answer (yet)."""

    chat_id: int
    message_id: int
    response_id: int
    item: str
    is_other: bool = False  # it gave the text of "Lainnya"
    part: int = NO_PART
    length: int = 0  # of its part of the answer
    edited_at: datetime | None = None

    @property
    def gave_answer(self) -> bool:
        return self.part != NO_PART


def of_message(connection: Connection, chat_id: int, message_id: int) -> Source | None:
    row = connection.execute(
        select(answer_messages).where(
            answer_messages.c.chat_id == chat_id, answer_messages.c.message_id == message_id
        )
    ).one_or_none()
    return None if row is None else _source(row)


def of_item(connection: Connection, response_id: int, item: str) -> list[Source]:
    """In the order of the parts, and of the messages."""
    rows = connection.execute(
        select(answer_messages)
        .where(answer_messages.c.response_id == response_id, answer_messages.c.item == item)
        .order_by(answer_messages.c.part, answer_messages.c.message_id)
    )
    return [_source(row) for row in rows]


def keep(connection: Connection, sources: Sequence[Source]) -> None:
    """Whatever was known of those messages gives way."""
    for source in sources:
        columns = asdict(source)
        connection.execute(
            insert(connection, answer_messages)
            .values(columns)
            .on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=columns)
        )


def forget(connection: Connection, response_id: int, items: Collection[str]) -> None:
    if items:
        connection.execute(
            delete(answer_messages).where(
                answer_messages.c.response_id == response_id, answer_messages.c.item.in_(items)
            )
        )


def _source(row: Row[Any]) -> Source:
    return Source(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public name for a row as a mapping
