"""The one place that knows threads: a plain function becomes one transaction.

1. `await database.run(function, *args)` calls `function(connection, *args)` whole in a database thread and commits.
2. A StaleResponse is retried once: somebody else was first, the function decides anew.
3. What the database itself cannot do now (locked, disk full, gone) comes back as StoreError, in words for the operator.
4. `await database.read(function, *args)` is for exports: another connection, one snapshot, read-only.
5. `await database.wipe()` after an erasure: nothing of it stays in the file either.

No query lives here. SQLite and PostgreSQL differ in sqlite.py and postgresql.py only.
"""

from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec, Protocol, Self, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError

from bot.errors import StaleResponse
from bot.store.postgresql import Postgresql
from bot.store.sqlite import Sqlite
from bot.store.trouble import absolute, address, is_trouble, store_error

P = ParamSpec("P")
T = TypeVar("T")


class Engine(Protocol):
    async def transact(self, function: Callable[[Connection], T]) -> T: ...

    async def read(self, function: Callable[[Connection], T]) -> T: ...

    async def wipe(self) -> bool: ...

    async def close(self) -> None: ...


class Database:
    def __init__(self, engine: Engine, url: str) -> None:
        self._engine = engine
        self.url = url  # for another process of ours, wherever it starts; it may hold a password

    @classmethod
    async def open(cls, url: str) -> Self:
        """`sqlite:///bungo.db` or `postgresql+psycopg://user:password@host/name`; already migrated."""
        parsed = absolute(address(url))
        try:
            return cls(await _engine(parsed), parsed.render_as_string(hide_password=False))
        except DBAPIError as refused:
            if is_trouble(refused):
                raise store_error(refused) from refused
            raise

    async def run(
        self,
        function: Callable[Concatenate[Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        work = partial(_call, function, args, kwargs)
        try:
            return await self._transact(work)
        except StaleResponse:
            return await self._transact(work)

    async def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        try:
            return await self._engine.read(partial(_call, function, args, kwargs))
        except DBAPIError as refused:
            if is_trouble(refused):
                raise store_error(refused) from refused
            raise

    async def wipe(self) -> bool:
        """What was deleted goes from the bytes of the file too. False: not yet, somebody still reads the old ones."""
        return await self._engine.wipe()

    async def close(self) -> None:
        await self._engine.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _transact(self, work: Callable[[Connection], T]) -> T:
        try:
            return await self._engine.transact(work)
        except DBAPIError as refused:
            if is_trouble(refused):
                raise store_error(refused) from refused
            raise


async def _engine(parsed: URL) -> Engine:
    if parsed.get_backend_name() == "postgresql":
        return Postgresql(parsed)
    return await Sqlite.open(str(parsed.database))


def _call(
    function: Callable[Concatenate[Connection, P], T],
    args: "P.args",  # type: ignore[valid-type]  # ParamSpec parts cannot be carried in a value
    kwargs: "P.kwargs",  # type: ignore[valid-type]
    connection: Connection,
) -> T:
    return function(connection, *args, **kwargs)
