"""Long reading beside the bot: one moment, whatever is written meanwhile, and no way to write; on both databases."""

import asyncio
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreError
from bot.fieldwork import life
from bot.store import snapshots, tables
from bot.store.database import Database
from tests.fieldwork.field import NOW


def seen(connection: Connection) -> list[str]:
    return list(connection.scalars(select(tables.signs_of_life.c.name)))


async def test_what_is_written_meanwhile_is_not_seen(database: Database):
    loop = asyncio.get_running_loop()

    def look_twice(connection: Connection) -> list[list[str]]:
        before = seen(connection)
        asyncio.run_coroutine_threadsafe(database.run(life.go_on, NOW), loop).result()
        return [before, seen(connection)]

    assert await asyncio.to_thread(snapshots.of_url, database.url, look_twice) == [[], []]
    assert len(await asyncio.to_thread(snapshots.of_url, database.url, seen)) == 1


async def test_it_cannot_write(database: Database):
    with pytest.raises((StoreError, DBAPIError), match=r"(?i)read.?only"):
        await asyncio.to_thread(snapshots.of_url, database.url, partial(life.go_on, now=NOW))
    assert await database.run(seen) == []


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/file.db", "postgresql://siti:rahasia@127.0.0.1:1/bungo"]
)
def test_a_database_that_is_not_there_is_a_sentence_without_its_password(url: str):
    with pytest.raises(StoreError, match="the database did not do it") as refused:
        snapshots.of_url(url, seen)
    assert "rahasia" not in str(refused.value)


async def test_an_address_names_the_same_file_from_every_folder(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    monkeypatch.chdir(path.parent)
    async with await Database.open(f"sqlite:///{path.name}") as database:
        assert database.url == sqlite_url
