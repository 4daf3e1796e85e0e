"""Reminding now ("Ingatkan sekarang"): whoever may be written to gets the planned reminder now; whoever may not is held back, and it is said why.

It never makes a message beyond the contact plan: what is planned is brought forward, and right before sending the same
checks come again. Only a round that was extended or opened again has one message more. One function is one transaction.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork.ledger import STOPPED_NOTES, round_of
from bot.fieldwork.staff import Duty
from bot.fieldwork.timetables import timetable
from bot.fieldwork.trainings import TrainingView, view
from bot.store import contacts, ledger, round_changes
from bot.store.contacts import Contact, Planned
from bot.store.ledger import Entry
from bot.store.round_changes import STOPPED_NOTE
from bot.store.rounds import Round
from bot.survey.schedule import may_write, steps
from bot.survey.study import RoundPlan, Study

MONTH = timedelta(days=30)
ASKED_FOR = "asked for by the office"

Held = Literal[
    "not_connected", "blocked", "stopped", "chosen_time", "too_soon", "month_full", "all_sent",
    "due_already", "no_answer_due",
]  # fmt: skip
_OUTSTANDING = frozenset({"issued", "invited", "partial"})


@dataclass(frozen=True, slots=True)
class Reminding:
    language: str
    training: TrainingView
    round: Round
    is_open: bool
    may_go: int
    held: Mapping[Held, int]
    first_at: datetime  # in the training's zone
    done: bool = False  # the reminders are on their way


@dataclass(frozen=True, slots=True)
class _Person:
    person_id: int
    entries: tuple[Entry, ...]
    contacts: Sequence[Contact]
    delivered: Sequence[datetime]


def preview(connection: Connection, duty: Duty, round_id: int) -> Reminding:
    found = round_of(connection, duty, round_id)
    return _reminding(connection, duty, found, _sorted(connection, duty, found))


def remind_now(connection: Connection, duty: Duty, round_id: int) -> Reminding:
    """A second tap finds that they are due already."""
    found, now = round_of(connection, duty, round_id), duty.visit.now
    people = _sorted(connection, duty, found)
    shown = _reminding(connection, duty, found, people)
    going = [one for one, held in people if held is None]
    if not duty.is_first or not shown.is_open or not going:
        duty.noted["outcome"] = "unchanged"
        return shown
    live = [contact.id for one in going for contact in one.contacts if contact.state == "planned"]
    contacts.bring_forward(connection, live, now, ASKED_FOR)
    uninvited = [contact.id for one in going for contact in one.contacts if _is_uninvited(contact)]
    round_changes.plan_contacts(connection, uninvited, now)
    plan = duty.visit.study.rounds[found.kind]
    more = [planned for one in going if (planned := _one_more(plan, found, one, now)) is not None]
    contacts.plan(connection, more)
    duty.noted["n"] = len(going)
    return _reminding(connection, duty, found, people, done=True)


def why_held(study: Study, found: Round, one: _Person, now: datetime) -> Held | None:
    """None: nothing stands against a reminder."""
    if not any(
        entry.disposition in _OUTSTANDING and not entry.completed_at for entry in one.entries
    ):
        declined = any(entry.disposition == "refused" for entry in one.entries)
        return "stopped" if declined else "no_answer_due"
    first = one.entries[0]
    if first.opted_out or any(contact.note in STOPPED_NOTES for contact in one.contacts):
        return "stopped"
    if not first.connected:
        return "not_connected"
    if first.blocked:
        return "blocked"
    return _held_by_contacts(study, found, one, now)


def _held_by_contacts(study: Study, found: Round, one: _Person, now: datetime) -> Held | None:
    live = [contact for contact in one.contacts if contact.state in contacts.LIVE]
    if any(contact.kind == "snooze" for contact in live):
        return "chosen_time"
    if one.delivered and one.delivered[-1] + timedelta(hours=study.hours_apart) > now:
        return "too_soon"
    if len(one.delivered) >= study.most_in_30_days:
        return "month_full"
    if any(contact.state == "claimed" or contact.due_at <= now for contact in live):
        return "due_already"
    uninvited = any(_is_uninvited(contact) for contact in one.contacts)
    more = live or uninvited or _one_more(study.rounds[found.kind], found, one, now)
    return None if more else "all_sent"


def _is_uninvited(contact: Contact) -> bool:
    """The sending was stopped before it was their turn."""
    return contact.state == "cancelled" and contact.note == STOPPED_NOTE


def _one_more(plan: RoundPlan, found: Round, one: _Person, now: datetime) -> Planned | None:
    """Beyond the plan only where the round goes on longer than planned, and only once."""
    if any(contact.state in contacts.LIVE or _is_uninvited(contact) for contact in one.contacts):
        return None
    beyond = steps(plan)[-1].number + 1
    if not found.extended_by or any(contact.step >= beyond for contact in one.contacts):
        return None
    return Planned(found.id, one.person_id, beyond, "reminder", now)


def _sorted(connection: Connection, duty: Duty, found: Round) -> list[tuple[_Person, Held | None]]:
    study, now = duty.visit.study, duty.visit.now
    by_person: dict[int, list[Entry]] = {}
    for entry in ledger.of_round(connection, found.id):
        by_person.setdefault(entry.person_id, []).append(entry)
    of_round = ledger.contacts_of(connection, found.id)
    delivered = ledger.delivered_since(connection, found.id, now - MONTH)
    people = [
        _Person(person, tuple(entries), of_round.get(person, ()), delivered.get(person, ()))
        for person, entries in by_person.items()
    ]
    return [(one, why_held(study, found, one, now)) for one in people]


def _reminding(
    connection: Connection,
    duty: Duty,
    found: Round,
    people: Sequence[tuple[_Person, Held | None]],
    *,
    done: bool = False,
) -> Reminding:
    training, now = duty.training, duty.visit.now
    held: Counter[Held] = Counter(
        why for _, why in people if why is not None and why != "no_answer_due"
    )
    is_open = found.state == "open" and found.closes_at is not None and found.closes_at > now
    first_at = may_write(timetable(duty.visit.study, training, found.kind, now), now)
    return Reminding(
        duty.language, view(connection, training), found, is_open,
        sum(why is None for _, why in people), held,
        first_at.astimezone(ZoneInfo(training.zone)), done,
    )  # fmt: skip
