"""After /hapus, and after the restore of an older backup, nobody is found again: on both databases, in logs and exports."""

import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot import backups
from bot.backups import Place
from bot.chat.desk import Desk
from bot.erasing import Keeper, register_of
from bot.errors import SettingsError, StoreError
from bot.fieldwork import export
from bot.logs import JsonLines
from bot.store import jobs, links, rights_tables, summaries, tables
from bot.store.database import Database
from bot.store.sole import sole
from tests.chat.phone import Phone, desk
from tests.fieldwork.field import NOW, SECRET, STUDY, classroom, connect, later
from tests.search import files_with, rows_with

NAME, NIP, CHAT_ID = "Zulkifli Wahyudi Anugerah", "198609262015051999", 7_000_555_123
SAID = "Tolong betulkan: saya bernama Zulkifli Wahyudi Anugerah"
NEEDLES = (NAME, "Zulkifli", NIP, str(CHAT_ID), "6281155500777", "Kaveling Melati")
CLASS = 40


def populate(connection: Connection) -> int:
    """Somebody in a class of forty, with all that can hang on a person before the first word."""
    names = [NAME, *(f"Peserta {number}" for number in range(1, CLASS))]
    _, people, round_id = classroom(connection, *names, connected=False)
    mine = {
        "nip": NIP,
        "phone": "+6281155500777",
        "unit": "Kaveling Melati",
        "code": "rabcdefghijk",
    }
    here = tables.people.c.id == people[0]
    connection.execute(tables.people.update().where(here).values(mine))
    connect(connection, people[0], CHAT_ID)
    links.add(connection, "f" * 64, people[0], NOW)
    links.use(connection, "f" * 64, CHAT_ID, NOW)
    for number, other in enumerate(people[1:]):
        links.add(connection, f"{number:064}", other, NOW)
    jobs.ask(connection, "summary", CHAT_ID, {}, NOW)
    jobs.settle(connection, 1, "done", "sent", NOW)
    summaries.publish(connection, None, '{"responses": [["MKD", "rabcdefghijk", ""]]}', NOW)
    return round_id


async def converse(desk_: Desk, round_id: int) -> None:
    """Agrees, answers, changes an answer by editing the message, asks for a correction, sees the data."""
    phone = Phone(desk_, CHAT_ID)
    await phone.start()
    await phone.forge(f"p:agree:{round_id}:", 1)
    await phone.write("1")
    await phone.edit(phone.sent, "2")
    await phone.write("1")
    await phone.write("/koreksi")
    await phone.write(SAID)
    await phone.forge("p:data_file:0:", 1)


async def erase_myself(desk_: Desk) -> None:
    phone = Phone(desk_, CHAT_ID)
    await phone.write("/hapus")
    await phone.tap("Ya, hapus")
    assert "sudah dihapus" in phone.text


@pytest.fixture
def log(tmp_path: Path) -> Iterator[None]:
    """As the bot logs, with everything it can say."""
    handler = logging.FileHandler(tmp_path / "bot.log", encoding="utf-8")
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quiet = [logging.getLogger(name) for name in ("telegram", "aiosqlite", "asyncio")]
    for logger in quiet:
        logger.setLevel(logging.WARNING)
    yield
    root.removeHandler(handler)
    root.setLevel(before)
    handler.close()


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Database]:
    async with await Database.open(database_url) as opened:
        yield opened


def not_wiped(connection: Connection) -> None:
    connection.execute(rights_tables.erasures.update().values(wiped_at=None))


def keeper_of(database: Database, folder: Path) -> Keeper:
    return Keeper(database, folder / "erasures", SECRET)


async def test_after_erasing_nobody_is_found_in_database_wal_logs_and_exports(
    database_url: str, office: Database, tmp_path: Path, log: None
):
    round_id = await office.run(populate)
    await converse(desk(office), round_id)
    assert {needle for _, needle in rows_with(database_url, NEEDLES)} == set(NEEDLES)
    await erase_myself(desk(office))
    await keeper_of(office, tmp_path).settle(NOW)
    await office.read(export.write_tables, STUDY, tmp_path)
    assert rows_with(database_url, (*NEEDLES, SAID, "rabcdefghijk")) == []
    assert files_with(tmp_path, (*NEEDLES, SAID, "rabcdefghijk")) == []
    assert files_with(tmp_path, ["responses", "rounds"])  # the search does read those files


async def test_the_register_of_releases_still_knows_that_somebody_answered(
    database_url: str, office: Database
):
    round_id = await office.run(populate)
    await converse(desk(office), round_id)
    await erase_myself(desk(office))
    body = await office.run(lambda connection: connection.scalar(select(tables.releases.c.body)))
    assert "rabcdefghijk" not in body
    ((_, word, _),) = json.loads(body)["responses"]
    assert word.startswith("x")


