"""Alumni selected for an interview, and what was noted of calls. Queries only; a name stands here only for who asked to be called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update

from bot.store import dispositions
from bot.store.case_tables import case_notes, cases
from bot.store.tables import accounts, people, responses, rounds
from bot.store.upsert import insert
from bot.survey.case_selection import INTERVIEW, Selected

CALLED = "called"  # the mode of a response


@dataclass(frozen=True, slots=True)
class Case:
    """How far one interview is; whose it is only after `called_at`."""

    id: int
    training_id: int
    person_id: int
    number: int
    branch: str
    called_at: datetime | None
    quotes_seen_at: datetime | None
    permission: str  # given in a call; "": not asked yet
    response_id: int | None
    begun: bool
    finished: bool
    declined: bool
    notes: int
    name: str  # "": not told
    phone: str


@dataclass(frozen=True, slots=True)
class CaseNote:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up that may lead to an interview."""

    response_id: int
    questionnaire_id: int
    person_id: int
    code: str
    unit: str
    reachable: bool  # connected, not blocked, and wants to hear from us


def select_all(
    connection: Connection, training_id: int, selected: Sequence[Selected], now: datetime
) -> None:
    rows = [
        {
            "training_id": training_id, "person_id": one.person_id, "number": one.number,
            "branch": one.branch, "score": one.score, "selected_at": now,
        }
        for one in selected
    ]  # fmt: skip
    if rows:
        connection.execute(insert(connection, cases).on_conflict_do_nothing(), rows)


def of_training(connection: Connection, training_id: int) -> list[Case]:
    query = _cases().where(cases.c.training_id == training_id).order_by(cases.c.number)
    return [_case(row) for row in connection.execute(query)]


def of_person(connection: Connection, training_id: int, person_id: int) -> Case | None:
    here = (cases.c.training_id == training_id) & (cases.c.person_id == person_id)
    row = connection.execute(_cases().where(here)).one_or_none()
    return None if row is None else _case(row)


def of_number(connection: Connection, training_id: int, number: int) -> Case | None:
    here = (cases.c.training_id == training_id) & (cases.c.number == number)
    row = connection.execute(_cases().where(here)).one_or_none()
    return None if row is None else _case(row)


def branches(connection: Connection, training_id: int) -> dict[int, str]:
    """By person."""
    query = select(cases.c.person_id, cases.c.branch).where(cases.c.training_id == training_id)
    return {row.person_id: row.branch for row in connection.execute(query)}


def ask_for_call(connection: Connection, case_id: int, now: datetime) -> bool:
    """False: they had asked before."""
    changed = connection.execute(
        update(cases)
        .where(cases.c.id == case_id, cases.c.called_at.is_(None))
        .values(called_at=now)
    )
    return changed.rowcount == 1


def note_seen(connection: Connection, case_id: int, now: datetime) -> None:
    """What may be quoted."""
    connection.execute(update(cases).where(cases.c.id == case_id).values(quotes_seen_at=now))


def quotes_seen_at(connection: Connection, response_id: int) -> datetime | None:
    """By whose response it is."""
    query = (
        select(cases.c.quotes_seen_at)
        .join(responses, responses.c.person_id == cases.c.person_id)
        .join(rounds, responses.c.round_id == rounds.c.id)
        .where(responses.c.id == response_id, rounds.c.training_id == cases.c.training_id)
    )
    found: datetime | None = connection.execute(query).scalar_one_or_none()
    return found


def permit(connection: Connection, case_id: int, permission: str) -> None:
    connection.execute(update(cases).where(cases.c.id == case_id).values(permission=permission))


def told_in_call(connection: Connection, response_id: int, now: datetime) -> None:
    """The interview was held in a call: nothing is asked in the chat any more."""
    untouched = (responses.c.id == response_id) & responses.c.completed_at.is_(None)
    values = {"mode": CALLED, "stage": "done", "completed_at": now}
    if connection.execute(update(responses).where(untouched).values(values)).rowcount:
        dispositions.dispose(connection, response_id, "complete", now)


def note(connection: Connection, case_id: int, text: str, by: int, now: datetime) -> None:
    connection.execute(
        case_notes.insert().values(case_id=case_id, text=text, written_by=by, at=now)
    )


def notes_of(connection: Connection, case_id: int) -> list[CaseNote]:
    query = select(case_notes.c.text, case_notes.c.at).where(case_notes.c.case_id == case_id)
    return [CaseNote(*row) for row in connection.execute(query.order_by(case_notes.c.id))]


def follow_ups(connection: Connection, training_id: int, kind: str) -> list[FollowUp]:
    """Answered at least in part."""
    query = (
        select(
            responses.c.id, responses.c.questionnaire_id, people.c.id.label("person_id"),
            people.c.code, people.c.unit, accounts.c.chat_id, accounts.c.blocked_at,
            people.c.do_not_contact_at,
        )
        .select_from(
            responses.join(rounds, responses.c.round_id == rounds.c.id)
            .join(people, responses.c.person_id == people.c.id)
            .outerjoin(accounts, accounts.c.person_id == people.c.id)
        )
        .where(
            rounds.c.training_id == training_id, rounds.c.kind == kind,
            responses.c.disposition.in_(("complete", "partial")), responses.c.begun_at.is_not(None),
        )
        .order_by(responses.c.id)
    )  # fmt: skip
    return [
        FollowUp(
            row.id, row.questionnaire_id, row.person_id, row.code, row.unit,
            row.chat_id is not None and row.blocked_at is None and row.do_not_contact_at is None,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _cases() -> Select[Any]:
    count = (
        select(func.count())
        .where(case_notes.c.case_id == cases.c.id)
        .correlate(cases)
        .scalar_subquery()
    )
    mine = (
        select(
            responses.c.id, responses.c.person_id, rounds.c.training_id, responses.c.begun_at,
            responses.c.disposition, responses.c.completed_at,
        )
        .join(rounds, responses.c.round_id == rounds.c.id)
        .where(rounds.c.kind == INTERVIEW)
        .subquery()
    )  # fmt: skip
    here = (mine.c.person_id == cases.c.person_id) & (mine.c.training_id == cases.c.training_id)
    return (
        select(
            cases, mine.c.id.label("response_id"), mine.c.begun_at, mine.c.disposition,
            mine.c.completed_at,
            count.label("notes"), people.c.name, people.c.phone,
        )
        .select_from(cases.join(people, cases.c.person_id == people.c.id).outerjoin(mine, here))
    )  # fmt: skip


def _case(row: Row[Any]) -> Case:
    is_told = row.called_at is not None
    return Case(
        row.id, row.training_id, row.person_id, row.number, row.branch, row.called_at,
        row.quotes_seen_at, row.permission, row.response_id, row.begun_at is not None, row.completed_at is not None,
        row.disposition == "refused", row.notes, row.name if is_told else "",
        row.phone if is_told else "",
    )  # fmt: skip
