"""A whole database from SQLite to PostgreSQL: one snapshot read, one transaction written, compared before it is committed.

1. Both must be idle: whoever holds the place of a running bot is respected, and its place is held meanwhile.
2. The target must be empty of rows. It is migrated first; the source must have this version's schema already.
3. Rows are streamed. A column that points at a table which comes later is filled in a second pass.
4. Of each table the number and a digest of all values are compared, read back from the target. Any difference undoes all.

The source is only read. These functions block: no event loop is needed.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    Table,
    bindparam,
    create_engine,
    func,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.errors import StoreError
from bot.store.migrate import is_current, migrate
from bot.store.sole import sole
from bot.store.tables import metadata

AT_ONCE = 1000
_LARGEST = 2**256

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds, whatever order it is read in."""

    rows: int = 0
    digest: int = 0

    def and_row(self, values: Iterable[object]) -> "Content":
        row = hashlib.sha256(repr(tuple(map(_plain, values))).encode()).digest()
        return Content(self.rows + 1, (self.digest + int.from_bytes(row, "big")) % _LARGEST)


def move(source_url: str, target_url: str) -> Mapping[str, int]:
    """The rows of each table that were moved."""
    _refuse_wrong_kinds(source_url, target_url)
    is_current(source_url)
    with ExitStack() as stack:
        for url in (source_url, target_url):
            stack.enter_context(_idle(url))
        migrate(target_url)
        source = stack.enter_context(_connected(source_url))
        target = stack.enter_context(_connected(target_url))
        try:
            return _moved(source, target)
        except DBAPIError as refused:
            raise StoreError(
                f"PostgreSQL did not take it: {' '.join(str(refused.orig).split())}. Nothing was moved."
            ) from refused


def _moved(source: Connection, target: Connection) -> Mapping[str, int]:
    _refuse_rows(target)
    read = {table: _copy(source, target, table) for table in metadata.sorted_tables}
    for table in metadata.sorted_tables:
        _point_ahead(source, target, table)
        _go_on_counting(target, table)
    for table, content in read.items():
        if _content(target, table) != content:
            raise StoreError(
                f"{table.name} came out different in PostgreSQL. Nothing was moved; please report it."
            )
    target.commit()
    return {table.name: content.rows for table, content in read.items()}


def _copy(source: Connection, target: Connection, table: Table) -> Content:
    content = Content()
    later = {column.name for column in _pointing_ahead(table)}
    for chunk in _chunks(source, table):
        for values in chunk:
            content = content.and_row(values.values())
        rows = [
            {name: None if name in later else values[name] for name in values} for values in chunk
        ]
        target.execute(table.insert(), rows)
    return content


def _point_ahead(source: Connection, target: Connection, table: Table) -> None:
    for column in _pointing_ahead(table):
        keys = list(table.primary_key.columns)
        found = source.execute(select(*keys, column).where(column.is_not(None)))
        setting = update(table).values({column.name: bindparam("to_")})
        for key in keys:
            setting = setting.where(key == bindparam(f"of_{key.name}"))
        for rows in iter(lambda found=found: found.fetchmany(AT_ONCE), []):  # type: ignore[misc]  # mypy cannot type a lambda's default
            target.execute(
                setting,
                [
                    {
                        "to_": row[-1],
                        **{f"of_{key.name}": row[place] for place, key in enumerate(keys)},
                    }
                    for row in rows
                ],
            )


@cache
def _pointing_ahead(table: Table) -> tuple[Column[Any], ...]:
    order = metadata.sorted_tables
    return tuple(
        key.parent
        for key in table.foreign_keys
        if order.index(key.column.table) >= order.index(table)
    )


def _go_on_counting(target: Connection, table: Table) -> None:
    """New rows get numbers after the last one."""
    counted = table.autoincrement_column
    if counted is None or not isinstance(counted.type, Integer):
        return
    last = target.scalar(select(func.max(counted)))
    if last is not None:
        sequence = func.pg_get_serial_sequence(table.name, counted.name)
        target.execute(select(func.setval(sequence, last)))


def _content(connection: Connection, table: Table) -> Content:
    content = Content()
    for chunk in _chunks(connection, table):
        for values in chunk:
            content = content.and_row(values.values())
    return content


def _chunks(connection: Connection, table: Table) -> Iterator[Sequence[Values]]:
    rows = connection.execution_options(yield_per=AT_ONCE).execute(select(table)).mappings()
    mapped = (dict(row) for row in rows)
    while chunk := list(islice(mapped, AT_ONCE)):
        yield chunk


def _plain(value: object) -> object:
    """A mapping's order is nobody's; what a driver gives for bytes differs."""
    match value:
        case Mapping():
            return sorted((str(name), _plain(inner)) for name, inner in value.items())
        case list():
            return [_plain(inner) for inner in value]
        case memoryview() | bytearray():
            return bytes(value)
        case _:
            return value


# ---- what must be so before ------------------------------------------------------------------------


def _refuse_wrong_kinds(source_url: str, target_url: str) -> None:
    try:
        source, target = make_url(source_url), make_url(target_url)
    except ArgumentError as wrong:
        raise StoreError(
            "That is no database address; postgresql+psycopg://user@host/name is one."
        ) from wrong
    if source.get_backend_name() != "sqlite" or not source.database:
        raise StoreError("DATABASE_URL must name the SQLite database that is to be moved.")
    if target.get_backend_name() != "postgresql":
        raise StoreError(
            "The target must be a PostgreSQL database, like postgresql+psycopg://user@host/name."
        )
    if not Path(source.database).exists():
        raise StoreError(f"There is no database {Path(source.database).name}. Check DATABASE_URL.")


@contextmanager
def _idle(url: str) -> Iterator[None]:
    lock = sole(url)
    if not lock.take():
        kind = make_url(url).get_backend_name()
        raise StoreError(f"A bot is running on the {kind} database. Stop it first.")
    try:
        yield
    finally:
        lock.give_back()


def _refuse_rows(target: Connection) -> None:
    filled = [
        table.name
        for table in metadata.sorted_tables
        if target.execute(select(table).limit(1)).first() is not None
    ]
    if filled:
        raise StoreError(
            f"The target is not empty ({', '.join(filled[:3])}). Make a new database: createdb NAME."
        )


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine: Engine = create_engine(parsed, hide_parameters=True)
    try:
        with engine.connect() as connection:
            if parsed.get_backend_name() == "sqlite":
                connection.execute(text("BEGIN"))  # one moment, however long it takes
            yield connection
    finally:
        engine.dispose()
