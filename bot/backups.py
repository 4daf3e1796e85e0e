"""The SQLite database whole, copied and put back: what `python -m bot backup` and `restore` do. Writes no sentence to a screen.

1. A backup is taken while the bot runs, by SQLite's own backup: one consistent moment, checked, and only then given its name.
2. A restore refuses while the bot runs, checks the file first, keeps the database it replaces, and erases again whoever was
   erased since the backup was made.
PostgreSQL has tools of its own for both; these commands name them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.erasing import Keeper, register_of
from bot.errors import StoreError
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.sole import sole
from bot.store.trouble import address


@dataclass(frozen=True, slots=True)
class Restored:
    kept: Path | None  # what stood there before
    erased: int  # people who were in the backup and must not be


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database of a deployment stands, with what is needed to erase again."""

    url: str
    register: Path | None
    secret: bytes


def back_up(url: str, file: Path) -> None:
    database = _sqlite_file(url, "pg_dump --format=custom")
    if not database.exists():
        raise StoreError(f"There is no database {database.name} yet. Check DATABASE_URL.")
    if file.exists():
        raise StoreError(
            f"{file.name} exists already. Choose another name: a backup replaces none."
        )
    beside = file.with_name(f"{file.name}.part")
    try:
        _copy(f"{database.absolute().as_uri()}?mode=ro", beside)
        _check(beside)
        beside.rename(file)
    finally:
        beside.unlink(missing_ok=True)


async def restore(place: Place, file: Path, now: datetime) -> Restored:
    database = _sqlite_file(place.url, "pg_restore --clean")
    _check(file)
    with _stopped(place.url):
        beside = database.with_name(f"{database.name}.part")
        try:
            _copy(_still(file), beside)
            migrate(f"sqlite:///{beside}")
            kept = _moved_away(database, now)
            beside.rename(database)
        finally:
            beside.unlink(missing_ok=True)
        return Restored(kept, await _erased_again(place, now))


async def _erased_again(place: Place, now: datetime) -> int:
    async with await Database.open(place.url) as opened:
        keeper = Keeper(opened, register_of(place.url, place.register), place.secret)
        return await keeper.repeat(now)


def _sqlite_file(url: str, tool: str) -> Path:
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return Path(parsed.database)
    raise StoreError(
        f"This command is for SQLite. For PostgreSQL use `{tool}`, and keep the file of ERASURE_REGISTER: "
        "at its next start the bot erases again whoever was erased since the dump."
    )


@contextmanager
def _stopped(url: str) -> Iterator[None]:
    lock = sole(url)
    if not lock.take():
        raise StoreError("The bot is running on this database. Stop it first, then restore.")
    try:
        yield
    finally:
        lock.give_back()


def _moved_away(database: Path, now: datetime) -> Path | None:
    """With its write-ahead log in it; None when there was no database."""
    if not database.exists():
        return None
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in ("-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    return database.rename(database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}"))


def _copy(source: str, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(source, uri=True)) as read,
            closing(sqlite3.connect(target)) as written,
        ):
            read.backup(written)
            written.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    except sqlite3.Error as refused:
        raise StoreError(f"the copy failed: {refused}. Nothing was changed.") from refused


def _check(file: Path) -> None:
    """A whole database of ours."""
    if not file.exists():
        raise StoreError(f"There is no file {file.name}.")
    try:
        with closing(sqlite3.connect(_still(file), uri=True)) as opened:
            sound = opened.execute("PRAGMA integrity_check").fetchone()[0]
            opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as refused:
        raise StoreError(f"{file.name} is no backup of this bot: {refused}.") from refused
    if sound != "ok":
        raise StoreError(f"{file.name} is damaged ({sound}). Take an older backup.")


def _still(file: Path) -> str:
    """Nobody writes it meanwhile; so it is read where nothing may be written beside it."""
    return f"{file.absolute().as_uri()}?mode=ro&immutable=1"
