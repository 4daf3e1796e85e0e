"""A database with a life behind it moves from SQLite to PostgreSQL, and the bot goes on there."""

import asyncio
import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, func, select, text

from bot.errors import SchemaOutdated, StoreError
from bot.store import moving, tables
from bot.store.database import Database
from bot.store.moving import move
from bot.store.sole import sole
from tests.chat.phone import Phone, desk
from tests.fieldwork import field
from tests.test_erasing import CHAT_ID, converse, populate

ROOT = Path(__file__).parent.parent


async def lived_in(url: str) -> Phone:
    """A class of forty; somebody has answered, changed their mind, asked for a correction, and is in the middle."""
    async with await Database.open(url) as database:
        round_id = await database.run(populate)
        await converse(desk(database), round_id)
        phone = Phone(desk(database), CHAT_ID)
        await phone.write("/lanjut")
        return phone


def rows_of(url: str) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in tables.metadata.sorted_tables
        }
    engine.dispose()
    return {name: rows for name, rows in found.items() if rows}


async def test_the_chat_in_the_middle_goes_on_in_the_new_database(
    sqlite_url: str, postgresql_url: str
):
    before = await lived_in(sqlite_url)
    moved = move(sqlite_url, postgresql_url)
    assert {name for name, rows in moved.items() if rows} >= {
        "people", "accounts", "responses", "answers", "answer_history", "consents", "jobs", "requests", "links",
    }  # fmt: skip
    assert rows_of(postgresql_url) == rows_of(sqlite_url)
    async with await Database.open(postgresql_url) as database:
        phone = Phone(desk(database), CHAT_ID, before.messages, _updates=count(9000))
        await phone.write("/lanjut")
        assert "3 dari" in phone.text
        await phone.write("12")
        assert "4 dari" in phone.text


async def test_new_rows_get_new_numbers(sqlite_url: str, postgresql_url: str):
    await lived_in(sqlite_url)
    move(sqlite_url, postgresql_url)
    async with await Database.open(postgresql_url) as database:
        _, (person,), _ = await database.run(field.classroom, "Ratna Dewi", connected=False)
        assert person == await database.run(largest)


def largest(connection: Connection) -> int:
    return connection.execute(select(func.max(tables.people.c.id))).scalar_one()


async def test_a_target_with_rows_is_left_alone(sqlite_url: str, postgresql_url: str):
    await lived_in(sqlite_url)
    async with await Database.open(postgresql_url) as database:
        await database.run(field.add_training)
    with pytest.raises(StoreError, match=r"not empty \(trainings\)"):
        move(sqlite_url, postgresql_url)
    assert rows_of(postgresql_url) == {"trainings": 1}


@pytest.mark.parametrize("busy", ["sqlite", "postgresql"])
def test_beside_a_running_bot_nothing_is_moved(sqlite_url: str, postgresql_url: str, busy: str):
    lock = sole({"sqlite": sqlite_url, "postgresql": postgresql_url}[busy])
    assert lock.take()
    with pytest.raises(StoreError, match=f"running on the {busy}"):
        move(sqlite_url, postgresql_url)
    lock.give_back()


async def test_what_comes_out_different_is_undone(
    sqlite_url: str, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
):
    await lived_in(sqlite_url)

    def forgetful(_source: Connection, target: Connection, table: object) -> None:
        target.execute(text("UPDATE people SET unit = ''"))

    monkeypatch.setattr(moving, "_point_ahead", forgetful)
    with pytest.raises(StoreError, match="different"):
        move(sqlite_url, postgresql_url)
    assert rows_of(postgresql_url) == {}


async def test_what_postgresql_does_not_take_is_a_sentence_without_personal_data(
    sqlite_url: str, postgresql_url: str
):
    await lived_in(sqlite_url)
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE people SET nip = nip || '0123456789' WHERE id = 1"))
    engine.dispose()
    with pytest.raises(StoreError, match="Nothing was moved") as refused:
        move(sqlite_url, postgresql_url)
    assert "0123456789" not in str(refused.value)
    assert rows_of(postgresql_url) == {}


WRONG = [
    ("sqlite:///{folder}/none.db", "postgresql://x/y", "no database none.db"),
    ("postgresql://x/y", "postgresql://x/y", "SQLite"),
    ("sqlite:///{folder}/test.db", "sqlite:///other.db", "PostgreSQL"),
    ("sqlite:///{folder}/test.db", "nonsense", "no database address"),
]


@pytest.mark.parametrize(("source", "target", "says"), WRONG)
def test_wrong_addresses_are_refused(
    sqlite_url: str, tmp_path: Path, source: str, target: str, says: str
):
    with pytest.raises(StoreError, match=says):
        move(source.format(folder=tmp_path), target)


def test_a_database_of_an_older_version_is_migrated_first(tmp_path: Path, postgresql_url: str):
    (tmp_path / "old.db").touch()
    with pytest.raises(SchemaOutdated, match="migrate"):
        move(f"sqlite:///{tmp_path / 'old.db'}", postgresql_url)


async def test_at_the_terminal_it_says_what_was_moved_and_what_to_do_next(
    sqlite_url: str, postgresql_url: str, tmp_path: Path
):
    await lived_in(sqlite_url)
    finished = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "bot", "move-database", postgresql_url],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": sqlite_url},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "       40 people" in finished.stdout
    assert "set DATABASE_URL" in finished.stdout
