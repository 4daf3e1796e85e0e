"""What goes on the papers of interviews: the questions for the guide; of what was told, only what is permitted. Reads only.

`staff.attend` calls them. Pages are there when the round is closed: until then the permission may be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork.interviews import round_of
from bot.fieldwork.staff import Duty
from bot.fieldwork.timetables import plan_of
from bot.store import cases, questionnaires, responses
from bot.store.cases import Case
from bot.store.responses import OpenResponse
from bot.store.trainings import Training
from bot.survey.attachments import spoken_attachments
from bot.survey.case_selection import INTERVIEW, case_code
from bot.survey.questionnaire import Item, Questionnaire, in_language

PERMISSION_ITEM: Final = "izin"  # the dimension of the question whether it may be quoted
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


def guide(connection: Connection, duty: Duty) -> Guide:
    study = duty.visit.study
    found = round_of(connection, duty.training.id)
    form_id = found.questionnaire_id if found is not None else None
    if form_id is None:
        form_id = questionnaires.newest(connection, plan_of(study, INTERVIEW).questionnaire)
    if form_id is None:
        raise NothingOpen("wawancara_tanpa_formulir")
    form = questionnaires.of_id(connection, form_id)
    return Guide(duty.language, study.office.organiser_long, duty.training, form)


def pages(connection: Connection, duty: Duty) -> Pages:
    found = round_of(connection, duty.training.id)
    if found is None or found.state != "closed":
        raise NothingOpen("wawancara_lembar_belum")
    answered = {one.person_id: one for one in responses.of_round(connection, found.id)}
    told = tuple(
        _page(connection, duty, case, answered.get(case.person_id))
        for case in cases.of_training(connection, duty.training.id)
        if case.begun or case.notes
    )
    return Pages(duty.language, duty.visit.study.office.organiser_long, duty.training, told)


def permission_item(form: Questionnaire) -> Item | None:
    return next((item for item in form.items if item.dimension == PERMISSION_ITEM), None)


def permission_of(form: Questionnaire, found: OpenResponse) -> Permission:
    """Without an answer nothing is permitted."""
    item = permission_item(form)
    given = found.response.answers.get(item.name) if item is not None else None
    known = given is not None and given.value in {"kutip", "ringkas"}
    return cast("Permission", given.value) if given is not None and known else "tidak"


def told(form: Questionnaire, found: OpenResponse, language: str) -> tuple[Told, ...]:
    """The open answers, in the words of the person."""
    return tuple(
        Told(_filled(in_language(item.labels, language), found.response.hidden), spoken)
        for item in form.items
        if item.kind == "text" and (given := found.response.answers.get(item.name)) is not None
        and (spoken := spoken_attachments(given.value, language))
    )  # fmt: skip


def _page(connection: Connection, duty: Duty, case: Case, found: OpenResponse | None) -> Page:
    """Of a call the interviewer asked for the permission, and wrote down what was permitted."""
    notes = tuple(note.text for note in cases.notes_of(connection, case.id))
    if found is None or not case.begun:
        return Page(case_code(case.number), "ringkas", (), notes)
    form = questionnaires.of_id(connection, found.questionnaire_id)
    permission = permission_of(form, found)
    if permission == "tidak":
        return Page(case_code(case.number), permission, (), ())
    answers = told(form, found, duty.language)
    return Page(case_code(case.number), permission, answers, notes)


def _filled(label: str, hidden: Mapping[str, str]) -> str:
    for name, value in hidden.items():
        label = label.replace(f"${{{name}}}", value)
    return label
