"""A form that was sent, from its id at Telegram to the report: a real Bot API server, a real database, real child processes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot import form_examining
from bot.analysis import Analyst
from bot.asked_jobs import AskedJobs
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.fieldwork import submitting
from bot.fieldwork.staff import Asked, StaffVisit, attend
from bot.fieldwork.submitting import Submitted
from bot.simulator.client import SimulatedPerson
from bot.simulator.views import MessageView
from bot.store import draft_tables, questionnaires, tables
from bot.store.database import Database
from bot.survey.xlsform import compile_form
from tests.chat.staff_desk import COORDINATOR, NOW, desk_on
from tests.fieldwork.office import CONFIG, STUDY
from tests.sent_forms import DAYS, SETTINGS, TITLE, USEFUL, old_version, workbook
from tests.simulator.bench import workbench


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """What is stored is tried on both databases in tests/chat/test_forms.py; here a process is started each time."""
    async with await Database.open(sqlite_url) as opened:
        yield opened


@dataclass
class Office:
    rina: SimulatedPerson
    jobs: AskedJobs
    database: Database
    sent: int = 0

    async def send(self, name: str, content: bytes, file_id: str = "") -> list[MessageView]:
        """What comes back for it."""
        await self.rina.send_document(name, content)
        found = (await self.rina.chat()).messages[-1].file
        assert found is not None
        self.sent += 1
        visit = StaffVisit(STUDY, COORDINATOR, self.sent, NOW, self.jobs.desk.named)
        event = partial(submitting.submit, sent=Submitted(file_id or found.file_id, name))
        await self.database.run(attend, visit, Asked("send file"), event)
        before = len((await self.rina.chat()).messages)
        assert await self.jobs.done(NOW) == 1
        return list((await self.rina.chat()).messages[before:])


@asynccontextmanager
async def office(database: Database) -> AsyncIterator[Office]:
    async def nothing(*_: int) -> None:
        pass

    async with workbench() as bench:
        rina = await bench.telegram.create_person("Rina", person_id=COORDINATOR)
        await rina.start()
        outbox = Outbox(bench.bot, Hooks(nothing, nothing), Lanes())
        analyst = Analyst(CONFIG / "study.toml", CONFIG / "texts", database)
        yield Office(rina, AskedJobs(desk_on(database), outbox, analyst), database)


def job_states(connection: Connection) -> list[str]:
    return list(connection.execute(select(tables.jobs.c.state)).scalars())


def drafts(connection: Connection) -> int:
    return len(connection.execute(select(draft_tables.form_drafts.c.id)).all())


async def test_a_good_form_is_reported_with_what_can_be_done_and_kept_as_a_draft(
    database: Database,
):
    async with office(database) as at:
        (report,) = await at.send("evaluasi.xlsx", workbook())
    assert "Evaluasi akhir pelatihan (post_training), versi 2-" in report.text
    assert "Formulir ini dapat dipakai" in report.text
    assert [row[0].label for row in report.rows] == ["Coba dulu", "Terbitkan", "Batal"]
    assert await database.run(job_states) == ["done"]
    assert await database.run(drafts) == 1
    assert await database.run(questionnaires.newest, "post_training") is None


async def test_a_form_is_compared_with_the_version_in_use(database: Database, tmp_path: Path):
    old = tmp_path / "old.xlsx"
    old.write_bytes(old_version())
    await database.run(questionnaires.keep, compile_form(old), NOW)
    async with office(database) as at:
        (report,) = await at.send("evaluasi.xlsx", workbook())
    assert (
        "0 pertanyaan sama, 0 berubah tanpa mengubah arti data, 1 baru, 1 hilang, 1" in report.text
    )
    assert "a01: kode pilihan berubah" in report.text
    assert report.rows


async def test_a_form_of_another_id_is_refused_with_the_ids_that_there_are(database: Database):
    async with office(database) as at:
        (other,) = await at.send(
            "evaluasi.xlsx", workbook(settings=("Kepuasan", "kepuasan", *SETTINGS[2:]))
        )
        (unnamed,) = await at.send(
            "post_training.xlsx", workbook(settings=("Kepuasan", "", *SETTINGS[2:]))
        )
    known = "post_training, followup_alumni, followup_superior, followup_peer, interview"
    assert 'form_id "kepuasan" bukan salah satu kuesioner yang dipakai' in other.text
    assert known in other.text
    assert "lembar settings tidak menyebut form_id" in unnamed.text
    assert known in unnamed.text
    assert not other.rows + unnamed.rows
    assert await database.run(drafts) == 0


async def test_a_report_that_is_too_long_comes_whole_as_a_file(database: Database):
    many = [(DAYS[0], f"A{number}_", *DAYS[2:]) for number in range(90)]
    async with office(database) as at:
        whole, short = await at.send("evaluasi.xlsx", workbook((TITLE, USEFUL, *many)))
        assert whole.file is not None
        content = await at.rina.client.file(COORDINATOR, whole.file.file_id)
    assert whole.file.name == "laporan-evaluasi.txt"
    assert content.decode().count("A89_") >= 1
    assert "lagi" in short.text
    assert "A89_" not in short.text
    assert len(short.text) < 4000


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("form.xlsx", b"PK this is no workbook", "rusak atau belum selesai disimpan"),
        ("form.xlsx", b"this is no workbook", "namai lembar pertanyaannya survey"),
        ("form.md", b"\x00\x01", "Harus diperbaiki (1)"),
        ("form.csv", b" \n", "kosong"),
        ("form.csv", b"survey\n,type\n", "belum dapat dipakai"),
    ],
)
async def test_what_is_no_form_is_told_in_a_sentence(
    database: Database, name: str, content: bytes, told: str
):
    async with office(database) as at:
        (report,) = await at.send(name, content)
    assert told in report.text
    assert "Terbitkan" not in str(report.rows)


async def test_a_file_that_turns_out_too_large_is_not_checked(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.sent_files.MOST_BYTES", 1_000)
    async with office(database) as at:
        (said,) = await at.send("form.xlsx", bytes(1001))
    assert "lebih besar dari" in said.text
    assert await database.run(job_states) == ["failed"]


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(database: Database):
    async with office(database) as at:
        (said,) = await at.send("form.xlsx", workbook(), file_id="never-heard-of")
    assert "belum dapat diambil dari Telegram" in said.text
    assert await database.run(job_states) == ["failed"]


async def test_a_check_that_does_not_end_is_ended_and_told(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(form_examining, "LONGEST", 0.01)
    async with office(database) as at:
        (said,) = await at.send("form.xlsx", workbook())
    assert "terlalu rumit" in said.text
    assert "took more than 0.01 s" in caplog.text
    assert await database.run(job_states) == ["failed"]


async def test_a_failure_of_ours_is_told_logged_and_not_tried_for_ever(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    async def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.form_checker.examined", fails)
    async with office(database) as at:
        (said,) = await at.send("form.xlsx", workbook())
    assert "gangguan di pihak kami" in said.text
    assert await database.run(job_states) == ["failed"]
    assert "ZeroDivisionError" in caplog.text
