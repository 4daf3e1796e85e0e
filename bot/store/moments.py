"""The column type of a moment: UTC in the database, with a zone in the program; a naive datetime is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, TypeDecorator
from sqlalchemy.engine import Dialect

SQLITE = "sqlite"


class UtcDateTime(TypeDecorator[datetime]):
    """On SQLite one plain function each way: an answer converts thirty moments, and SQLAlchemy's chain takes three calls for each."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        return to_sqlite if dialect.name == SQLITE else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return from_sqlite if dialect.name == SQLITE else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = in_utc(value)
        return moment.replace(tzinfo=None) if dialect.name == SQLITE else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"a moment without a zone: {value!r}")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def to_sqlite(value: datetime | None) -> str | None:
    """As SQLAlchemy writes a DateTime: a fixed width, so that texts sort as moments do."""
    return None if value is None else in_utc(value).isoformat(" ", "microseconds")[:-6]


def from_sqlite(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text + "+00:00")
