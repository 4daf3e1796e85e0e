"""Papers that the office prints: which there are, asking for one, and what stands on it. One function is one transaction.

A paper is a job: it is drawn by a process of its own (bot/papers) and sent as a PDF. What stands on it is read when it is drawn, and
only for somebody who may still have it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork.enrolment import class_code, class_token
from bot.fieldwork.permits import why_not
from bot.fieldwork.staff import Duty, StaffVisit, who_is
from bot.papers.facts import ClassFacts, to_json
from bot.store import jobs, trainings
from bot.store.trainings import Training
from bot.survey.study import Office

PRINT_JOB = "print"
Kind = Literal["class"]


@dataclass(frozen=True, slots=True)
class Printable:
    """What can be printed for a training."""

    language: str
    training: Training


@dataclass(frozen=True, slots=True)
class Paper:
    kind: Kind
    facts: str  # JSON, for the process that draws
    training: Training


def printable(_connection: Connection, duty: Duty) -> Printable:
    return Printable(duty.language, duty.training)


def ask_class_sheet(connection: Connection, duty: Duty) -> Printable:
    duty.noted["paper"] = "class"
    if duty.is_first:
        ask(connection, duty.visit, duty.training, "class")
    return Printable(duty.language, duty.training)


def ask(
    connection: Connection,
    visit: StaffVisit,
    training: Training,
    kind: Kind,
    more: Mapping[str, int] | None = None,
) -> None:
    arguments = {"paper": kind, "training": training.id, **(more or {})}
    jobs.ask(connection, PRINT_JOB, visit.chat_id, arguments, visit.now)


def paper(
    connection: Connection, visit: StaffVisit, asked: Mapping[str, int | str], bot_username: str
) -> Paper | None:
    """None: the training is gone, or the colleague may no longer have its papers."""
    training = trainings.of_id(connection, int(asked["training"]))
    staff = who_is(connection, visit.named, visit.chat_id)
    if training is None or why_not("print paper", staff, training.id):
        return None
    facts = _class_facts(visit.study.office, training, visit, bot_username)
    return Paper("class", to_json(facts), training)


def _class_facts(
    office: Office, training: Training, visit: StaffVisit, bot_username: str
) -> ClassFacts:
    token = class_token(visit.secret, training.id)
    day = visit.now.astimezone(ZoneInfo(training.zone)).date()
    return ClassFacts(
        training.full_title, office.organiser, office.coordinator_contact,
        f"https://t.me/{bot_username}?start={token}", bot_username,
        class_code(visit.secret, training.id), day.isoformat(),
    )  # fmt: skip
