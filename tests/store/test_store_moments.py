"""What stands in SQLite for a moment is what SQLAlchemy's own DateTime writes and reads, so that no database has two ways."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import DateTime, create_engine, literal, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from bot.store.moments import UtcDateTime, from_sqlite, to_sqlite

JAYAPURA = timezone(timedelta(hours=9))
MOMENTS = [
    datetime(2026, 11, 26, 3, 0, tzinfo=UTC),  # no fraction: as wide as the others
    datetime(2026, 11, 26, 3, 0, 0, 7, tzinfo=UTC),
    datetime(2026, 11, 26, 6, 30, 5, 999_999, tzinfo=JAYAPURA),  # the day before in UTC
    datetime(2027, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=7))),
]
theirs = DateTime().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_is_written_as_sqlalchemy_writes_it(moment: datetime):
    assert to_sqlite(moment) == theirs(moment.astimezone(UTC).replace(tzinfo=None))


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_comes_back_with_its_zone(moment: datetime):
    back = from_sqlite(to_sqlite(moment))
    assert back == moment
    assert back.tzinfo is UTC


def test_texts_sort_as_moments_do():
    assert sorted(MOMENTS) == [from_sqlite(text) for text in sorted(map(to_sqlite, MOMENTS))]


def test_no_moment_stays_none():
    assert (to_sqlite(None), from_sqlite(None)) == (None, None)


def test_sqlalchemy_itself_takes_the_same_way():
    moment = MOMENTS[2]
    with create_engine("sqlite://").connect() as connection:
        column = literal(moment, UtcDateTime)
        assert connection.scalar(select(column)) == moment
        naive = select(literal(moment.replace(tzinfo=None), UtcDateTime))
        with pytest.raises(StatementError, match="a moment without a zone"):
            connection.scalar(naive)
