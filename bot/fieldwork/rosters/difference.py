"""What saving a roster would change, before it is saved: who is new, who is otherwise and how, who is no longer in the list.

Reads only; for a list of thousands on a connection of its own.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.fieldwork.rosters.identity import (
    Entry,
    entry_of,
    names_of,
    rater_entry,
    resolved,
)
from bot.fieldwork.rosters.record import RATER_ROLES, Participant, RaterRole, Roster
from bot.fieldwork.rosters.zones import zone_name
from bot.store import rosters, trainings
from bot.store.rosters import Known

UNTOLD = frozenset({"grade_group"})  # follows from another column


@dataclass(frozen=True, slots=True)
class Change:
    column: str  # of the store, or the role of a rater
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Adopted:
    """Somebody who came without being listed has exactly the name of one row, and would be taken for that person."""

    name: str
    row: int
    unit: str  # as they wrote it


@dataclass(frozen=True, slots=True)
class Difference:
    is_new_training: bool
    new: tuple[str, ...] = ()
    changed: tuple[
        Changed, ...
    ] = ()  # also of those who are new here and known from another training
    same: int = 0
    missing: tuple[str, ...] = ()  # enrolled, and not in this list: they stay
    erased: int = 0  # left out; never by name
    superiors: int = 0  # named in the list
    adopted: tuple[Adopted, ...] = ()  # unless somebody says that they are others

    @property
    def digest(self) -> str:
        """To know again what was shown."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def difference(
    connection: Connection, roster: Roster, secret: bytes, *, erased: int = 0
) -> Difference:
    """`roster` already without the erased, who are only counted."""
    training = trainings.of_code(connection, roster.code)
    training_id = training.id if training else None
    names = names_of(connection, training_id, roster.participants, adopts=True)
    entries = [entry_of(one, roster.code, names, secret) for one in roster.participants]
    known = resolved(connection, entries)
    enrolled = rosters.participants_of(connection, training_id) if training_id else []
    ids = {one.id for one in enrolled}
    changed, new, same = [], [], 0
    raters: defaultdict[str, list[Change]] = defaultdict(list)
    for role in RATER_ROLES if training_id else ():
        named = {
            entry.code: [rater_entry(rater, roster.code, secret) for rater in one.raters(role)]
            for one, entry in zip(roster.participants, entries, strict=True)
            if one.raters(role) and entry.code in known
        }
        for code, change in _raters(connection, training_id or 0, role, known, named):
            raters[code].append(change)
    for one, entry in zip(roster.participants, entries, strict=True):
        person = known.get(entry.code)
        is_new = person is None or person.id not in ids
        changes = (*_changes(entry, person), *raters[entry.code]) if person else ()
        if is_new:
            new.append(one.name)
        if changes:
            changed.append(Changed(one.name, changes))
        same += not changes and not is_new
    listed = {person.id for person in known.values()}
    missing = tuple(one.name for one in enrolled if one.id not in listed)
    return Difference(
        training is None, tuple(new), tuple(changed), same, missing, erased,
        len({_identity(one) for one in roster.participants if one.superior}),
        _adopted(connection, training_id, roster, entries, known) if training_id else (),
    )  # fmt: skip


def _adopted(
    connection: Connection,
    training_id: int,
    roster: Roster,
    entries: Sequence[Entry],
    known: Mapping[str, Known],
) -> tuple[Adopted, ...]:
    waiting = rosters.waiting(connection, training_id)
    named = (
        (one, known[entry.code])
        for one, entry in zip(roster.participants, entries, strict=True)
        if entry.person_id is not None and entry.code in known
    )
    return tuple(
        Adopted(one.name, one.row, person.unit) for one, person in named if person.id in waiting
    )


def _changes(entry: Entry, person: Known) -> Iterator[Change]:
    for column, value in entry.changes(person).items():
        if column not in UNTOLD:
            yield Change(column, _written(getattr(person, column), column), _written(value, column))


def _raters(
    connection: Connection,
    training_id: int,
    role: RaterRole,
    known: Mapping[str, Known],
    named: Mapping[str, Sequence[Entry]],
) -> Iterator[tuple[str, Change]]:
    """By the code of the alumnus: who rated them so far, and who is named now."""
    found = resolved(connection, [entry for entries in named.values() for entry in entries])
    alumni = {known[code].id for code in named}
    rated = rosters.raters_of(connection, training_id, alumni, role)
    before: defaultdict[int, list[int]] = defaultdict(list)
    for _, rater, alumnus in rated:
        before[alumnus].append(rater)
    people = rosters.known_by_id(connection, sorted({rater for _, rater, _ in rated}))
    for code, entries in named.items():
        former = before[known[code].id]
        now = [found[entry.code].id if entry.code in found else 0 for entry in entries]
        if set(former) != set(now):
            told = ", ".join(people[one].name for one in former)
            yield code, Change(role, told, ", ".join(str(one.columns["name"]) for one in entries))


def _identity(one: Participant) -> str | tuple[str, str]:
    if one.superior is None:
        return ""
    return (
        one.superior.nip.digits if one.superior.nip else (one.superior.name, one.superior.position)
    )


def _written(value: str | date | None, column: str) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return zone_name(value) if column == "zone" else (value or "")
