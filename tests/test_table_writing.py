"""The tables for the analyst come from a process of its own: the same to the byte, and what goes wrong there is told as before."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.child_process import ChildFailed
from bot.errors import StoreError
from bot.fieldwork import export
from bot.store.database import Database
from bot.table_writing import write_tables
from tests.chat.scripted_telegram import scripted_telegram, text_update
from tests.fieldwork.office import CONFIG, STUDY, import_class, open_round, wib
from tests.whole_bot import bot_run, stopped, until

ROOT = Path(__file__).parents[1]
STUDY_FILE = CONFIG / "study.toml"
NAMES = ["codebook.csv", "responses.csv", "trainings.csv"]
NOT_THERE = frozenset({"pandas", "telegram", "pydantic", "elementpath", "alembic", "aiohttp", "config"})  # fmt: skip


async def test_they_are_those_that_a_transaction_writes(database: Database, tmp_path: Path) -> None:
    training_id = await database.run(import_class)
    await database.run(open_round, training_id, "post_training", now=wib("2026-10-16 09:00"))
    mine, child = tmp_path / "mine", tmp_path / "child"
    for folder in (mine, child):
        folder.mkdir()
    await database.read(export.write_tables, STUDY, mine)
    await write_tables(database.url, STUDY_FILE, child)
    written = {path.name: path.read_bytes() for path in child.iterdir()}
    assert sorted(written) == NAMES
    assert written == {path.name: path.read_bytes() for path in mine.iterdir()}
    assert b"post_training" in written["responses.csv"]


async def test_a_database_that_does_not_do_it_now_is_tried_again_later(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="unable to open database file"):
        await write_tables(f"sqlite:///{tmp_path / 'gone.db'}", STUDY_FILE, tmp_path)


async def test_a_disk_without_room_for_the_tables_has_failed(
    sqlite_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "responses.csv").symlink_to("/dev/full")
    with pytest.raises(ChildFailed, match="No space left on device"):
        await write_tables(sqlite_url, STUDY_FILE, folder)


async def test_a_stop_of_the_bot_ends_it_and_nobody_could_read_the_address(tmp_path: Path) -> None:
    """It waits for ever for its study file, which is a pipe by now that nobody writes into."""
    study = tmp_path / "study.toml"
    shutil.copy(STUDY_FILE, study)
    async with (
        scripted_telegram() as telegram,
        bot_run(telegram.url, tmp_path, STUDY_FILE=str(study)) as bot,
    ):
        telegram.updates.append(text_update(1, chat=5))
        await until(lambda: telegram.confirmed == 2)
        study.unlink()
        os.mkfifo(study)
        telegram.updates.append(text_update(2, chat=77, text="/ringkasan"))
        await until(lambda: arguments_with(str(study)))
        assert "bot.db" not in arguments_with(str(study))[0]
        code, log = await stopped(bot, within=5)
    assert (code, "Traceback" in log) == (0, False)
    assert arguments_with(str(study)) == []


def arguments_with(word: str) -> list[str]:
    """Of the processes that run, as everybody on the machine may see them."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = process.read_bytes().decode(errors="replace")
        except OSError:  # it has just ended
            continue
        if word in arguments:
            found.append(arguments)
    return found


def test_it_loads_only_what_it_needs() -> None:
    told = "import sys, bot.table_child; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert {"bot", "sqlalchemy"} <= loaded
    assert loaded & NOT_THERE == set()


async def test_what_somebody_wrote_reaches_no_log(sqlite_url: str, tmp_path: Path) -> None:
    """Python quotes a value that it cannot read; here one of the study file."""
    wrong = tmp_path / "study.toml"
    wrong.write_text("name = siti aminah")
    with pytest.raises(ChildFailed, match=r"exit code 1 tomllib\.TOMLDecodeError$"):
        await write_tables(sqlite_url, wrong, tmp_path)
