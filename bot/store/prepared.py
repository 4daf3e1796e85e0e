"""The statements of every update: SQLAlchemy builds and compiles each once, SQLite's own cursor runs it.

To run one through SQLAlchemy takes several times as long as SQLite needs for it, and a tap has seven. What is kept of it: the
conversions of the column types, errors of its kind without parameters (which are personal), and its event before each statement,
so that whoever counts statements counts these too.

PostgreSQL is asked through SQLAlchemy as ever: a pool must see for itself that a connection was lost, and the way to the server
takes longer than what could be saved.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | UpdateBase
Values = Mapping[str, object]
Convert = Callable[[Any], Any]


class Prepared:
    """One statement, which is always run with values of the same names."""

    def __init__(self, build: Callable[[str], Statement]) -> None:
        """`build` is given the dialect's name."""
        self._build = build
        self._built: dict[str, Statement] = {}
        self._on_sqlite: _OnSqlite | None = None

    def rows(self, connection: Connection, values: Values) -> Sequence[Any]:
        """Named tuples: all rows that it selects or returns."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement(connection), values).all()
        return self._prepared(connection, values).rows(connection, values)

    def changed(self, connection: Connection, values: Values) -> int:
        """How many rows an UPDATE met."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement(connection), values).rowcount
        return self._prepared(connection, values).changed(connection, values)

    def _statement(self, connection: Connection) -> Statement:
        dialect = connection.dialect.name
        if dialect not in self._built:
            self._built[dialect] = self._build(dialect)
        return self._built[dialect]

    def _prepared(self, connection: Connection, values: Values) -> "_OnSqlite":
        if self._on_sqlite is None:
            self._on_sqlite = _prepared(self._statement(connection), connection.dialect, values)
        return self._on_sqlite


@dataclass(frozen=True, slots=True)
class _OnSqlite:
    text: str
    fixed: Values  # what the statement itself says
    places: Sequence[tuple[str, Convert | None]]  # of the question marks, in order
    conversions: Sequence[tuple[int, Convert]]  # by column
    row: Callable[[Iterable[Any]], tuple[Any, ...]]

    def rows(self, connection: Connection, values: Values) -> list[tuple[Any, ...]]:
        try:
            found = self._run(connection, values).fetchall()
        except sqlite3.Error as refused:
            raise self._translated(connection, refused) from refused
        return [self._converted(one) for one in found]

    def changed(self, connection: Connection, values: Values) -> int:
        try:
            return self._run(connection, values).rowcount
        except sqlite3.Error as refused:
            raise self._translated(connection, refused) from refused

    def _run(self, connection: Connection, values: Values) -> sqlite3.Cursor:
        given = {**self.fixed, **values} if self.fixed else values
        parameters = tuple(
            [
                given[name] if convert is None else convert(given[name])
                for name, convert in self.places
            ]
        )
        cursor = cast("sqlite3.Connection", connection.connection.dbapi_connection).cursor()
        for hear in connection.dispatch.before_cursor_execute:
            hear(connection, cursor, self.text, parameters, None, False)
        return cursor.execute(self.text, parameters)

    def _converted(self, found: tuple[Any, ...]) -> tuple[Any, ...]:
        cells = list(found)
        for at, convert in self.conversions:
            cells[at] = convert(cells[at])
        return self.row(cells)

    def _translated(self, connection: Connection, refused: sqlite3.Error) -> BaseException:
        return DBAPIError.instance(
            self.text,
            None,
            refused,
            sqlite3.Error,
            hide_parameters=True,
            dialect=connection.dialect,
        )


def _prepared(statement: Statement, dialect: Dialect, values: Values) -> _OnSqlite:
    compiled = statement.compile(dialect=dialect, column_keys=list(values))
    names = compiled.positiontup or ()
    columns = statement.exported_columns
    conversions = [_from_database(column.type, dialect) for column in columns]
    return _OnSqlite(
        compiled.string,
        {name: compiled.binds[name].value for name in names if name not in values},
        [(name, _to_database(compiled.binds[name].type, dialect)) for name in names],
        [(at, convert) for at, convert in enumerate(conversions) if convert is not None],
        _row_of([str(name) for name in columns.keys()]),  # noqa: SIM118  # a collection of columns is no dict
    )


def _row_of(names: Sequence[str]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    row: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024  # its fields are known here only
    made: Callable[[Iterable[Any]], tuple[Any, ...]] = row._make
    return made


def _to_database(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from_database(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
