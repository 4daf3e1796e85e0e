"""PostgreSQL: the same plain functions in a pool of threads, each with a connection of its own. psycopg."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.exc import OperationalError

from bot.store import snapshots
from bot.store.reading import while_wanted

T = TypeVar("T")

THREADS = 8


class Postgresql:
    def __init__(self, url: URL) -> None:
        self._engine = create_engine(
            url, pool_size=THREADS, max_overflow=0, pool_pre_ping=True, hide_parameters=True
        )
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="postgresql")

    async def transact(self, function: Callable[[Connection], T]) -> T:
        return await self._in_thread(self._transaction, function)

    async def read(self, function: Callable[[Connection], T]) -> T:
        gone = threading.Event()
        read = partial(snapshots.of_postgresql, self._engine)
        try:
            return await self._in_thread(read, while_wanted(gone, function))
        finally:
            gone.set()

    async def wipe(self) -> bool:
        """Deleted rows are gone for every query; their space is PostgreSQL's own to clean (autovacuum)."""
        return True

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    async def _in_thread(
        self, way: Callable[[Callable[[Connection], T]], T], function: Callable[[Connection], T]
    ) -> T:
        loop = asyncio.get_running_loop()
        # shield: a cancelled waiter leaves the transaction to end in its own way
        return await asyncio.shield(loop.run_in_executor(self._threads, way, function))

    def _transaction(self, function: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                return function(connection)
        except OperationalError as lost:
            if not _is_lost_race(lost):
                raise
        with self._engine.begin() as connection:
            return function(connection)


def _is_lost_race(lost: OperationalError) -> bool:
    """Serialization failure or deadlock: PostgreSQL itself asks to try again."""
    return getattr(lost.orig, "sqlstate", "") in {"40001", "40P01"}
