"""Looks for somebody in all that a deployment keeps: every byte of its files, every row of its tables."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import create_engine, select

from bot.store import tables


def files_with(folder: Path, needles: Iterable[str]) -> list[tuple[str, str]]:
    """(file, needle), with the write-ahead log, the register, logs and exports that stand there."""
    wanted = [needle for needle in needles if needle]
    return [
        (str(path.relative_to(folder)), needle)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for needle in wanted
        if _is_in(needle, path.read_bytes())
    ]


def _is_in(needle: str, content: bytes) -> bool:
    """A number also as SQLite packs it: six bytes hold any chat id of Telegram that needs more than four."""
    packed = needle.isdecimal() and 2**31 <= int(needle) < 2**47
    return needle.encode() in content or (packed and int(needle).to_bytes(6, "big") in content)


def rows_with(url: str, needles: Iterable[str]) -> list[tuple[str, str]]:
    """(table, needle)."""
    wanted = [needle for needle in needles if needle]
    engine = create_engine(url)
    with engine.connect() as connection:
        written = {
            table.name: "\n".join(str(tuple(row)) for row in connection.execute(select(table)))
            for table in tables.metadata.sorted_tables
        }
    engine.dispose()
    return [(name, needle) for name, text in written.items() for needle in wanted if needle in text]
