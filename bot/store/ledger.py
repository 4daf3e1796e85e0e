"""Who has come how far: rows of a round without one answer in them, and people found by name. Queries only."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from bot.store.case_tables import cases
from bot.store.contacts import DELIVERED, NEWS, Contact, of_row
from bot.store.tables import (
    accounts,
    contacts,
    disposition_history,
    enrolments,
    people,
    responses,
    rounds,
)
from bot.survey.case_selection import INTERVIEW, case_code


@dataclass(frozen=True, slots=True)
class Entry:
    """One response and its person: how far, never what."""

    response_id: int
    person_id: int
    name: str
    about_name: str
    disposition: str
    stage: str
    issued_at: datetime
    begun_at: datetime | None
    completed_at: datetime | None
    settled_at: datetime | None
    connected: bool
    blocked: bool
    opted_out: bool


def of_round(connection: Connection, round_id: int) -> list[Entry]:
    """In the order of the names. Who is interviewed is there by the code of the case, unless they asked to be called."""
    about = people.alias("about")
    is_case = (cases.c.training_id == rounds.c.training_id) & (
        cases.c.person_id == responses.c.person_id
    )
    query: Select[Any] = (
        select(
            responses.c.id, responses.c.person_id, people.c.name, about.c.name.label("about_name"),
            responses.c.disposition, responses.c.stage, responses.c.issued_at, responses.c.begun_at,
            responses.c.completed_at, responses.c.settled_at, accounts.c.chat_id,
            accounts.c.blocked_at, people.c.do_not_contact_at,
            rounds.c.kind, cases.c.number, cases.c.called_at,
        )
        .select_from(
            responses.join(people, responses.c.person_id == people.c.id)
            .join(rounds, responses.c.round_id == rounds.c.id)
            .outerjoin(cases, is_case)
            .outerjoin(about, responses.c.about_id == about.c.id)
            .outerjoin(accounts, accounts.c.person_id == people.c.id)
        )
        .where(responses.c.round_id == round_id)
        .order_by(func.lower(people.c.name), people.c.id, responses.c.id)
    )  # fmt: skip
    found = [
        Entry(
            row.id, row.person_id, _told(row), row.about_name or "", row.disposition, row.stage,
            row.issued_at, row.begun_at, row.completed_at, row.settled_at,
            row.chat_id is not None, row.blocked_at is not None, row.do_not_contact_at is not None,
        )
        for row in connection.execute(query)
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.name.lower())


def _told(row: Row[Any]) -> str:
    if row.kind != INTERVIEW or row.called_at is not None:
        return str(row.name)
    return case_code(row.number or 0)


def contacts_of(connection: Connection, round_id: int) -> Mapping[int, Sequence[Contact]]:
    """Invitations and reminders by person, in the order of the steps."""
    query = (
        select(contacts)
        .where(contacts.c.round_id == round_id, contacts.c.kind != NEWS)
        .order_by(contacts.c.step)
    )
    found: defaultdict[int, list[Contact]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.person_id].append(of_row(row))
    return found


def delivered_since(
    connection: Connection, round_id: int, since: datetime
) -> Mapping[int, Sequence[datetime]]:
    """When we wrote first, over all rounds, to those who have a response in this one."""
    those = select(responses.c.person_id).where(responses.c.round_id == round_id)
    query = (
        select(contacts.c.person_id, contacts.c.sent_at)
        .where(
            contacts.c.person_id.in_(those),
            contacts.c.state.in_(DELIVERED),
            contacts.c.sent_at > since,
        )
        .order_by(contacts.c.sent_at)
    )
    found: defaultdict[int, list[datetime]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.person_id].append(row.sent_at)
    return found


def histories(
    connection: Connection, round_id: int
) -> Mapping[int, Sequence[tuple[str, datetime]]]:
    """(disposition, when) by response, the oldest first."""
    query = (
        select(disposition_history)
        .join_from(disposition_history, responses)
        .where(responses.c.round_id == round_id)
        .order_by(disposition_history.c.id)
    )
    found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.response_id].append((row.disposition, row.at))
    return found


def named(
    connection: Connection, words: Sequence[str], only: Collection[int] | None, most: int
) -> list[tuple[int, str]]:
    """(person, name) of the enrolled whose name holds every word; `only` in those trainings, None: in all."""
    query = (
        select(people.c.id, people.c.name)
        .join_from(enrolments, people, enrolments.c.person_id == people.c.id)
        .where(
            *(func.lower(people.c.name).contains(word.lower(), autoescape=True) for word in words)
        )
        .distinct()
        .order_by(people.c.name, people.c.id)
        .limit(most)
    )
    if only is not None:
        query = query.where(enrolments.c.training_id.in_(only))
    return [(row.id, row.name) for row in connection.execute(query)]