async def test_a_backup_from_before_does_not_bring_anybody_back(sqlite_url: str, tmp_path: Path):
    folder, backup = tmp_path / "elsewhere", tmp_path / "elsewhere" / "old.db"
    folder.mkdir()
    async with await Database.open(sqlite_url) as database:
        round_id = await database.run(populate)
        await converse(desk(database), round_id)
        backups.back_up(sqlite_url, backup)
        await erase_myself(desk(database))
        await Keeper(database, register_of(sqlite_url, None), SECRET).settle(NOW)
    assert len(files_with(folder, NEEDLES)) == len(NEEDLES)
    done = await backups.restore(Place(sqlite_url, None, SECRET), backup, later(days=1))
    backup.unlink()
    assert done.erased == 1
    assert files_with(tmp_path, (*NEEDLES, SAID)) == []
    async with await Database.open(sqlite_url) as database:
        left = await database.run(
            lambda connection: connection.execute(select(tables.people)).all()
        )
    assert len(left) == CLASS - 1


async def test_a_copy_put_back_by_hand_is_put_right_at_the_start(
    database_url: str, office: Database, tmp_path: Path
):
    """PostgreSQL too: pg_restore is nothing else."""
    round_id = await office.run(populate)
    await erase_myself(desk(office))
    keeper = keeper_of(office, tmp_path)
    await keeper.settle(NOW)

    def back_in_time(connection: Connection) -> None:
        connection.execute(rights_tables.erasures.delete())
        people = connection.execute(select(tables.people.c.id)).scalars().all()
        here = tables.people.c.id == people[0]
        connection.execute(tables.people.update().where(here).values(name=NAME, nip=NIP))
        connect(connection, people[1], CHAT_ID)

    await office.run(back_in_time)
    assert await keeper.repeat(later(days=1)) == 1
    assert rows_with(database_url, (NAME, NIP, str(CHAT_ID))) == []
    assert await keeper.repeat(later(days=2)) == 0
    assert round_id


async def test_what_a_crash_kept_from_the_register_is_written_at_the_next_start(
    sqlite_url: str, tmp_path: Path
):
    async with await Database.open(sqlite_url) as database:
        await database.run(populate)
        await erase_myself(desk(database))
    register = register_of(sqlite_url, None)
    assert not register.exists()
    async with await Database.open(sqlite_url) as database:
        await Keeper(database, register, SECRET).repeat(later(minutes=1))
    assert files_with(tmp_path, NEEDLES) == []
    assert (
        register.read_text().count('"key"') == 6
    )  # NIP, name with birth date, both with the training, the name there, the chat


async def test_the_register_names_nobody_and_is_for_the_bot_alone(sqlite_url: str):
    async with await Database.open(sqlite_url) as database:
        await database.run(populate)
        await erase_myself(desk(database))
        register = register_of(sqlite_url, None)
        await Keeper(database, register, SECRET).settle(NOW)
    assert register.stat().st_mode & 0o777 == 0o600
    assert not [needle for needle in NEEDLES if needle in register.read_text()]


async def test_a_line_cut_by_a_crash_costs_no_other(sqlite_url: str):
    register = register_of(sqlite_url, None)
    async with await Database.open(sqlite_url) as database:
        keeper = Keeper(database, register, SECRET)
        await database.run(populate)
        await erase_myself(desk(database))
        await keeper.settle(NOW)
        whole = register.read_text()
        register.write_text(whole[:-20])
        await database.run(not_wiped)
        await keeper.settle(NOW)
        assert await keeper.repeat(NOW) == 0
    assert register.read_text().count('"key"') == 7
    assert whole.splitlines()[-1] in register.read_text()


async def test_another_secret_is_refused_instead_of_finding_nobody(sqlite_url: str):
    register = register_of(sqlite_url, None)
    async with await Database.open(sqlite_url) as database:
        await database.run(populate)
        await erase_myself(desk(database))
        await Keeper(database, register, SECRET).settle(NOW)
        with pytest.raises(SettingsError, match="BOT_SECRET is not the one"):
            await Keeper(database, register, b"another secret, also long enough").repeat(NOW)


async def test_a_register_that_is_damaged_is_refused(sqlite_url: str):
    register = register_of(sqlite_url, None)
    register.write_text("{nonsense}\n")
    async with await Database.open(sqlite_url) as database:
        with pytest.raises(SettingsError, match="ERASURE_REGISTER"):
            await Keeper(database, register, SECRET).repeat(NOW)


async def test_a_reader_of_the_old_pages_only_delays_the_wiping(sqlite_url: str, tmp_path: Path):
    async with await Database.open(sqlite_url) as database:
        await database.run(populate)
        keeper = Keeper(database, register_of(sqlite_url, None), SECRET)
        reader = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        await erase_myself(desk(database))
        await keeper.settle(NOW)
        reader.close()
        await keeper.settle(later(minutes=1))
        assert files_with(tmp_path, NEEDLES) == []


async def test_a_restore_is_refused_while_the_bot_runs(sqlite_url: str, tmp_path: Path):
    lock = sole(sqlite_url)
    assert lock.take()
    backups.back_up(sqlite_url, tmp_path / "b.db")
    with pytest.raises(StoreError, match="Stop it first"):
        await backups.restore(Place(sqlite_url, None, SECRET), tmp_path / "b.db", NOW)
    lock.give_back()
