"""/laporan from the command to the files: the real analyst as a process of its own, who gets them, and what went wrong is said."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from sqlalchemy import Connection, select

from bot import ticker
from bot.analysis import Analyst, draft_report
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.fieldwork import reporting
from bot.store import audit, questionnaires, tables
from bot.store import staff as stored
from bot.store.database import Database
from bot.survey.xlsform import compile_form
from tests.chat.office_phones import Phones
from tests.chat.scripted_telegram import ScriptedTelegram, bot_of, scripted_telegram
from tests.chat.staff_desk import COORDINATOR, NOW, desk_on, labels_of
from tests.fieldwork.office import CONFIG, IMPORTED, STUDY, import_class, participant, roster

OF_ONE = 602
TITLE = "Manajemen Keuangan Daerah Angk. II"


def office(connection: Connection) -> None:
    """Two trainings; a coordinator of the first."""
    first = import_class(connection, connected=0)
    other = roster(code="ARS-1", title="Kearsipan", participants=(participant(7),))
    import_class(connection, other, connected=0)
    stored.save(connection, OF_ONE, "coordinator", all_trainings=False, by=1, now=NOW)
    stored.give(connection, OF_ONE, first)


@asynccontextmanager
async def working(
    database: Database, study_file: Path = CONFIG / "study.toml"
) -> AsyncIterator[tuple[Phones, ScriptedTelegram]]:
    """The office's phones; at the end what was asked for there is done."""
    await database.run(office)
    desk = desk_on(database)
    async with scripted_telegram() as telegram, bot_of(telegram) as bot:
        yield Phones(desk), telegram
        outbox = Outbox(bot, Hooks(_nothing, _nothing), Lanes())
        analyst = Analyst(study_file, CONFIG / "texts", database)
        await ticker.do_jobs(desk, outbox, analyst, NOW)
        await outbox.quiet()


def asked_for(connection: Connection) -> list[int]:
    found = connection.execute(select(tables.jobs.c.arguments).order_by(tables.jobs.c.id))
    return [arguments["training_id"] for arguments in found.scalars()]


def edits(telegram: ScriptedTelegram) -> list[str]:
    return [call["text"] for method, call in telegram.calls if method == "editMessageText"]


def words(word: bytes) -> str:
    document = docx.Document(io.BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


async def test_a_coordinator_chooses_a_training_and_gets_its_report_twice(
    postgresql_url: str,
) -> None:
    async with await Database.open(postgresql_url) as database:
        async with working(database) as (phones, telegram):
            await phones.write(OF_ONE, "/laporan")
            await phones.tap(OF_ONE, "Manajemen")
        files = [call["document"] for method, call in telegram.calls if method == "sendDocument"]
        names = [file.filename for file in files]
        assert names == ["laporan-MKD-2026-2.docx", "laporan-MKD-2026-2.pdf"]
        assert await database.run(reporting.published) is not None
        assert (str(OF_ONE), "ask for report") in await database.run(audit.actions)


async def test_the_message_that_was_tapped_tells_how_far_it_is_and_the_files_what_to_do(
    sqlite_url: str,
) -> None:
    async with await Database.open(sqlite_url) as database:
        async with working(database) as (phones, telegram):
            assert "akan disusun" in await phones.press(COORDINATOR, "k:report:1")
        being, done = edits(telegram)
        assert "sedang disusun" in being
        assert "dikirim di bawah" in done
        assert "sedikitnya 5 penilai" in done  # why there is no sheet for an instructor
        captions = [call["caption"] for method, call in telegram.calls if method == "sendDocument"]
        assert "Hapus Semua Komentar" in captions[0]


async def test_the_choice_is_among_ones_own_trainings(database: Database) -> None:
    await database.run(office)
    phones = Phones(desk_on(database))
    for who, titles in ((OF_ONE, [TITLE]), (COORDINATOR, ["Kearsipan Angk. II", TITLE])):
        assert "pilih pelatihannya" in await phones.write(who, "/laporan")
        assert sorted(labels_of(phones.screens[who][-1])) == [one[:31] + "…" if len(one) > 32 else one for one in titles]  # fmt: skip


@pytest.mark.parametrize(("typed", "found"), [("arsip", 1), ("mkd-2026", 1), ("angk. ii", 2)])
async def test_words_of_the_title_or_the_code_find_a_training(
    database: Database, typed: str, found: int
) -> None:
    await database.run(office)
    phones = Phones(desk_on(database))
    await phones.write(COORDINATOR, f"/laporan {typed}")
    assert len(labels_of(phones.screens[COORDINATOR][-1])) == found


async def test_what_is_not_found_is_said_with_what_was_searched(database: Database) -> None:
    await database.run(office)
    told = await Phones(desk_on(database)).write(COORDINATOR, "/laporan <b>renang</b>")
    assert '"&lt;b&gt;renang&lt;/b&gt;"' in told


async def test_more_trainings_than_fit_are_told_of(database: Database) -> None:
    def many(connection: Connection) -> None:
        for number in range(14):
            who = (participant(number),)
            import_class(connection, roster(code=f"K-{number}", participants=who), connected=0)

    await database.run(many)
    phones = Phones(desk_on(database))
    assert "12 pelatihan terbaru" in await phones.write(COORDINATOR, "/laporan")
    assert len(labels_of(phones.screens[COORDINATOR][-1])) == 12


async def test_each_training_is_asked_for_once_while_it_waits(database: Database) -> None:
    await database.run(office)
    phones = Phones(desk_on(database))
    for training_id in (1, 1, 2, 1):
        await phones.press(COORDINATOR, f"k:report:{training_id}")
    assert await database.run(asked_for) == [1, 2]


async def test_a_report_asked_for_by_somebody_who_has_left_is_not_sent(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        async with working(database) as (phones, telegram):
            await phones.press(OF_ONE, "k:report:1")
            await database.run(stored.leave, OF_ONE, NOW)
        assert telegram.calls == []


async def test_when_it_cannot_be_made_who_asked_is_told_of_which_training(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with await Database.open(sqlite_url) as database:
        async with working(database, tmp_path / "missing.toml") as (phones, telegram):
            await phones.press(COORDINATOR, "k:report:1")
        (told,) = telegram.texts()
        assert f"laporan {TITLE} belum dapat disusun" in told
        assert "coba /laporan lagi" in told
        assert edits(telegram)[-1] == f"Laporan <b>{TITLE}</b> belum dapat disusun."
        assert await database.run(reporting.published) is None


async def test_what_the_office_answers_in_the_chat_stands_in_the_report(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        await database.run(office)
        form = compile_form(CONFIG / "questionnaires" / "office.md")
        await database.run(questionnaires.keep, form, IMPORTED)
        phones = Phones(replace(desk_on(database), study=replace(STUDY, double_tap_seconds=0)))
        await phones.press(COORDINATOR, "k:sheet:1")
        for said in ("125000000", "118.500.000", "[Ya, ada", "[Sebagian", "[Menurut tugas", "[Ada", "82,4", "84", "Sisa untuk bahan ajar"):  # fmt: skip
            await (
                phones.tap(COORDINATOR, said[1:])
                if said.startswith("[")
                else phones.write(COORDINATOR, said)
            )
        analyst = Analyst(CONFIG / "study.toml", CONFIG / "texts", database)
        told = words((await draft_report(analyst, NOW, "id", "MKD-2026-2")).word)
    for part in ("Rp125.000.000", "Rp118.500.000", "94,8% dari rencana", "82,40", "84,00", "Sisa untuk bahan ajar"):  # fmt: skip
        assert part in told, part


async def _nothing(*_: int) -> None:
    pass
