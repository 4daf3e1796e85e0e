"""Requests under the law that need a person: 3 x 24 hours, told to the administrators, closed by a tap. In one transaction.

1. Administrators hear of a request at once, again a day before it runs out, when it has, and daily from then on.
2. Closing says what became of it: done, or not possible. The person is told in their own chat, in their language.
3. Who asked is shown to administrators only, because they must act; the log has the number of the request and no name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork.staff import Duty
from bot.store import accounts, people, requests
from bot.store.requests import Request
from bot.survey.study import Study

ANSWER_WITHIN = timedelta(hours=72)
WARNED_BEFORE = timedelta(hours=24)
LISTED = 10
Outcome = Literal["done", "refused"]


@dataclass(frozen=True, slots=True)
class Wish:
    """An open request as an administrator reads it."""

    id: int
    name: str
    unit: str
    text: str
    asked_at: datetime  # in the zone of the office
    due_at: datetime
    hours_left: int  # negative when it has run out


@dataclass(frozen=True, slots=True)
class Wishes:
    language: str
    open: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    language: str
    wish: Wish
    outcome: Outcome
    is_first: bool  # False: it was closed before
    chat_id: int | None  # of who asked, when they can be told
    their_language: str


def ask_correction(connection: Connection, code: str, wish: str, now: datetime) -> datetime:
    """Until when it must be answered."""
    due = now + ANSWER_WITHIN
    requests.ask(connection, code, "correction", wish, now, due=due)
    return due


def listed(connection: Connection, duty: Duty) -> Wishes:
    """/permintaan."""
    visit = duty.visit
    found = requests.open_ones(connection, LISTED)
    wishes = (_wish(connection, visit.study, one, visit.now) for one in found)
    return Wishes(duty.language, tuple(wishes))


def close(connection: Connection, duty: Duty, request_id: int, outcome: Outcome) -> Closed:
    visit = duty.visit
    found = requests.of_id(connection, request_id)
    if found is None or found.person_id is None:
        raise NothingOpen("permintaan_tidak_ada")
    is_first = requests.close(connection, request_id, outcome, by=visit.chat_id, now=visit.now)
    account = accounts.of_person(connection, found.person_id)
    return Closed(
        duty.language, _wish(connection, visit.study, found, visit.now), outcome, is_first,
        account.chat_id if account and account.blocked_at is None else None,
        account.language if account else "id",
    )  # fmt: skip


def to_tell(connection: Connection, study: Study, now: datetime) -> list[Wish]:
    """What the administrators must hear of now; it comes again when it is nearly too late."""
    told = requests.to_tell(connection, now)
    for one in told:
        requests.tell_again(connection, one.id, _next_time(one, now))
    return [_wish(connection, study, one, now) for one in told]


def next_due(connection: Connection) -> datetime | None:
    return requests.next_due(connection)


def _next_time(one: Request, now: datetime) -> datetime:
    moments = (one.due_at - WARNED_BEFORE, one.due_at)
    return next((moment for moment in moments if moment > now), now + timedelta(days=1))


def _wish(connection: Connection, study: Study, one: Request, now: datetime) -> Wish:
    zone = ZoneInfo(study.office.zone)
    who = people.person(connection, one.person_id) if one.person_id is not None else None
    left = one.due_at - now
    return Wish(
        one.id, who.name if who else "-", (who.unit or who.position or "-") if who else "-", one.text,
        one.asked_at.astimezone(zone), one.due_at.astimezone(zone),
        int(left.total_seconds() // 3600),
    )  # fmt: skip
