"""Hears what a database is told: for tests that count statements, and for those that ask how each is carried out."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from bot.store.database import Database
from bot.store.sqlite import Sqlite


@dataclass(slots=True)
class Heard:
    statements: list[tuple[str, Any]] = field(default_factory=list)  # with their parameters
    commits: int = 0

    def commit(self, *_: object) -> None:
        self.commits += 1

    def traced(self, line: str) -> None:
        self.commits += line == "COMMIT"

    def words(self) -> list[str]:
        """What was done to which table, in order: "UPDATE responses"."""
        return [_gist(statement) for statement, _ in self.statements]


@contextmanager
def statements_of(engine: Engine) -> Iterator[Heard]:
    heard = Heard()

    def note(_connection, _cursor, statement, parameters, _context, _many):
        heard.statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", note)


@asynccontextmanager
async def all_of(database: Database) -> AsyncIterator[Heard]:
    """Statements and commits of whatever runs meanwhile."""
    inner = database._engine
    assert hasattr(inner, "_engine")
    with statements_of(inner._engine) as heard:
        if isinstance(inner, Sqlite):  # it begins and commits by hand
            await inner._owner.set_trace_callback(heard.traced)
            yield heard
            await inner._owner.set_trace_callback(None)
        else:
            event.listen(inner._engine, "commit", heard.commit)
            yield heard
            event.remove(inner._engine, "commit", heard.commit)


def _gist(statement: str) -> str:
    verb, *words = statement.split()
    before = {"INSERT": "INTO", "UPDATE": "UPDATE"}.get(verb, "FROM")
    return f"{verb} {[verb, *words][[verb, *words].index(before) + 1]}"
