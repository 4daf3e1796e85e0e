"""What goes on the papers of interviews: the questions for the guide; of what was told, only what is permitted. Reads only.

They are made by a job, since writing a Word document takes seconds. Pages are there when the round is closed: until then the permission may be changed.
"""

from dataclasses import dataclass
from typing import Final, Literal, cast

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import staff
from bot.fieldwork.interviews import round_of
from bot.fieldwork.permits import why_not
from bot.fieldwork.quoting import PERMISSIONS, Permission, Told, permission_of, told
from bot.fieldwork.staff import Duty, Named
from bot.fieldwork.timetables import plan_of
from bot.store import cases, jobs, questionnaires, recordings, responses, trainings
from bot.store.cases import Case
from bot.store.jobs import Job
from bot.store.responses import OpenResponse
from bot.store.trainings import Training
from bot.survey.case_selection import INTERVIEW, case_code
from bot.survey.questionnaire import Questionnaire
from bot.survey.study import Study

PAPER_JOB: Final = "interview_paper"
Paper = Literal["guide", "pages"]


@dataclass(frozen=True, slots=True)
class Guide:
    language: str
    organiser: str
    training: Training
    form: Questionnaire


@dataclass(frozen=True, slots=True)
class Page:
    code: str
    permission: Permission
    answers: tuple[Told, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    language: str
    organiser: str
    training: Training
    pages: tuple[Page, ...]


def ask_paper(connection: Connection, duty: Duty, what: Paper) -> str:
    """A job for the ticker; asked twice it is still one. Returns the language to answer in."""
    visit, training = duty.visit, duty.training
    make(
        connection, visit.study, training, duty.language, what
    )  # what cannot be made is refused at once
    if duty.is_first and not jobs.waits(connection, PAPER_JOB, visit.chat_id):
        arguments = {"training_id": training.id, "what": what}
        jobs.ask(connection, PAPER_JOB, visit.chat_id, arguments, visit.now)
    return duty.language


def paper(connection: Connection, study: Study, named: Named, job: Job) -> Guide | Pages | None:
    """What such a job asked for; None to somebody who may no longer have it."""
    training = trainings.of_id(connection, int(job.arguments["training_id"]))
    who = staff.who_is(connection, named, job.chat_id)
    if training is None or why_not("export interviews", who, training.id):
        return None
    language = staff.language_of(connection, job.chat_id) or "id"
    return make(connection, study, training, language, job.arguments["what"])


def make(
    connection: Connection, study: Study, training: Training, language: str, what: Paper
) -> Guide | Pages:
    at = _At(connection, study, training, language)
    return _guide(at) if what == "guide" else _pages(at)


@dataclass(frozen=True, slots=True)
class _At:
    connection: Connection
    study: Study
    training: Training
    language: str


def _guide(at: _At) -> Guide:
    found = round_of(at.connection, at.training.id)
    form_id = found.questionnaire_id if found is not None else None
    if form_id is None:
        form_id = questionnaires.newest(at.connection, plan_of(at.study, INTERVIEW).questionnaire)
    if form_id is None:
        raise NothingOpen("wawancara_tanpa_formulir")
    form = questionnaires.of_id(at.connection, form_id)
    return Guide(at.language, at.study.office.organiser_long, at.training, form)


def _pages(at: _At) -> Pages:
    found = round_of(at.connection, at.training.id)
    if found is None or found.state != "closed":
        raise NothingOpen("wawancara_lembar_belum")
    answered = {one.person_id: one for one in responses.of_round(at.connection, found.id)}
    found_pages = tuple(
        _page(at, case, answered.get(case.person_id))
        for case in cases.of_training(at.connection, at.training.id)
        if case.begun or case.notes
    )
    return Pages(at.language, at.study.office.organiser_long, at.training, found_pages)


def _page(at: _At, case: Case, found: OpenResponse | None) -> Page:
    """Who answered in the chat and in a call has said twice what is permitted: the narrower counts."""
    notes = tuple(note.text for note in cases.notes_of(at.connection, case.id))
    answers: tuple[Told, ...] = ()
    given: list[Permission] = [cast("Permission", case.permission)] if case.permission else []
    if found is not None and case.begun:
        form = questionnaires.of_id(at.connection, found.questionnaire_id)
        in_chat = permission_of(form, found)
        given += [in_chat] if in_chat != "belum" else []
        transcripts = recordings.transcripts(at.connection, found.response.id)
        answers = told(form, found, at.language, transcripts, case.quotes_seen_at)
    permission: Permission = max(given, key=PERMISSIONS.index, default="belum")
    if permission not in {"kutip", "ringkas"}:
        return Page(case_code(case.number), permission, (), ())
    return Page(case_code(case.number), permission, answers, notes)
