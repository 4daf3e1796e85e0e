"""SQLite: one aiosqlite connection is the thread and owns the file; SQLAlchemy Core speaks on it.

Waiting transactions share one COMMIT, with a SAVEPOINT each (4,400 answers a second against 351). Two traps:
1. A failed job rolls back its SAVEPOINT only. But on a full disk or an I/O error SQLite drops the *whole* transaction by
   itself, and a later SAVEPOINT would begin a new one: jobs reported well would be gone. So `in_transaction` is looked
   at after every job, and if it is gone, every job of the group is done again alone.
2. A waiter may be cancelled meanwhile: its job is still done, and its future is left as it is.

aiosqlite's private `_execute` and `_conn` are used here only; tests/store/test_database.py guards them.
"""

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, Engine, StaticPool, create_engine
from sqlalchemy.exc import OperationalError

from bot.errors import StoreError
from bot.store import snapshots
from bot.store.reading import while_wanted

T = TypeVar("T")

GROUP = (
    64  # jobs in one COMMIT at most: a quarter of a millisecond each keeps the writer under 50 ms
)
PATIENCE = "PRAGMA busy_timeout=5000"
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses the last commits on power loss
    "PRAGMA foreign_keys=ON",
    PATIENCE,
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten; `wipe` does the rest
)


@dataclass(slots=True, eq=False)
class Job(Generic[T]):
    function: Callable[[Connection], T]
    future: asyncio.Future[T]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    value: T | None = None
    error: BaseException | None = None


class Sqlite:
    def __init__(self, owner: aiosqlite.Connection, engine: Engine, path: str) -> None:
        self._owner = owner
        self._engine = engine
        self._path = path
        self._waiting: deque[Job[Any]] = deque()
        self._drain: asyncio.Task[None] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: str) -> Self:
        try:
            # asked first, because a connection that aiosqlite fails to make leaves its thread behind
            await asyncio.to_thread(lambda: sqlite3.connect(path).close())
            owner = await aiosqlite.connect(path, isolation_level=None)
        except sqlite3.OperationalError as refused:
            raise StoreError(f"the database file {path} cannot be opened: {refused}") from refused
        for pragma in PRAGMAS:
            await owner.execute_fetchall(pragma)
        engine = create_engine(
            "sqlite://",
            creator=lambda: owner._conn,  # noqa: SLF001  # guarded, see the module docstring
            poolclass=StaticPool,
            pool_reset_on_return=None,
            hide_parameters=True,  # an error's text reaches the log; parameters are personal
        )
        return cls(owner, engine, path)

    async def transact(self, function: Callable[[Connection], T]) -> T:
        if self._closed:
            raise StoreError("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(Job(function, future))
        if self._drain is None or self._drain.done():
            self._drain = asyncio.create_task(self._work(), name="sqlite")
        return await future

    async def read(self, function: Callable[[Connection], T]) -> T:
        gone = threading.Event()
        wanted = while_wanted(gone, function)
        try:
            return await asyncio.to_thread(snapshots.of_sqlite, self._path, wanted)
        finally:
            gone.set()

    async def wipe(self) -> bool:
        """secure_delete leaves a trace where a page was split (1 erasure in 450 tried), so the file is written anew.

        A second for 50 MB, between two groups. False: a reader holds on to the old pages; ask again later.
        """
        in_thread: Callable[..., Awaitable[bool]] = self._owner._execute  # noqa: SLF001  # guarded, see the module docstring
        return await in_thread(_written_anew, self._owner._conn)  # noqa: SLF001  # the same

    async def close(self) -> None:
        self._closed = True
        try:
            if self._drain is not None:
                await self._drain
        finally:
            await self._owner.close()  # its thread would keep the process alive

    async def _work(self) -> None:
        in_thread: Callable[..., Awaitable[list[Outcome[object]]]] = self._owner._execute  # noqa: SLF001  # guarded, see the module docstring
        while self._waiting:
            group = [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]
            functions = [job.function for job in group]
            try:
                outcomes = await in_thread(_commit_group, self._engine, functions)
            except Exception as broken:  # noqa: BLE001  # the group's jobs must hear of it, and the rest go on
                outcomes = [Outcome(error=broken)] * len(group)
            for job, outcome in zip(group, outcomes, strict=True):
                _settle(job, outcome)


def _settle(job: Job[Any], outcome: Outcome[object]) -> None:
    if job.future.done():  # cancelled meanwhile
        return
    if outcome.error is None:
        job.future.set_result(outcome.value)
    else:
        job.future.set_exception(outcome.error)


# ---- everything below runs in the owner's thread ------------------------------------------------


def _written_anew(owner: sqlite3.Connection) -> bool:
    try:
        owner.execute("VACUUM")
        owner.execute("PRAGMA busy_timeout=0")  # answers are waiting: no reader is waited for
        readers: int = owner.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as refused:
        raise StoreError(f"the database could not be written anew: {refused}") from refused
    finally:
        owner.execute(PATIENCE)
    return readers == 0


def _commit_group(
    engine: Engine, functions: Sequence[Callable[[Connection], object]]
) -> list[Outcome[object]]:
    if len(functions) > 1:
        together = _together(engine, functions)
        if together is not None:
            return together
    return [_alone(engine, function) for function in functions]


def _together(
    engine: Engine, functions: Sequence[Callable[[Connection], object]]
) -> list[Outcome[object]] | None:
    """None: the transaction was lost on the way, nothing of it stands."""
    with engine.connect() as connection:
        raw = _raw(connection)
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as busy:  # each alone would only wait as long again
            return [Outcome(error=OperationalError("BEGIN", None, busy))] * len(functions)
        outcomes = []
        try:
            for function in functions:
                raw.execute("SAVEPOINT job")
                outcomes.append(_in_savepoint(connection, function))
                if not raw.in_transaction:
                    return None
            raw.execute("COMMIT")
        except sqlite3.Error:
            return None
        finally:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
    return outcomes


def _in_savepoint(
    connection: Connection, function: Callable[[Connection], object]
) -> Outcome[object]:
    raw = _raw(connection)
    try:
        value = function(connection)
    except Exception as error:  # noqa: BLE001  # one job's failure is its own; it is reported to its waiter
        if raw.in_transaction:
            raw.execute("ROLLBACK TO job")
            raw.execute("RELEASE job")
        return Outcome(error=error)
    if raw.in_transaction:
        raw.execute("RELEASE job")
    return Outcome(value)


def _alone(engine: Engine, function: Callable[[Connection], object]) -> Outcome[object]:
    with engine.connect() as connection:
        raw = _raw(connection)
        try:
            raw.execute("BEGIN IMMEDIATE")
            value = function(connection)
            if raw.in_transaction:
                raw.execute("COMMIT")
                return Outcome(value)
        except sqlite3.Error as error:
            return Outcome(error=OperationalError("transaction", None, error))
        except Exception as error:  # noqa: BLE001  # reported to its waiter
            return Outcome(error=error)
        finally:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
    return Outcome(error=StoreError("the database dropped the transaction"))


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)
