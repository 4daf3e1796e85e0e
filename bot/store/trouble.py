"""What a database cannot do now, told apart from what we asked wrongly; and an address that names no database of ours. No query."""

from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    OperationalError,
)

from bot.errors import StoreError

OURS: Final = ("sqlite", "postgresql")


def is_trouble(refused: DBAPIError) -> bool:
    """Locked, full, gone; or (a DatabaseError of no finer kind) a file that is broken or no database at all."""
    return isinstance(refused, OperationalError | InterfaceError) or type(refused) is DatabaseError


def store_error(refused: DBAPIError) -> StoreError:
    """The driver's own words, never the statement's parameters: those are personal."""
    return StoreError(f"the database did not do it: {words_of(refused)}")


def not_opened(refused: DBAPIError) -> StoreError:
    words = words_of(refused)
    end = "" if words.endswith((".", "?", "!")) else "."
    return StoreError(f"the database cannot be opened: {words}{end} Check DATABASE_URL.")


def words_of(refused: DBAPIError) -> str:
    return " ".join(str(refused.orig).split())


def address(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as wrong:
        raise StoreError(
            "DATABASE_URL is not a database address; sqlite:///bungo.db is one."
        ) from wrong
    backend = parsed.get_backend_name()
    if backend not in OURS or (backend == "sqlite" and parsed.database in {None, "", ":memory:"}):
        raise StoreError(
            f"DATABASE_URL names {backend}; use sqlite:///FILE or postgresql+psycopg://..."
        )
    return parsed.set(drivername="postgresql+psycopg") if backend == "postgresql" else parsed


def absolute(parsed: URL) -> URL:
    """The same from every folder."""
    if parsed.get_backend_name() != "sqlite":
        return parsed
    return parsed.set(database=str(Path(str(parsed.database)).absolute()))
