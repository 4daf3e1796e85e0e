"""What stands on each paper, read from what is stored. Reads only; draws nothing and asks for no permission.

1. A class sheet carries the link of the class and its code.
2. A blank questionnaire has what everybody is asked; what differs from person to person (the alumnus rated, instructors of whom
   each rates two) is left to be written by hand.
3. A slip carries the participant code of one person, as text and as QR.
4. A named questionnaire is for one response of an open round: with the hidden values of that response, so it asks what the chat would ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import StudyPlanError
from bot.fieldwork import issuing, letter_number
from bot.fieldwork.dates import long_date
from bot.fieldwork.enrolment import class_code, class_token
from bot.fieldwork.issuing import ASKED_ABOUT
from bot.fieldwork.participant_code import TOKEN, code_of, spelt
from bot.fieldwork.staff import StaffVisit
from bot.fieldwork.timetables import plan_of
from bot.papers.facts import ClassFacts, CodeFacts, FormCopy, FormFacts, Slip, to_json
from bot.store import paper, questionnaires, trainings
from bot.store.people import Person
from bot.store.rounds import Round
from bot.store.trainings import Training
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import to_json as form_to_json

COPIES = 40  # in one file: some 160 pages


@dataclass(frozen=True, slots=True)
class Paper:
    kind: Literal["class", "form", "codes"]
    facts: str  # JSON, for the process that draws
    training: Training
    about: str = ""  # the kind of the round
    copies: int = 1
    part: int = 0  # of several files, from 1; 0: the only one


def class_sheet(visit: StaffVisit, training: Training, bot_username: str) -> Paper:
    office, token = visit.study.office, class_token(visit.secret, training.id)
    facts = ClassFacts(
        training.full_title, office.organiser, office.coordinator_contact,
        f"https://t.me/{bot_username}?start={token}", bot_username,
        class_code(visit.secret, training.id), _day(visit, training),
    )  # fmt: skip
    return Paper("class", to_json(facts), training)


def blank_sheet(connection: Connection, visit: StaffVisit, training: Training, one: Round) -> Paper:
    names = trainings.instructor_names(connection, training.id)
    copy = FormCopy(_everybodys(connection, visit, training, one), written=_written(visit, one, names))  # fmt: skip
    return _form(connection, visit, training, one, (copy,))


def named_sheets(
    connection: Connection, visit: StaffVisit, training: Training, one: Round
) -> tuple[Paper, ...]:
    """In files of so many copies."""
    copies = tuple(
        FormCopy(found.hidden, found.name, found.nip, found.unit)
        for found in paper.without_account(connection, one.id)
    )
    files = [copies[begin : begin + COPIES] for begin in range(0, len(copies), COPIES)]
    made = [_form(connection, visit, training, one, file) for file in files]
    if len(made) == 1:
        return tuple(made)
    return tuple(replace(file, part=part) for part, file in enumerate(made, start=1))


def code_slips(
    visit: StaffVisit, training: Training, found: Sequence[Person], bot_username: str
) -> Paper:
    slips = []
    for one in found:
        code = code_of(visit.secret, one.id)
        link = f"https://t.me/{bot_username}?start={TOKEN}{code}"
        slips.append(Slip(one.name, one.unit, spelt(code), link))
    office = visit.study.office
    facts = CodeFacts(
        training.full_title, office.organiser, bot_username, _day(visit, training), tuple(slips)
    )  # fmt: skip
    return Paper("codes", to_json(facts), training, copies=len(slips))


def _form(
    connection: Connection,
    visit: StaffVisit,
    training: Training,
    one: Round,
    copies: tuple[FormCopy, ...],
) -> Paper:
    office, form = visit.study.office, questionnaire_of(connection, visit, one)
    facts = FormFacts(
        form=form_to_json(form), training=training.full_title,
        role=plan_of(visit.study, one.kind).role, organiser=office.organiser,
        contact=office.coordinator_contact, privacy_contact=office.privacy_contact,
        privacy_version=office.privacy_version, letter_number=letter_number.of_training(connection, visit.study, training.id),
        k=visit.study.k, retention_months=office.retention_months, day=_day(visit, training),
        copies=copies,
    )  # fmt: skip
    return Paper("form", to_json(facts), training, one.kind, len(copies))


def questionnaire_of(connection: Connection, visit: StaffVisit, one: Round) -> Questionnaire:
    """The version the round has; before it opens, the one in use."""
    name = plan_of(visit.study, one.kind).questionnaire
    found = one.questionnaire_id or questionnaires.newest(connection, name)
    if found is None:
        raise StudyPlanError(f"The questionnaire {name} of [rounds.{one.kind}] is not stored.")
    return questionnaires.of_id(connection, found)


def _everybodys(
    connection: Connection, visit: StaffVisit, training: Training, one: Round
) -> dict[str, str]:
    competences = trainings.competence_labels(connection, training.id)
    names = trainings.instructor_names(connection, training.id)
    facts = issuing.Facts(visit.study, training, visit.now, names, competences)
    closing = one.closes_at.astimezone(ZoneInfo(training.zone)).date() if one.closes_at else None
    return {
        "nama_pelatihan": training.full_title, "penyelenggara": visit.study.office.organiser,
        **issuing.contents(facts, 0),
        "tgl_pelatihan": long_date(training.ends_on),
        "tgl_tutup": long_date(closing) if closing else "", "pertama": "1",
    }  # fmt: skip


def _written(visit: StaffVisit, one: Round, instructors: tuple[str, ...]) -> tuple[str, ...]:
    """The hidden values that nobody knows beforehand."""
    drawn = ("instruktur_1", "instruktur_2") if len(instructors) > ASKED_ABOUT else ()
    is_about = plan_of(visit.study, one.kind).role != "participant"
    return (*drawn, "nama_alumni") if is_about else drawn


def _day(visit: StaffVisit, training: Training) -> str:
    return visit.now.astimezone(ZoneInfo(training.zone)).date().isoformat()
