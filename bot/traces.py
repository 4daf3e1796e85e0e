"""What went wrong, for the log: where, of which kind, and in which words, as far as words cannot be somebody's.

A traceback of Python's own would do, if it did not quote: int() quotes what it cannot read, a dictionary the key that it does not
have, PostgreSQL the whole row that it refuses. So an exception's words are shown only of kinds that are known to quote nobody.
"""

import traceback
from collections.abc import Iterator

from sqlalchemy.exc import DataError, DBAPIError, StatementError
from telegram.error import TelegramError

from bot.errors import BotError

# Python's own about names and types, the system's about files and networks, our sentences, and Telegram's about our calls.
QUOTES_NOBODY = (
    BotError, TelegramError, OSError, TypeError, AttributeError, NameError, ImportError, AssertionError,
    NotImplementedError, MemoryError, RecursionError,
)  # fmt: skip
ROW_FOLLOWS = "\nDETAIL:"  # of PostgreSQL


def trace(error: BaseException) -> str:
    """The first failure first, as Python has it."""
    return "\n\n".join(_told(one) for one in reversed(list(_chain(error))))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        is_hidden = error.__suppress_context__
        error = error.__cause__ or (None if is_hidden else error.__context__)


def _told(error: BaseException) -> str:
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    words = _words(error)
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{frames}{name}: {words}" if words else f"{frames}{name}"


def _words(error: BaseException) -> str:
    match error:
        case DataError():
            return ""
        case DBAPIError():
            return _of_database(error)
        case _ if isinstance(error, QUOTES_NOBODY):
            return str(error)
    return ""


def _of_database(error: StatementError) -> str:
    words = str(error.orig).partition(ROW_FOLLOWS)[0]
    return f"{type(error.orig).__name__}: {words} [{error.statement}]"
