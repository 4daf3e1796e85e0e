"""How the rest of the bot asks for a transaction, without knowing where it is kept.

`await run(function, *args)` calls `function(connection, *args)` as ONE transaction and returns its value. The function
is plain and synchronous, so a network call inside a transaction cannot be written; it may be called again (after a
lost race, after a full disk), so it may have no effect but the one on the database.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    async def __call__(
        self,
        function: Callable[Concatenate[Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T: ...
