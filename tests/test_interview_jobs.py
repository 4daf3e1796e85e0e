"""The papers of interviews from the job on: written by a process of its own, and who gets none."""

import io
from functools import partial

import docx
from sqlalchemy import Connection

from bot.chat.outgoing import Outgoing, SendDocument, SendMessage
from bot.fieldwork import interview_pages, interviews, reporting
from bot.fieldwork.interview_pages import PAPER_JOB, Paper
from bot.fieldwork.staff import Asked, Named, Refused, StaffVisit, attend
from bot.interview_jobs import InterviewJobs
from bot.store import tables
from bot.store.database import Database
from bot.store.jobs import Job
from tests.chat.staff_desk import COORDINATOR, STRANGER, desk_on
from tests.fieldwork.office import STUDY, wib
from tests.fieldwork.test_interviews import GOOD, LATER, POOR, duty, followed

AFTER = wib("2027-03-01 09:00")  # the interviews have closed


def selected(connection: Connection) -> int:
    training_id = followed(connection, GOOD, POOR)
    interviews.choose(connection, duty(connection, training_id))
    return training_id


def close(connection: Connection) -> None:
    connection.execute(tables.rounds.update().values(closed_at=LATER))


async def asked(database: Database, training_id: int, what: Paper) -> str | Refused:
    visit = StaffVisit(STUDY, COORDINATOR, 7, LATER, Named(frozenset(), frozenset({COORDINATOR})))
    event = partial(interview_pages.ask_paper, what=what)
    answer: str | Refused = await database.run(
        attend, visit, Asked("export interviews", training_id), event
    )
    return answer


async def made(database: Database, job: Job) -> list[Outgoing]:
    outgoing, _ = await InterviewJobs(desk_on(database)).paper(job, AFTER)
    return outgoing


async def test_the_guide_comes_as_a_word_document(sqlite_url: str):
    async with await Database.open(sqlite_url) as database:
        training_id = await database.run(selected)
        assert await asked(database, training_id, "guide") == "id"
        job = await database.run(reporting.claim_job, LATER)
        assert job is not None
        (sent,) = await made(database, job)
    assert isinstance(sent, SendDocument)
    assert sent.filename == "panduan-wawancara-MKD-2026-2.docx"
    assert "Panduan wawancara" in docx.Document(io.BytesIO(sent.content)).paragraphs[1].text


async def test_a_paper_that_a_crash_cut_off_is_taken_up_again(sqlite_url: str):
    async with await Database.open(sqlite_url) as database:
        training_id = await database.run(selected)
        await asked(database, training_id, "guide")
        cut_off = await database.run(reporting.claim_job, LATER)
        assert await database.run(reporting.claim_job, LATER) is None
        assert await database.run(reporting.claim_job, LATER + reporting.LEASE) == cut_off


async def test_pages_are_refused_while_the_permission_may_change(sqlite_url: str):
    async with await Database.open(sqlite_url) as database:
        training_id = await database.run(selected)
        refused = await asked(database, training_id, "pages")
        assert isinstance(refused, Refused)
        assert refused.text_key == "wawancara_lembar_belum"
        assert await database.run(reporting.claim_job, LATER) is None


async def test_a_round_that_was_opened_again_since_gives_a_sentence_and_no_page(sqlite_url: str):
    async with await Database.open(sqlite_url) as database:
        training_id = await database.run(selected)
        job = Job(1, PAPER_JOB, COORDINATOR, {"training_id": training_id, "what": "pages"})
        (said,) = await made(database, job)
        assert isinstance(said, SendMessage)
        assert "setelah wawancara ditutup" in said.screen.text
        await database.run(close)
        (sent,) = await made(database, job)
        assert isinstance(sent, SendDocument)


async def test_who_has_left_since_gets_nothing(sqlite_url: str):
    async with await Database.open(sqlite_url) as database:
        training_id = await database.run(selected)
        job = Job(1, PAPER_JOB, STRANGER, {"training_id": training_id, "what": "guide"})
        assert await made(database, job) == []
