"""Bring a database to the schema of this version, at start and by `python -m bot migrate`. Alembic underneath.

1. One transaction, or nothing: also on SQLite, where DDL can be rolled back if one begins by hand.
2. Foreign keys are off meanwhile on SQLite: rebuilding a table would delete its children otherwise.
3. Two processes that start together: the second waits for the first.
4. A database from a newer version is left as it is.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from bot.errors import SchemaOutdated
from bot.store.trouble import address, is_trouble, not_opened

SCRIPTS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x62756E676F  # "bungo"


def migrate(url: str) -> None:
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            _lock(connection)
            _upgrade(connection)
    except DBAPIError as refused:
        if is_trouble(refused):
            raise not_opened(refused) from refused
        raise
    finally:
        engine.dispose()


def is_current(url: str) -> None:
    """Changes nothing: a database that `migrate` would change, or could not, is a SchemaOutdated."""
    engine = _engine(url)
    head = ScriptDirectory.from_config(scripts()).get_current_head()
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if path is not None and not Path(path).exists():
        if not Path(path).parent.is_dir():
            raise SchemaOutdated("the folder of the database is not there. Check DATABASE_URL.")
        raise SchemaOutdated("there is no database yet; `python -m bot migrate` makes it.")
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as refused:
        if is_trouble(refused):
            raise not_opened(refused) from refused
        raise
    finally:
        engine.dispose()
    _refuse_newer(current)
    if current != head:
        raise SchemaOutdated(
            f"the database has schema {current}, this version {head}; `python -m bot migrate` brings it there."
        )


def scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _upgrade(connection: Connection) -> None:
    _refuse_newer(MigrationContext.configure(connection).get_current_revision())
    config = scripts()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_newer(current: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(scripts()).walk_revisions()}
    if current is not None and current not in known:
        raise SchemaOutdated(
            f"the database was written by a newer version (schema {current}). "
            "Start that version, or restore a backup made before it."
        )


def _engine(url: str) -> Engine:
    engine = create_engine(address(url), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _by_hand)
    return engine


def _by_hand(raw: object, _record: object) -> None:
    raw.isolation_level = None  # type: ignore[attr-defined]  # a sqlite3.Connection, untyped here


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
