"""A long read that nobody waits for any more ends at its next statement: a thread cannot be cancelled, and would hold up the stop of the bot."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from bot.errors import StoreError


@contextmanager
def given_up_with(waiter: threading.Event, connection: Connection) -> Iterator[None]:
    """`waiter` is set when the one who waited has gone."""

    def still_wanted(*_: object) -> None:
        if waiter.is_set():
            raise StoreError("nobody waits for what is read")

    event.listen(connection, "before_cursor_execute", still_wanted)
    try:
        yield
    finally:
        event.remove(connection, "before_cursor_execute", still_wanted)
