"""/jelaskan NAME: why did, or did not, this person get a reminder? The chain of all contacts, and what comes next. Changes nothing.

It never says that somebody declined, nor anything of an answer: whoever asked for no more messages, in whatever way, reads
the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork.contacting import PAUSED
from bot.fieldwork.ledger import STOPPED_NOTES
from bot.fieldwork.reminding import ASKED_FOR
from bot.fieldwork.staff import Duty
from bot.fieldwork.timetables import plan_of, timetable, training_of
from bot.fieldwork.trainings import seen_by
from bot.store import contacts, ledger, people, rounds, trainings
from bot.store.contacts import Addressee, Contact
from bot.store.ledger import Entry
from bot.store.round_changes import STOPPED_NOTE
from bot.store.rounds import Round
from bot.store.trainings import CAME_BY_THEMSELVES
from bot.survey.schedule import Timetable, is_working_day, steps

MOST_FOUND = 10

Fate = Literal["sent", "unknown", "unreachable", "refused", "claimed", "planned", "given"]
Why = Literal[
    "", "office_hours", "too_soon", "month_full", "telegram", "failure", "unconfirmed", "asked_for",
    "paused",
]  # fmt: skip
End = Literal[
    "planned", "complete", "closed", "stopped", "not_connected", "blocked", "all_sent",
    "sending_stopped", "none",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One contact: what became of it, or when it is due, and what has put it off."""

    fate: Fate
    kind: str  # invitation, reminder, last_call, snooze
    step: int
    at: datetime
    why: Why = ""  # what has put it off
    working_days: int = 0  # after the invitation, by the plan
    days_off: tuple[date, ...] = ()  # on weekdays between the invitation and the planned day


@dataclass(frozen=True, slots=True)
class RoundStory:
    kind: str
    training: str
    events: tuple[Event, ...]
    end: End
    at: datetime | None = None  # of the end: opens, completed, closed


@dataclass(frozen=True, slots=True)
class Explanation:
    language: str
    asked: str
    found: tuple[tuple[int, str], ...]  # (person, name); the stories are told of one only
    stories: tuple[RoundStory, ...] = ()
    most_in_30_days: int = 0
    hours_apart: int = 0
    connected: bool = True
    too_many: bool = False


def explain(connection: Connection, duty: Duty, name: str) -> Explanation:
    """Nobody, several to choose from, or the one with all that happened."""
    words = name.split()
    found = ledger.named(connection, words, seen_by(duty), MOST_FOUND + 1) if words else []
    if len(found) == 1:
        return _told(connection, duty, *found[0])
    return Explanation(
        duty.language, name, tuple(found[:MOST_FOUND]), too_many=len(found) > MOST_FOUND
    )


def explain_one(connection: Connection, duty: Duty, person_id: int) -> Explanation:
    """The one that was chosen; the button is untrusted, so it counts only in a training of one's own."""
    seen = seen_by(duty)
    of_person = trainings.of_person(connection, person_id)
    if not of_person or (seen is not None and not seen.intersection(of_person)):
        raise NothingOpen("orang_tidak_ada")
    return _told(connection, duty, person_id, people.person(connection, person_id).name)


def _told(connection: Connection, duty: Duty, person_id: int, name: str) -> Explanation:
    study, seen = duty.visit.study, seen_by(duty)
    addressee = contacts.addressee(connection, person_id)
    stories = [
        story
        for training_id in trainings.of_person(connection, person_id)
        if seen is None or training_id in seen
        for story in _of_training(connection, duty, training_id, person_id, addressee)
    ]
    return Explanation(
        duty.language, name, ((person_id, name),), tuple(stories), study.most_in_30_days,
        study.hours_apart, connected=addressee is not None and addressee.chat_id is not None,
    )  # fmt: skip


def _of_training(
    connection: Connection,
    duty: Duty,
    training_id: int,
    person_id: int,
    addressee: Addressee | None,
) -> list[RoundStory]:
    training = training_of(connection, training_id)
    stories = []
    for one in rounds.of_training(connection, training_id):
        if plan_of(duty.visit.study, one.kind).cases_only:
            continue  # whom we interview is not told by name
        found = ledger.of_round(connection, one.id)
        entries = [entry for entry in found if entry.person_id == person_id]
        if entries:
            of_round = contacts.of_round(connection, one.id, person_id)
            table = timetable(
                duty.visit.study, training, one.kind, duty.visit.now,
                addressee.zone if addressee else None, extended_by=one.extended_by,
            )  # fmt: skip
            stories.append(_story(_Case(training.full_title, one, entries, of_round, table)))
    return stories


