"""One plain function is one transaction, on both databases; and the traps of grouped commits on SQLite."""

import asyncio
import inspect
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import aiosqlite
import pytest
from sqlalchemy import Connection, select, text

from bot.errors import StaleResponse, StoreError
from bot.fieldwork.run import Run
from bot.store import tables
from bot.store.database import Database
from bot.store.sqlite import Sqlite

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
MEGABYTE = "x" * 1_000_000


def note(connection: Connection, number: int) -> int:
    """A row more with every call: a job done twice is seen."""
    connection.execute(
        tables.audit.insert().values(at=NOW, actor=str(number), action="noted", detail={})
    )
    return number


def note_then_fail(connection: Connection, number: int) -> int:
    note(connection, number)
    raise ZeroDivisionError


def noted(connection: Connection) -> list[int]:
    rows = connection.execute(select(tables.audit.c.actor))
    return sorted(int(actor) for actor in rows.scalars())


def fill_the_disk(connection: Connection, number: int) -> int:
    """More pages than the file may have: SQLite rolls the whole transaction back by itself."""
    note(connection, number)
    connection.execute(
        text(
            "INSERT INTO questionnaires(name, version, body, created_at) VALUES ('a', :v, :b, '')"
        ),
        {"v": str(number), "b": MEGABYTE},
    )
    return number


async def allow_only_little_more(database: Database) -> None:
    """PRAGMA max_page_count is a full disk that needs no file system of its own."""
    await database.run(note, 0)

    def limit(connection: Connection) -> None:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count={pages + 20}"))

    await database.run(limit)


async def in_one_group(database: Database, *work: Callable[[Connection], object]) -> list[object]:
    """All are waiting before the first is taken: they share one COMMIT."""
    return list(await asyncio.gather(*(database.run(one) for one in work), return_exceptions=True))


def numbered(
    function: Callable[[Connection, int], int], number: int
) -> Callable[[Connection], int]:
    return lambda connection: function(connection, number)


@pytest.fixture
async def sqlite(sqlite_url: str):
    async with await Database.open(sqlite_url) as opened:
        yield opened


# ---- on both ------------------------------------------------------------------------------------


async def test_what_a_function_did_is_there_for_the_next(database: Database):
    run: Run = database.run
    assert await run(note, 7) == 7
    assert await run(noted) == [7]


async def test_a_function_that_raises_leaves_nothing(database: Database):
    with pytest.raises(ZeroDivisionError):
        await database.run(note_then_fail, 7)
    assert await database.run(noted) == []


async def test_a_failing_job_among_others_undoes_only_itself(database: Database):
    outcomes = await in_one_group(
        database,
        numbered(note, 1),
        numbered(note_then_fail, 2),
        numbered(note, 3),
        numbered(note, 4),
    )
    assert [outcomes[0], *outcomes[2:]] == [1, 3, 4]
    assert isinstance(outcomes[1], ZeroDivisionError)
    assert await database.run(noted) == [1, 3, 4]


async def test_many_at_once_all_stand(database: Database):
    assert await in_one_group(database, *(numbered(note, n) for n in range(150))) == list(
        range(150)
    )
    assert await database.run(noted) == list(range(150))


async def test_a_stale_response_is_retried_once(database: Database):
    tries = []

    def first_too_late(connection: Connection) -> int:
        tries.append(1)
        note(connection, len(tries))
        if len(tries) == 1:
            raise StaleResponse
        return len(tries)

    assert await database.run(first_too_late) == 2
    assert await database.run(noted) == [2]


async def test_twice_stale_is_reported(database: Database):
    def always_too_late(_: Connection) -> None:
        raise StaleResponse

    with pytest.raises(StaleResponse):
        await database.run(always_too_late)


async def test_reading_sees_what_is_committed(database: Database):
    await database.run(note, 7)
    assert await database.read(noted) == [7]


async def test_a_read_that_nobody_waits_for_any_more_ends_at_its_next_statement(
    database: Database,
):
    """Or the bot could not stop while a year of answers is exported."""
    begun, ended = threading.Event(), threading.Event()

    def long(connection: Connection) -> None:
        begun.set()
        try:
            for _ in range(1000):
                connection.execute(text("SELECT 1"))
                time.sleep(0.01)
        finally:
            ended.set()

    reading = asyncio.create_task(database.read(long))
    await asyncio.to_thread(begun.wait)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert await asyncio.to_thread(ended.wait, 2)
    assert await database.read(noted) == []


async def test_reading_cannot_write(database: Database):
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        await database.read(note, 7)
    assert await database.run(noted) == []


async def test_foreign_keys_are_held(database: Database):
    def orphan(connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO instructors(training_id, position, name) VALUES (9, 1, 'x')")
        )

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await database.run(orphan)


async def test_a_cancelled_waiter_does_not_stop_the_others(database: Database):
    first = asyncio.create_task(database.run(note, 1))
    await asyncio.sleep(0)
    first.cancel()
    assert await asyncio.wait_for(database.run(note, 2), timeout=5) == 2
    with pytest.raises(asyncio.CancelledError):
        await first


