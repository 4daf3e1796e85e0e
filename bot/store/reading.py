"""A long read that nobody waits for any more ends at its next statement: a thread cannot be cancelled, and would hold up the stop of the bot."""

import threading
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, event

from bot.errors import StoreError

T = TypeVar("T")


def while_wanted(
    gone: threading.Event, function: Callable[[Connection], T]
) -> Callable[[Connection], T]:
    """The same; `gone` is set when the one who waited has gone."""

    def still_wanted(*_: object) -> None:
        if gone.is_set():
            raise StoreError("nobody waits for what is read")

    def wanted(connection: Connection) -> T:
        event.listen(connection, "before_cursor_execute", still_wanted)
        try:
            return function(connection)
        finally:
            event.remove(connection, "before_cursor_execute", still_wanted)

    return wanted