@dataclass(frozen=True, slots=True)
class _Case:
    training: str
    round: Round
    entries: Sequence[Entry]
    contacts: Sequence[Contact]
    table: Timetable  # in the person's zone

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.table.zone))


def _story(case: _Case) -> RoundStory:
    events = tuple(event for one in case.contacts if (event := _event(case, one)) is not None)
    end, at = _end(case)
    return RoundStory(
        case.round.kind, case.training, events, end, case.local(at) if at is not None else None
    )


def _event(case: _Case, contact: Contact) -> Event | None:
    """What was cancelled is told by the end of the story."""
    if contact.state == "cancelled":
        if contact.note != CAME_BY_THEMSELVES:
            return None
        return Event("given", contact.kind, contact.step, case.local(contact.due_at))
    fate, at = _FATES[contact.state], case.local(contact.sent_at or contact.due_at)
    if fate != "planned":
        return Event(fate, contact.kind, contact.step, at)
    days = {step.number: step.working_days for step in steps(case.table.plan)}
    counted = days.get(contact.step, 0) if contact.kind in {"reminder", "last_call"} else 0
    invited_at = case.contacts[0].sent_at or case.contacts[0].due_at
    return Event(
        fate, contact.kind, contact.step, at, _why(case, contact), counted,
        _days_off(case.table, case.local(invited_at).date(), at.date()) if counted else (),
    )  # fmt: skip


def _why(case: _Case, contact: Contact) -> Why:
    """A time that the person chose is kept, whatever staff pause."""
    if case.round.paused_at is not None and contact.kind != "snooze":
        return "paused"
    return _WHY.get(contact.note, "")


def _days_off(table: Timetable, since: date, until: date) -> tuple[date, ...]:
    """Holidays on weekdays: they are why a reminder comes later than one counts on one's fingers."""
    days = (since + timedelta(days=ahead) for ahead in range(1, (until - since).days))
    return tuple(
        day for day in days if day.weekday() < _SATURDAY and not is_working_day(day, table.calendar)
    )


def _end(case: _Case) -> tuple[End, datetime | None]:
    found = case.round
    if all(entry.disposition == "complete" for entry in case.entries):
        completed = [entry.completed_at for entry in case.entries if entry.completed_at is not None]
        return "complete", max(completed, default=None)
    if found.closed_at is not None:
        return "closed", found.closed_at
    return _kept_off(case) or _what_is_left(case), found.closes_at


def _kept_off(case: _Case) -> End | None:
    first = case.entries[0]
    if _stopped(case):
        return "stopped"
    if not first.connected:
        return "not_connected"
    return "blocked" if first.blocked else None


def _what_is_left(case: _Case) -> End:
    if any(contact.state in contacts.LIVE for contact in case.contacts):
        return "planned"
    if any(contact.note == STOPPED_NOTE for contact in case.contacts):
        return "sending_stopped"
    reached = max((contact.step for contact in case.contacts), default=-1)
    return "all_sent" if reached >= steps(case.table.plan)[-1].number else "none"


def _stopped(case: _Case) -> bool:
    declined = any(entry.disposition == "refused" for entry in case.entries)
    noted = any(contact.note in STOPPED_NOTES for contact in case.contacts)
    return declined or noted or case.entries[0].opted_out


_SATURDAY = 5
_FATES: Mapping[str, Fate] = {
    "sent": "sent", "unknown": "unknown", "unreachable": "unreachable", "refused": "refused",
    "claimed": "claimed", "planned": "planned",
}  # fmt: skip
_WHY: Mapping[str, Why] = {
    "office hours": "office_hours", "too soon after another": "too_soon",
    "enough in 30 days": "month_full", "Telegram asked to wait": "telegram",
    "a failure of ours": "failure", contacts.UNCONFIRMED: "unconfirmed", ASKED_FOR: "asked_for",
    PAUSED: "paused",
}  # fmt: skip
