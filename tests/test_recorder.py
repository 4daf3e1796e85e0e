"""Voice messages of interviews: fetched over HTTP, sealed in the database, written down by a program, gone with what they belong to."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, select

from bot import recorder
from bot.chat.case_buttons import case_data
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.clock import FollowedClock
from bot.fieldwork import erasures, interview_pages, interviews, recordings, retention
from bot.recorder import Recorder
from bot.sealing import opened, seal_of
from bot.store import case_tables, personal_data, questionnaires, tables
from bot.store.database import Database
from bot.survey.case_selection import INTERVIEW
from bot.survey.xlsform import compile_form
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, desk_on
from tests.fieldwork.office import CONFIG, SECRET, STUDY, people, round_of
from tests.fieldwork.test_interviews import GOOD, LATER, POOR, duty, followed
from tests.simulator.bench import workbench

SOUND = b"OggS" + b"saya menerapkan daftar periksa" * 20
KEY, OTHER_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()
RECORDINGS = case_tables.recordings
COPIES = (sys.executable, "-c", "import sys; print(open(sys.argv[1], 'rb').read()[4:34].decode())")
FAILS = (sys.executable, "-c", "raise SystemExit(3)")
MISSING = ("/nowhere/to-text",)
SILENT = (sys.executable, "-c", "pass")
SLOW = (sys.executable, "-c", "import time; time.sleep(60)")


@dataclass
class Studio:
    database: Database
    outbox: Outbox
    training_id: int
    file_id: str

    def recorder(self, *keys: str, transcriber: Sequence[str] = ()) -> Recorder:
        return Recorder(desk_on(self.database, LATER), self.outbox, seal_of(keys), transcriber)

    async def held(self) -> list[tuple[bytes | None, str | None, int]]:
        query = select(RECORDINGS.c.sealed, RECORDINGS.c.transcript, RECORDINGS.c.failures)
        return [tuple(row) for row in await self.database.run(lambda one: one.execute(query).all())]


def spoken(connection: Connection, file_id: str) -> int:
    """A class with a case that has answered one question by voice."""
    training_id = followed(connection, GOOD, POOR)
    interviews.choose(connection, duty(connection, training_id))
    first = people(connection, training_id)[0]
    mine = (tables.responses.c.person_id == first) & (
        tables.responses.c.round_id == round_of(connection, training_id, INTERVIEW).id
    )
    response_id = connection.execute(select(tables.responses.c.id).where(mine)).scalar_one()
    connection.execute(
        tables.answers.insert().values(
            response_id=response_id, item="d10", value=f"Sudah\n[voice 7 {file_id}]", missing="",
            other="", revised=0, at=LATER,
        )
    )  # fmt: skip
    return training_id


@pytest.fixture
async def studio(database: Database) -> AsyncIterator[Studio]:
    async with _studio(database) as made:
        yield made


@asynccontextmanager
async def _studio(database: Database) -> AsyncIterator[Studio]:
    async def nothing(*_: int) -> None:
        pass

    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await siti.send_voice(SOUND)
        found = (await siti.chat()).messages[-1].file
        assert found is not None
        training_id = await database.run(spoken, found.file_id)
        outbox = Outbox(bench.bot, Hooks(nothing, nothing), Lanes())
        yield Studio(database, outbox, training_id, found.file_id)


async def test_a_voice_message_is_kept_and_only_the_key_opens_it(studio: Studio):
    await studio.recorder(KEY).done(LATER)
    ((sealed, transcript, failures),) = await studio.held()
    assert sealed is not None
    assert b"daftar periksa" not in sealed
    seal = seal_of([OTHER_KEY, KEY])
    assert seal is not None
    assert opened(seal, sealed) == SOUND
    assert (transcript, failures) == (None, 0)


async def test_without_a_key_nothing_is_fetched(studio: Studio):
    await studio.recorder().done(LATER)
    assert await studio.held() == []


async def test_a_message_that_telegram_does_not_give_is_tried_again_later(studio: Studio):
    await studio.database.run(_replaced, "[voice 7 unknown_id]")
    await studio.recorder(KEY).done(LATER)
    await studio.recorder(KEY).done(LATER)
    ((sealed, _, failures),) = await studio.held()
    assert (sealed, failures) == (None, 1)
    await studio.recorder(KEY).done(LATER + timedelta(minutes=6))
    assert (await studio.held())[0][2] == 2


async def test_one_that_is_too_large_is_tried_once_and_the_coordinator_is_told(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(recorder, "MOST_BYTES", {"voice": len(SOUND) - 1})
    await studio.recorder(KEY).done(LATER)
    await studio.recorder(KEY).done(LATER + timedelta(days=29))
    ((sealed, _, failures),) = await studio.held()
    assert (sealed, failures) == (None, 1)
    counts = await studio.database.run(recordings.of_training, studio.training_id)
    assert (counts.failing, counts.too_large) == (0, 1)
    phones = Phones(desk_on(studio.database, LATER))
    shown = await phones.press(COORDINATOR, case_data("page", studio.training_id))
    assert "1 rekaman terlalu besar" in shown


def _replaced(connection: Connection, value: str) -> None:
    here = tables.answers.c.item == "d10"
    connection.execute(tables.answers.update().where(here).values(value=value))


async def test_a_transcriber_that_is_plugged_in_writes_it_down(studio: Studio):
    await studio.recorder(KEY, transcriber=COPIES).done(LATER)
    ((_, transcript, _),) = await studio.held()
    assert transcript == "saya menerapkan daftar periksa"
    counts = await studio.database.run(recordings.of_training, studio.training_id)
    assert (counts.fetched, counts.transcribed, counts.failing) == (1, 1, 0)


async def test_the_page_says_what_was_transcribed(studio: Studio):
    await studio.recorder(KEY, transcriber=COPIES).done(LATER)
    (page,) = await studio.database.run(_pages, studio.training_id)
    assert page.answers[0].text == "Sudah\nsaya menerapkan daftar periksa"


def _pages(connection: Connection, training_id: int) -> tuple[interview_pages.Page, ...]:
    """Of the built-in form, with the permission to quote."""
    form = compile_form(CONFIG / "questionnaires" / "interview.md")
    questionnaire_id = questionnaires.keep(connection, form, LATER)
    _closed(connection)
    connection.execute(
        tables.responses.update().values(questionnaire_id=questionnaire_id, begun_at=LATER)
    )
    response_id = connection.execute(
        select(tables.answers.c.response_id).where(tables.answers.c.item == "d10")
    ).scalar_one()
    connection.execute(
        tables.answers.insert().values(
            response_id=response_id, item="d00", value="kutip", missing="", other="", revised=0, at=LATER,
        )
    )  # fmt: skip
    training = duty(connection, training_id).training
    found = interview_pages.make(connection, STUDY, training, "id", "pages")
    assert isinstance(found, interview_pages.Pages)
    return tuple(page for page in found.pages if page.permission == "kutip")


@pytest.mark.parametrize("transcriber", [FAILS, MISSING, SILENT, SLOW])
async def test_a_transcriber_that_fails_loses_nothing_and_is_said_in_numbers(
    studio: Studio, transcriber: Sequence[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(recorder, "LONGEST", 0.5 if transcriber == SLOW else 20)
    await studio.recorder(KEY, transcriber=transcriber).done(LATER)
    ((sealed, transcript, failures),) = await studio.held()
    assert sealed is not None
    assert (transcript, failures) == (None, 1)
    page = await studio.database.run(_overview, studio.training_id)
    assert page.voices.failing == 1
    monkeypatch.setattr(recorder, "LONGEST", 20)
    await studio.recorder(KEY, transcriber=COPIES).done(LATER + timedelta(minutes=6))
    assert (await studio.held())[0][1:] == ("saya menerapkan daftar periksa", 0)


def _overview(connection: Connection, training_id: int) -> interviews.Interviews:
    return interviews.overview(connection, duty(connection, training_id))


async def test_a_key_that_does_not_open_it_fails_and_loses_nothing(studio: Studio):
    await studio.recorder(KEY).done(LATER)
    await studio.recorder(OTHER_KEY, transcriber=COPIES).done(LATER)
    ((sealed, transcript, failures),) = await studio.held()
    assert sealed is not None
    assert (transcript, failures) == (None, 1)


async def test_what_was_taken_back_is_gone_with_its_sound_also_when_the_key_is_gone(studio: Studio):
    await studio.recorder(KEY).done(LATER)
    await studio.database.run(_replaced, "Sudah, dengan tulisan.")
    await studio.recorder().done(LATER)
    assert await studio.held() == []


async def test_the_sound_goes_thirty_days_after_closing_and_what_was_written_down_stays(
    studio: Studio,
):
    await studio.recorder(KEY, transcriber=COPIES).done(LATER)
    await studio.database.run(_closed)
    month = LATER + retention.HEARD_FOR
    await studio.database.run(retention.drop_recordings, SECRET, month - timedelta(days=1))
    assert len(await studio.held()) == 1
    await studio.database.run(retention.drop_recordings, SECRET, month)
    assert await studio.held() == []
    await studio.recorder(KEY).done(month)
    assert await studio.held() == []
    assert await studio.database.run(_values) == ["Sudah\nsaya menerapkan daftar periksa"]


def _closed(connection: Connection) -> None:
    connection.execute(tables.rounds.update().values(closed_at=LATER))


def _values(connection: Connection) -> list[str]:
    query = select(tables.answers.c.value).where(tables.answers.c.item == "d10")
    return list(connection.execute(query).scalars())


async def test_an_erased_person_leaves_no_sound(studio: Studio):
    await studio.recorder(KEY, transcriber=COPIES).done(LATER)
    first = (await studio.database.run(people, studio.training_id))[0]
    held = await studio.database.run(personal_data.held, first)
    assert [row["transcript"] for row in held["rekaman"]] == ["saya menerapkan daftar periksa"]
    await studio.database.run(erasures.erase_person, SECRET, first, LATER)
    assert await studio.held() == []


async def test_neither_log_nor_disk_shows_what_was_said(
    studio: Studio,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    loud = (
        sys.executable,
        "-c",
        "import sys; sys.exit(open(sys.argv[1], errors='replace').read())",
    )
    await studio.recorder(KEY, transcriber=loud).done(LATER)
    assert "was not transcribed" in caplog.text
    assert "daftar" not in caplog.text
    assert not await asyncio.to_thread(lambda: list(tmp_path.glob("bungo-voice*")))


async def test_however_often_a_try_has_failed_another_one_follows_within_half_a_day(studio: Studio):
    await studio.recorder(KEY).done(LATER)
    for failures in (0, 5, 1000):
        await studio.database.run(recordings.put_off, 1, failures, LATER)
        half_a_day = LATER + timedelta(hours=12)
        assert await studio.database.run(recordings.to_write_down, half_a_day) is not None
        assert await studio.database.run(recordings.to_write_down, LATER) is None


async def test_a_transcript_counts_from_when_it_is_there_to_be_seen(studio: Studio):
    made = studio.recorder(KEY, transcriber=COPIES)
    clock = made.desk.clock
    assert isinstance(clock, FollowedClock)
    clock.move_to(LATER + timedelta(minutes=9))  # the transcriber took that long since the tick
    await made.done(LATER)
    query = select(RECORDINGS.c.written_at)
    (written_at,) = await studio.database.run(lambda one: one.execute(query).scalars().all())
    assert written_at == LATER + timedelta(minutes=9)
