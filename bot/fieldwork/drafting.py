"""The report of a training that staff ask for: which trainings there are to choose from, and the job that has it drafted.

Drafts none itself. Who asked stands in the audit log, written by `staff.attend` in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.fieldwork import staff
from bot.fieldwork.permits import why_not
from bot.fieldwork.staff import Duty, Named
from bot.fieldwork.trainings import seen_by
from bot.store import jobs, trainings
from bot.store.trainings import Training

REPORT_JOB = "report"
MOST_OFFERED = 12
SEARCHED = 500  # the latest trainings


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """`words`: what was searched for; `is_cut`: there are more than are offered."""

    language: str
    trainings: tuple[tuple[int, str], ...]  # id and title
    words: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A job that may still be done: in whose language, of which training, and which message tells how far it is."""

    language: str
    code: str
    title: str
    message_id: int | None


def choose(connection: Connection, duty: Duty, words: str = "") -> ReportChoice:
    listed = trainings.newest(connection, SEARCHED, only=seen_by(duty))
    found = [one for one in listed if _has(one, words)]
    offered = tuple((one.id, one.full_title) for one in found[:MOST_OFFERED])
    return ReportChoice(duty.language, offered, words, is_cut=len(found) > MOST_OFFERED)


def ask(connection: Connection, duty: Duty, message_id: int | None) -> ReportDue:
    """A job for the ticker; the same training asked for twice is still one."""
    training, visit = duty.training, duty.visit
    if duty.is_first and not _waits(connection, visit.chat_id, training.id):
        arguments = {"training_id": training.id, "message_id": message_id}
        jobs.ask(connection, REPORT_JOB, visit.chat_id, arguments, visit.now)
    return ReportDue(duty.language, training.code, training.full_title, message_id)


def due(
    connection: Connection, chat_id: int, arguments: Mapping[str, Any], named: Named
) -> ReportDue | None:
    """None: a job may be done long after it was asked for, by somebody who has left since, of a training that is gone."""
    training = trainings.of_id(connection, int(arguments["training_id"]))
    who = staff.who_is(connection, named, chat_id)
    if training is None or why_not("ask for report", who, training.id):
        return None
    language = staff.language_of(connection, chat_id) or "id"
    return ReportDue(language, training.code, training.full_title, arguments.get("message_id"))


def _has(training: Training, words: str) -> bool:
    return words.casefold() in f"{training.full_title} {training.code}".casefold()


def _waits(connection: Connection, chat_id: int, training_id: int) -> bool:
    waiting = jobs.waiting(connection, REPORT_JOB, chat_id)
    return any(arguments.get("training_id") == training_id for arguments in waiting)
