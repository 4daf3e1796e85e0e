"""Who of several processes may work as the one bot of a database: a lock that ends with its process, also by kill -9.

SQLite: a locked file beside the database; PostgreSQL: an advisory lock on a connection of its own. Commands that only
read or import need no lock. These functions block for a moment: call them in a thread.
"""

import fcntl
import os
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.errors import StoreError
from bot.store.trouble import address, not_opened

ADVISORY_LOCK = 0x62756E6770  # beside that of the migrations
# A machine without power closes no connection: the server asks for it, and gives its place away after half a minute.
_NOTICED_GONE = {
    "tcp_keepalives_idle": 15, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 3,
}  # fmt: skip


class Sole(Protocol):
    def take(self) -> bool:
        """Whether it is ours, from now on or still."""

    def give_back(self) -> None: ...


def sole(url: str) -> Sole:
    parsed = address(url)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(
            parsed, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True
        )
        return _AdvisoryLock(engine)
    return _LockedFile(f"{parsed.database}.lock")


class _LockedFile:
    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        if self._file is not None:
            return True
        try:
            found = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as refused:
            raise StoreError(
                f"the database's folder cannot be written to: {refused.strerror}. Check DATABASE_URL."
            ) from refused
        try:
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(found)
            return False
        self._file = found
        return True

    def give_back(self) -> None:
        if self._file is not None:
            os.close(
                self._file
            )  # the file stays: removing it would let two processes lock two files
            self._file = None


class _AdvisoryLock:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self) -> bool:
        if self._connection is not None and _answers(self._connection):
            return True
        self.give_back()
        try:
            return self._taken_anew()
        except DBAPIError as refused:
            raise not_opened(refused) from refused

    def _taken_anew(self) -> bool:
        connection = self._engine.connect()
        for setting, value in _NOTICED_GONE.items():
            connection.execute(text(f"SET {setting} = {value}"))
        asked = text("SELECT pg_try_advisory_lock(:key)")
        if connection.execute(asked, {"key": ADVISORY_LOCK}).scalar_one():
            self._connection = connection
            return True
        connection.close()
        return False

    def give_back(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _answers(connection: Connection) -> bool:
    """A connection that is gone has lost the lock."""
    try:
        connection.execute(text("SELECT 1"))
    except DBAPIError:
        return False
    return True
