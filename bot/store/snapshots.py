"""The database as it is at one moment, for long reading: a connection of its own that cannot write and holds up no answer. No query."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, NullPool, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError

from bot.store.trouble import address, is_trouble, store_error

T = TypeVar("T")


def of_url(url: str, function: Callable[[Connection], T]) -> T:
    """Once, in a process that has no Database open."""
    parsed = address(url)
    try:
        if parsed.get_backend_name() == "postgresql":
            engine = create_engine(parsed, poolclass=NullPool, hide_parameters=True)
            return of_postgresql(engine, function)
        return of_sqlite(str(parsed.database), function)
    except DBAPIError as refused:
        if is_trouble(refused):
            raise store_error(refused) from refused
        raise


def of_sqlite(path: str, function: Callable[[Connection], T]) -> T:
    file = f"{Path(path).absolute().as_uri()}?mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(file, uri=True),
        poolclass=StaticPool,
        hide_parameters=True,  # an error's text reaches the log; parameters are personal
    )
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            return function(connection)
    finally:
        engine.dispose()


def of_postgresql(engine: Engine, function: Callable[[Connection], T]) -> T:
    with engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return function(connection)