# ---- SQLite's grouped commits -------------------------------------------------------------------


async def test_a_group_shares_one_commit(sqlite: Database):
    connections = set()

    def transaction(connection: Connection) -> None:
        connections.add(id(connection))

    await in_one_group(sqlite, *(transaction for _ in range(4)))
    assert len(connections) == 1


async def test_a_full_disk_in_a_group_of_four_loses_no_job_that_was_reported_well(sqlite: Database):
    await allow_only_little_more(sqlite)
    outcomes = await in_one_group(
        sqlite, numbered(note, 1), numbered(fill_the_disk, 2), numbered(note, 3), numbered(note, 4)
    )
    assert [outcomes[0], *outcomes[2:]] == [1, 3, 4]
    assert isinstance(outcomes[1], StoreError)
    assert "full" in str(outcomes[1])
    assert await sqlite.run(noted) == [0, 1, 3, 4]


async def test_a_function_that_swallows_a_full_disk_is_not_reported_well(sqlite: Database):
    await allow_only_little_more(sqlite)

    def careless(connection: Connection) -> str:
        try:
            fill_the_disk(connection, 2)
        except Exception:  # noqa: BLE001 - that is the point
            return "all well"
        return "there was room"

    outcomes = await in_one_group(sqlite, numbered(note, 1), careless, numbered(note, 3))
    assert isinstance(outcomes[1], StoreError)
    assert await sqlite.run(noted) == [0, 1, 3]


async def test_a_cancelled_waiter_in_a_group_of_four_neither_undoes_nor_blocks(sqlite: Database):
    tasks = [asyncio.create_task(sqlite.run(note, number)) for number in (1, 2, 3, 4)]
    await asyncio.sleep(0)  # all four are waiting, the group is about to begin
    tasks[1].cancel()
    outcomes = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), timeout=5)
    assert [outcomes[0], *outcomes[2:]] == [1, 3, 4]
    assert isinstance(outcomes[1], asyncio.CancelledError)
    assert await asyncio.wait_for(sqlite.run(noted), timeout=5) == [1, 2, 3, 4]


async def test_a_locked_file_is_reported_in_words_for_the_operator(
    sqlite: Database, sqlite_url: str
):
    await sqlite.run(lambda connection: connection.execute(text("PRAGMA busy_timeout=10")) and None)
    async with aiosqlite.connect(sqlite_url.removeprefix("sqlite:///")) as other:
        await other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            await sqlite.run(note, 1)
    assert await sqlite.run(note, 2) == 2


async def test_while_the_file_is_locked_a_whole_group_waits_once(sqlite: Database, sqlite_url: str):
    await sqlite.run(
        lambda connection: connection.execute(text("PRAGMA busy_timeout=100")) and None
    )
    async with aiosqlite.connect(sqlite_url.removeprefix("sqlite:///")) as other:
        await other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(1):
            outcomes = await in_one_group(sqlite, *(numbered(note, n) for n in range(40)))
    assert all(isinstance(outcome, StoreError) for outcome in outcomes)
    assert await sqlite.run(noted) == []


async def test_commits_are_safe_against_power_loss(sqlite: Database):
    def pragmas(connection: Connection) -> tuple[object, ...]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return tuple(connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names)

    assert await sqlite.run(pragmas) == ("wal", 2, 1)


def test_the_private_parts_of_aiosqlite_that_we_use_are_as_we_know_them():
    assert list(inspect.signature(aiosqlite.Connection._execute).parameters) == [
        "self", "fn", "args", "kwargs",
    ]  # fmt: skip
    assert isinstance(aiosqlite.Connection._conn, property)


async def test_closing_waits_for_what_was_asked(sqlite_url: str):
    store = await Sqlite.open(sqlite_url.removeprefix("sqlite:///"))
    waiting = asyncio.create_task(store.transact(numbered(note, 1)))
    await asyncio.sleep(0)
    await store.close()
    assert await waiting == 1
    with pytest.raises(StoreError, match="closed"):
        await store.transact(noted)


def broken(file: Path) -> None:
    file.write_bytes(b"nothing of SQLite" * 1000)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


async def test_a_file_that_breaks_while_it_is_used_is_reported_in_words_for_the_operator(
    sqlite_url: str,
):
    async with await Database.open(sqlite_url) as database:
        broken(Path(sqlite_url.removeprefix("sqlite:///")))
        with pytest.raises(StoreError, match="database"):
            await database.run(note, 1)
        with pytest.raises(StoreError, match="database"):
            await database.read(noted)


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://host/name", "sqlite://", "sqlite:////no/such/folder/x.db"]
)
async def test_a_wrong_address_is_refused_with_a_sentence(url: str):
    with pytest.raises(StoreError, match=r"database|DATABASE_URL"):
        await Database.open(url)
