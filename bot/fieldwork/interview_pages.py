"""What goes on the papers of interviews: the questions for the guide; of what was told, only what is permitted. Reads only.

They are made by a job, since writing a Word document takes seconds. Pages are there when the round is closed: until then the permission may be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import staff
from bot.fieldwork.interviews import round_of
from bot.fieldwork.permits import why_not
from bot.fieldwork.staff import Duty, Named
from bot.fieldwork.timetables import plan_of
from bot.store import cases, jobs, questionnaires, recordings, responses, trainings
from bot.store.cases import Case
from bot.store.jobs import Job
from bot.store.responses import OpenResponse
from bot.store.trainings import Training
from bot.survey.attachments import spoken_attachments, written_down
from bot.survey.case_selection import INTERVIEW, case_code
from bot.survey.questionnaire import Item, Questionnaire, in_language
from bot.survey.study import Study

PAPER_JOB: Final = "interview_paper"
PERMISSION_ITEM: Final = "izin"  # the dimension of the question whether it may be quoted
Paper = Literal["guide", "pages"]
Permission = Literal["kutip", "ringkas", "tidak"]


@dataclass(frozen=True, slots=True)
class Guide:
    language: str
    organiser: str
    training: Training
    form: Questionnaire


@dataclass(frozen=True, slots=True)
class Told:
    question: str
    text: str


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
    told = tuple(
        _page(at, case, answered.get(case.person_id))
        for case in cases.of_training(at.connection, at.training.id)
        if case.begun or case.notes
    )
    return Pages(at.language, at.study.office.organiser_long, at.training, told)


def permission_item(form: Questionnaire) -> Item | None:
    return next((item for item in form.items if item.dimension == PERMISSION_ITEM), None)


def permission_of(form: Questionnaire, found: OpenResponse) -> Permission:
    """Without an answer nothing is permitted."""
    item = permission_item(form)
    given = found.response.answers.get(item.name) if item is not None else None
    known = given is not None and given.value in {"kutip", "ringkas"}
    return cast("Permission", given.value) if given is not None and known else "tidak"


def told(
    form: Questionnaire, found: OpenResponse, language: str, transcripts: Mapping[str, str]
) -> tuple[Told, ...]:
    """The open answers, in the words of the person; a voice message by what was transcribed, else by its length."""
    return tuple(
        Told(_filled(in_language(item.labels, language), found.response.hidden), spoken)
        for item in form.items
        if item.kind == "text" and (given := found.response.answers.get(item.name)) is not None
        and (spoken := spoken_attachments(written_down(given.value, transcripts), language))
    )  # fmt: skip


def _page(at: _At, case: Case, found: OpenResponse | None) -> Page:
    """Of a call the interviewer asked for the permission, and wrote down what was permitted."""
    notes = tuple(note.text for note in cases.notes_of(at.connection, case.id))
    if found is None or not case.begun:
        return Page(case_code(case.number), "ringkas", (), notes)
    form = questionnaires.of_id(at.connection, found.questionnaire_id)
    permission = permission_of(form, found)
    if permission == "tidak":
        return Page(case_code(case.number), permission, (), ())
    answers = told(
        form, found, at.language, recordings.transcripts(at.connection, found.response.id)
    )
    return Page(case_code(case.number), permission, answers, notes)


def _filled(label: str, hidden: Mapping[str, str]) -> str:
    for name, value in hidden.items():
        label = label.replace(f"${{{name}}}", value)
    return label
