"""/ekspor from the job on: the real analyst as a process of its own, files over HTTP, and who gets none."""

import csv
import io
import zipfile
from datetime import datetime

import pytest
from sqlalchemy import Connection, select

from bot.analysis import Analyst, single_answers
from bot.fieldwork import exporting
from bot.fieldwork.staff import Asked, Named, StaffVisit, attend
from bot.store import audit, tables
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, desk_on
from tests.fieldwork.office import CONFIG, STUDY, import_class, wib
from tests.ticker_bench import bench

CLASS_DAY = wib("2026-10-16 08:00")
BUTTON = "m:answers:0"


def names_and_codes(connection: Connection) -> set[str]:
    found = connection.execute(select(tables.people.c.name, tables.people.c.code))
    return {cell for row in found for cell in row}


async def ask_answers(database: Database, now: datetime) -> None:
    visit = StaffVisit(STUDY, ADMINISTRATOR, 1, now, Named(frozenset({ADMINISTRATOR})))
    await database.run(attend, visit, Asked("export answers"), exporting.ask_answers)


async def test_the_answers_that_an_administrator_asks_for_come_as_files(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        await database.run(import_class, connected=0)
        await ask_answers(database, CLASS_DAY)
        async with bench(database, frozenset({ADMINISTRATOR})) as at:
            assert (await at.tick(CLASS_DAY)).jobs == 1
            assert at.telegram.methods() == ["sendDocument", "sendDocument"]
            assert (await at.tick(CLASS_DAY)).jobs == 0
        assert (str(ADMINISTRATOR), "export answers") in await database.run(audit.actions)


async def test_what_is_handed_out_names_nobody_and_is_the_same_each_time(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        await database.run(import_class, connected=0)
        async with bench(database) as at:
            await at.tick(CLASS_DAY)
        analyst = Analyst(CONFIG / "study.toml", CONFIG / "texts", database)
        found = [await single_answers(analyst, STUDY, CLASS_DAY, "id") for _ in range(2)]
        known = await database.run(names_and_codes)
    assert found[0] == found[1]
    packed = zipfile.ZipFile(io.BytesIO(found[0].packed))
    assert packed.namelist() == ["codebook.md", "codebook.xlsx", "microdata.csv", "post_training.sav"]  # fmt: skip
    cells = {cell for row in csv.reader(io.StringIO(packed.read("microdata.csv").decode())) for cell in row}  # fmt: skip
    assert "R0001" in cells
    assert len(known) > 1
    assert not cells & known
    packed.close()


async def test_an_export_asked_for_by_somebody_who_has_left_is_not_sent(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        await ask_answers(database, CLASS_DAY)
        async with bench(database, frozenset({7})) as at:
            assert (await at.tick(CLASS_DAY)).jobs == 1
            assert at.telegram.calls == []


async def test_what_the_files_hold_is_said_before_they_are_asked_for(database: Database) -> None:
    phones = Phones(desk_on(database))
    told = await phones.write(ADMINISTRATOR, "/ekspor")
    assert "jangan diteruskan" in told
    assert "sedang disiapkan" in await phones.press(ADMINISTRATOR, BUTTON)
    actions = [action for _, action in await database.run(audit.actions)]
    assert actions[-1] == "export answers"


@pytest.mark.parametrize("words", ["/ekspor", BUTTON])
async def test_a_coordinator_is_refused_and_it_stands_in_the_log(
    database: Database, words: str
) -> None:
    phones = Phones(desk_on(database))
    act = phones.write if words.startswith("/") else phones.press
    assert "administrator" in await act(COORDINATOR, words)
    async with bench(database) as at:
        assert (await at.tick(CLASS_DAY)).jobs == 0
