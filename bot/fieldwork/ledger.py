"""The ledger of a training's rounds: how many are how far, who has not answered, what became of everybody. Changes nothing.

1. By name it only says whether somebody has answered; never what, and never that somebody declined: who declined stands among
   those who have not answered, also in the history.
2. How many declined is said only together with those who want no reminders (/jelaskan tells these two apart no more than the
   count does), and only where at least k have not answered.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork.staff import Duty
from bot.fieldwork.trainings import StaffPage, TrainingView, overview, view
from bot.store import contacts as stored_contacts
from bot.store import ledger, rounds
from bot.store.contacts import Contact
from bot.store.ledger import Entry
from bot.store.rounds import Round
from bot.survey.study import Study

Standing = Literal["answered", "partly", "not_answered"]
Note = Literal["issued", "invited", "begun", "complete", "closed_partly", "closed_unanswered"]

STOPPED_NOTES = frozenset({"asked to stop", "asked not to be contacted", "refused"})
_NOTES: Mapping[str, Note] = {
    "issued": "issued", "invited": "invited", "partial": "begun", "complete": "complete",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """Counts of responses, so a superior counts once per alumnus; contacts are counted per person."""

    round: Round
    issued: int
    complete: int
    partly: int  # begun, not declined
    untouched: int
    declined: int | None  # or want no reminders; None: too few to say, counted as untouched
    not_connected: int
    sent: int
    failed: int
    next_at: datetime | None  # the next message


@dataclass(frozen=True, slots=True)
class Status:
    language: str
    training: TrainingView
    rounds: tuple[RoundStatus, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    language: str
    training: TrainingView
    round: Round
    names: tuple[str, ...]
    not_connected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One response in the workbook."""

    kind: str
    name: str
    about_name: str
    connected: bool
    standing: Standing
    sent: Mapping[int, datetime]  # step of the contact -> when
    history: tuple[tuple[Note, datetime], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    language: str
    training: TrainingView
    code: str
    lines: tuple[Line, ...]


def status_or_choice(connection: Connection, duty: Duty) -> Status | StaffPage:
    """Of the only training, or the trainings to choose from."""
    page = overview(connection, duty)
    if len(page.trainings) != 1:
        return page
    (only,) = page.trainings
    return Status(duty.language, only, _statuses(connection, duty.visit.study, only.id))


def status(connection: Connection, duty: Duty) -> Status:
    found = _statuses(connection, duty.visit.study, duty.training.id)
    return Status(duty.language, view(connection, duty.training), found)


def unanswered(connection: Connection, duty: Duty, round_id: int) -> Unanswered:
    found = round_of(connection, duty, round_id)
    missing = missing_of(ledger.of_round(connection, round_id))
    connected = tuple(one.name for one in missing if one.connected)
    others = tuple(one.name for one in missing if not one.connected)
    return Unanswered(duty.language, view(connection, duty.training), found, connected, others)


def whole(connection: Connection, duty: Duty) -> Ledger:
    """All rounds of the training, for the workbook."""
    training = duty.training
    zone = ZoneInfo(training.zone)
    lines = [
        line
        for one in rounds.of_training(connection, training.id)
        for line in _lines(connection, one, zone)
    ]
    return Ledger(duty.language, view(connection, training), training.code, tuple(lines))


def round_of(connection: Connection, duty: Duty, round_id: int) -> Round:
    """Button data is untrusted: a round of another training is none."""
    found = rounds.of_id(connection, round_id)
    if found is None or found.training_id != duty.training.id:
        raise NothingOpen("putaran_tidak_ada")
    return found


def status_of(connection: Connection, study: Study, one: Round) -> tuple[RoundStatus, int]:
    """With the number of messages that are planned."""
    entries, by_person = ledger.of_round(connection, one.id), ledger.contacts_of(connection, one.id)
    declined = sum(_wants_no_more(entry, by_person.get(entry.person_id, ())) for entry in entries)
    complete = sum(entry.disposition == "complete" for entry in entries)
    partly = sum(
        entry.begun_at is not None and entry.disposition not in {"complete", "refused"}
        for entry in entries
    )
    told = len(missing_of(entries)) >= study.k
    contacts = [contact for of_person in by_person.values() for contact in of_person]
    states = Counter(contact.state for contact in contacts)
    missing = missing_of(entries)
    live = [contact for contact in contacts if contact.state in stored_contacts.LIVE]
    found = RoundStatus(
        one, len(entries), complete, partly,
        untouched=len(entries) - complete - partly - (declined if told else 0),
        declined=declined if told else None,
        not_connected=sum(not entry.connected for entry in missing),
        sent=states["sent"] + states["unknown"],
        failed=states["unreachable"] + states["refused"],
        next_at=min((contact.due_at for contact in live), default=None),
    )  # fmt: skip
    return found, len(live)


def missing_of(entries: Sequence[Entry]) -> list[Entry]:
    """One entry for each person with something unanswered, in the order of the names."""
    first: dict[int, Entry] = {}
    for one in entries:
        if one.disposition != "complete":
            first.setdefault(one.person_id, one)
    return list(first.values())


def _statuses(connection: Connection, study: Study, training_id: int) -> tuple[RoundStatus, ...]:
    of_training = rounds.of_training(connection, training_id)
    return tuple(status_of(connection, study, one)[0] for one in of_training)


def _wants_no_more(entry: Entry, contacts: Sequence[Contact]) -> bool:
    """Declined, or untouched and asked for no more messages."""
    stopped = entry.opted_out or any(contact.note in STOPPED_NOTES for contact in contacts)
    return entry.disposition == "refused" or (stopped and entry.begun_at is None)


def _lines(connection: Connection, one: Round, zone: ZoneInfo) -> list[Line]:
    histories = ledger.histories(connection, one.id)
    contacts = defaultdict(list, ledger.contacts_of(connection, one.id))
    return [
        Line(
            one.kind, entry.name, entry.about_name, entry.connected, _standing(entry),
            _sent(contacts[entry.person_id], zone),
            _history(entry, histories.get(entry.response_id, ()), zone),
        )
        for entry in ledger.of_round(connection, one.id)
    ]  # fmt: skip


def _standing(entry: Entry) -> Standing:
    if entry.disposition == "complete":
        return "answered"
    return "partly" if entry.disposition == "partial" else "not_answered"


def _sent(contacts: Sequence[Contact], zone: ZoneInfo) -> Mapping[int, datetime]:
    return {
        contact.step: contact.sent_at.astimezone(zone)
        for contact in contacts
        if contact.sent_at is not None
    }


def _history(
    entry: Entry, history: Sequence[tuple[str, datetime]], zone: ZoneInfo
) -> tuple[tuple[Note, datetime], ...]:
    """Who declined reads like anybody who has not answered, also when the round has closed."""
    notes: list[tuple[Note, datetime]] = [("issued", entry.issued_at)]
    notes += [
        (_NOTES[disposition], at)
        for disposition, at in history
        if disposition in _NOTES and at != entry.settled_at
    ]
    if entry.settled_at is not None and entry.disposition != "complete":
        closed: Note = "closed_partly" if entry.disposition == "partial" else "closed_unanswered"
        notes.append((closed, entry.settled_at))
    elif entry.disposition == "complete" and notes[-1][0] != "complete":
        notes.append(("complete", entry.completed_at or entry.settled_at or entry.issued_at))
    return tuple((note, at.astimezone(zone)) for note, at in notes)
