"""Surat pengantar to superiors or peers: number and date, who gets one, and what stands on it. One function is one transaction.

1. The letter of a training has one number; the office writes it in the chat once it is registered, and the bot quotes it to every
   superior and peer of that training. Without one the blank of study.toml stands there, to be filled in by hand.
2. A letter carries a personal link, of which only the hash is kept: so each making replaces the links that nobody used. Letters
   for another training stay good: the same superior may have both on the desk.
3. It is a job, since writing a Word document takes seconds; who may no longer have it gets nothing.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import FieldworkError, NothingOpen
from bot.fieldwork import enrolment, issuing, staff
from bot.fieldwork.permits import why_not
from bot.fieldwork.rosters.record import RaterRole
from bot.fieldwork.staff import Duty, Named
from bot.store import accounts, jobs, people, raters, rounds, trainings
from bot.store import letters as stored
from bot.store.jobs import Job
from bot.store.letters import Letter
from bot.store.response_marks import issued_in
from bot.store.trainings import Enrolled, Training
from bot.survey.study import RoundPlan, Study
from bot.survey.typed_days import days

LETTER_JOB: Final = "letters"
EXPECTING_NUMBER: Final = "letter_number"
LONGEST_NUMBER: Final = 60
_BEFORE_THE_DATE = re.compile(r"\s*(?:;|\n|\btanggal\b|\btgl\b\.?|\bdated\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipient:
    person_id: int
    name: str
    connected: bool
    told_apart_by: tuple[
        str, ...
    ] = ()  # unit, position, about whom: what may tell one namesake from another


@dataclass(frozen=True, slots=True)
class LettersPage:
    """What can be made for a training."""

    language: str
    role: RaterRole
    training: Training
    letter: Letter | None
    recipients: tuple[Recipient, ...]
    unsure: int  # alumni who moved: no superior is written to about them before the office confirmed who it is


@dataclass(frozen=True, slots=True)
class Addressed:
    """One letter: to whom, about whom, with which link."""

    name: str
    position: str
    unit: str
    alumni: tuple[str, ...]
    token: str


@dataclass(frozen=True, slots=True)
class Written:
    language: str  # of who asked; a letter itself is in Indonesian
    role: RaterRole
    training: Training
    letter: Letter
    letters: tuple[Addressed, ...]


def look(connection: Connection, duty: Duty, role: RaterRole = "superior") -> LettersPage:
    plan = _plan(duty.visit.study, role)
    groups = _groups(connection, plan, duty.training)
    recipients = tuple(_recipient(connection, group) for group in groups)
    letter = stored.of_training(connection, duty.training.id)
    unsure = len(raters.unsure(connection, duty.training.id)) if role == "superior" else 0
    return LettersPage(duty.language, role, duty.training, letter, recipients, unsure)


def ask_number(connection: Connection, duty: Duty, role: RaterRole = "superior") -> LettersPage:
    if duty.is_first:
        to_peers = int(role == "peer")
        expecting = {"what": EXPECTING_NUMBER, "training": duty.training.id, "person": to_peers}
        accounts.opened(connection, duty.visit.chat_id, duty.visit.now)
        accounts.expect(connection, duty.visit.chat_id, expecting)
    return look(connection, duty, role)


def take_number(
    connection: Connection, duty: Duty, text: str, role: RaterRole = "superior"
) -> LettersPage:
    """As in: 800/12/BKPSDMD/2027 tanggal 14 Januari 2027; without a date it is of today."""
    today = duty.visit.now.astimezone(ZoneInfo(duty.training.zone)).date()
    letter = read_letter(text, today)
    if duty.is_first:
        stored.keep(connection, duty.training.id, letter)
        accounts.expect(connection, duty.visit.chat_id, {})
    return look(connection, duty, role)


def read_letter(text: str, today: date) -> Letter:
    number, *dated = (part.strip() for part in _BEFORE_THE_DATE.split(text.strip(), maxsplit=1))
    number = " ".join(number.rstrip(",").split())
    if not number or len(number) > LONGEST_NUMBER or not any(one.isdigit() for one in number):
        raise FieldworkError("surat_nomor_salah", most=str(LONGEST_NUMBER))
    if not dated:
        return Letter(number, today)
    read = next(iter(days(dated[0], today)), None)
    if read is None:
        raise FieldworkError("surat_tanggal_salah", masukan=dated[0])
    return Letter(number, read)


def ask(
    connection: Connection, duty: Duty, person_id: int = 0, role: RaterRole = "superior"
) -> LettersPage:
    """To one of them, or (0) to all of the training."""
    page = look(connection, duty, role)
    wanted = [one for one in page.recipients if person_id in {0, one.person_id}]
    if not wanted:
        raise NothingOpen("surat_tanpa_atasan")
    duty.noted["letters"] = len(wanted)
    if duty.is_first:
        arguments = {"training": duty.training.id, "person": person_id, "role": role}
        jobs.ask_once(connection, LETTER_JOB, duty.visit.chat_id, arguments, duty.visit.now)
    return page


def written(
    connection: Connection, study: Study, named: Named, job: Job, now: datetime
) -> Written | None:
    """What such a job asked for, with links that work from now on; None to somebody who may no longer have it."""
    training = trainings.of_id(connection, int(job.arguments["training"]))
    who = staff.who_is(connection, named, job.chat_id)
    if training is None or why_not("write letters", who, training.id):
        return None
    wanted = int(job.arguments["person"])
    role: RaterRole = "peer" if job.arguments.get("role") == "peer" else "superior"
    groups = _groups(connection, _plan(study, role), training)
    addressed = tuple(
        _addressed(connection, training.id, group, now)
        for group in groups
        if wanted in {0, group[0].person_id}
    )
    today = now.astimezone(ZoneInfo(training.zone)).date()
    letter = stored.of_training(connection, training.id)
    language = staff.language_of(connection, job.chat_id) or "id"
    return Written(
        language, role, training, letter or Letter(study.office.letter_number, today), addressed
    )


def _recipient(connection: Connection, group: list[Enrolled]) -> Recipient:
    person, alumni = people.person(connection, group[0].person_id), group[0].about_name
    apart = (person.unit, person.position, alumni)
    return Recipient(person.id, person.name, group[0].connected, apart)


def _addressed(
    connection: Connection, training_id: int, group: list[Enrolled], now: datetime
) -> Addressed:
    person, token = people.person(connection, group[0].person_id), enrolment.personal_token()
    enrolment.new_link(connection, person.id, now, token, training_id)
    alumni = tuple(one.about_name for one in group)
    return Addressed(person.name, person.position, person.unit, alumni, token)


def _groups(connection: Connection, plan: RoundPlan, training: Training) -> list[list[Enrolled]]:
    """Each superior or peer with the alumni they are, or will be, asked about."""
    enrolled = trainings.enrolled(connection, training.id, plan.role)
    found = rounds.of_kind(connection, training.id, plan.kind)
    before = issued_in(connection, found.id) if found is not None else {}
    return sorted(
        issuing.respondents(plan, training, enrolled, before), key=lambda group: group[0].name
    )


def _plan(study: Study, role: RaterRole) -> RoundPlan:
    found = next((plan for plan in study.rounds.values() if plan.role == role), None)
    if found is None:
        raise NothingOpen("surat_tanpa_putaran")
    return found
