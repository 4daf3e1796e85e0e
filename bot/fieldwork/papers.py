"""Papers that the office prints: which there are for a training, asking for one, and handing it out. One function is one transaction.

A paper is a job: it is drawn by a process of its own (bot/papers) and sent as a PDF. What stands on it is read when it is drawn
(paper_facts.py), and only for somebody who may still have it. Interviews have papers of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import paper_facts
from bot.fieldwork.consent import INTERVIEW
from bot.fieldwork.paper_facts import Paper
from bot.fieldwork.permits import why_not
from bot.fieldwork.staff import Duty, StaffVisit, who_is
from bot.store import jobs, paper, people, rounds, trainings
from bot.store.paper import Unreached
from bot.store.people import Person
from bot.store.rounds import Round
from bot.store.trainings import Training
from bot.survey.study import Study

PRINT_JOB = "print"
Kind = Literal["class", "blank", "named", "codes", "phoneless"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A questionnaire that can be printed."""

    round_id: int
    kind: str
    named: int  # who is asked, has no account and has not answered: a sheet each with their name


@dataclass(frozen=True, slots=True)
class Printable:
    """What can be printed for a training."""

    language: str
    training: Training
    sheets: tuple[Sheet, ...] = ()
    codes: int = 0  # participants without an account
    phoneless: int = 0  # of these, without a phone number on the list


def printable(connection: Connection, duty: Duty) -> Printable:
    training, visit = duty.training, duty.visit
    sheets = tuple(
        Sheet(one.id, one.kind, len(_named(connection, visit, one)))
        for one in rounds.of_training(connection, training.id)
        if _has_sheets(visit.study, one, visit.now)
    )
    without, phoneless = (
        len(_coded(connection, training.id, kind)) for kind in ("codes", "phoneless")
    )
    return Printable(duty.language, training, sheets, without, phoneless)


def ask_class_sheet(connection: Connection, duty: Duty) -> Printable:
    return _asked(connection, duty, "class")


def ask_blank(connection: Connection, duty: Duty, round_id: int) -> Printable:
    _round(connection, duty, round_id)
    return _asked(connection, duty, "blank", round_id)


def ask_named(connection: Connection, duty: Duty, round_id: int) -> Printable:
    if not _named(connection, duty.visit, _round(connection, duty, round_id)):
        raise NothingOpen("cetak_tidak_ada_orang")
    return _asked(connection, duty, "named", round_id)


def ask_codes(connection: Connection, duty: Duty, *, all_of_them: bool) -> Printable:
    kind: Kind = "codes" if all_of_them else "phoneless"
    if not _coded(connection, duty.training.id, kind):
        raise NothingOpen("cetak_tidak_ada_kode")
    return _asked(connection, duty, kind)


def ask(
    connection: Connection, visit: StaffVisit, training: Training, kind: Kind, round_id: int = 0
) -> None:
    arguments = {"paper": kind, "training": training.id, "round": round_id}
    jobs.ask_once(connection, PRINT_JOB, visit.chat_id, arguments, visit.now)


def papers(
    connection: Connection, visit: StaffVisit, asked: Mapping[str, int | str], bot_username: str
) -> tuple[Paper, ...]:
    """Nothing when the training is gone, or the colleague may no longer have its papers."""
    training = trainings.of_id(connection, int(asked["training"]))
    staff = who_is(connection, visit.named, visit.chat_id)
    if training is None or why_not("print paper", staff, training.id):
        return ()
    if asked["paper"] == "class":
        return (paper_facts.class_sheet(visit, training, bot_username),)
    if asked["paper"] in {"codes", "phoneless"}:
        listed = _coded(connection, training.id, str(asked["paper"]))
        return (paper_facts.code_slips(visit, training, listed, bot_username),) if listed else ()
    found = rounds.of_id(connection, int(asked["round"]))
    if found is None or not _has_sheets(visit.study, found, visit.now):
        return ()
    if asked["paper"] == "named":
        return paper_facts.named_sheets(connection, visit, training, found)
    return (paper_facts.blank_sheet(connection, visit, training, found),)


def _asked(connection: Connection, duty: Duty, kind: Kind, round_id: int = 0) -> Printable:
    duty.noted["paper"] = kind
    if duty.is_first:
        ask(connection, duty.visit, duty.training, kind, round_id)
    return Printable(duty.language, duty.training)


def _round(connection: Connection, duty: Duty, round_id: int) -> Round:
    found = rounds.of_id(connection, round_id)
    if found is None or found.training_id != duty.training.id:
        raise NothingOpen("putaran_tidak_ada")
    if not _has_sheets(duty.visit.study, found, duty.visit.now):
        raise NothingOpen("kertas_tidak_dapat")
    return found


def _named(connection: Connection, visit: StaffVisit, one: Round) -> list[Unreached]:
    """Nobody of an anonymous form."""
    is_anonymous = paper_facts.questionnaire_of(connection, visit, one).anonymous
    return [] if is_anonymous else paper.without_account(connection, one.id)


def _coded(connection: Connection, training_id: int, kind: str) -> list[Person]:
    found = people.unconnected(connection, training_id)
    return [
        one
        for one, role in found
        if role == "participant" and not (kind == "phoneless" and one.phone)
    ]


def _has_sheets(study: Study, one: Round, now: datetime) -> bool:
    """As long as what stands on one can still be keyed in."""
    is_over = one.closed_at is not None or (one.closes_at is not None and one.closes_at <= now)
    return one.kind in study.rounds and one.kind != INTERVIEW and not is_over
