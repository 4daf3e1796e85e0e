"""Who somebody on a roster is: the person we know, or a new one; and what of them the roster would change.

1. By the NIP. Without one by the name among the participants of this training, if only one has it.
2. Who was listed by name and now comes with a NIP is the same person, if only one has that name.
3. A superior or peer without a NIP is known by name and position, within the training.
An empty cell says nothing: what we know stays.
"""

import base64
import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.fieldwork.rosters.names import name_key
from bot.fieldwork.rosters.record import Participant, Rater
from bot.store import rosters
from bot.store.rosters import Known

_GRADE = re.compile(r"\b(IV|III|II|I)\b")
_GRADE_GROUPS = {"IV": "IV", "III": "III", "II": "I-II", "I": "I-II"}
COLUMNS = (
    "nip", "name", "unit", "unit_group", "grade", "grade_group", "position", "phone", "birth_date",
    "zone",
)  # fmt: skip
Columns = Mapping[str, str | date | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as the roster has them, by the code that exports will show."""

    code: str
    nip: str | None
    columns: Columns
    person_id: int | None = None  # when the name told who it is

    def changes(self, known: Known) -> dict[str, str | date | None]:
        """Only what is said, and is otherwise than we know it."""
        return {
            name: value
            for name, value in self.columns.items()
            if value and value != getattr(known, name)
        }


@dataclass(frozen=True, slots=True)
class Names:
    """The participants that a training has already, by name."""

    listed: Mapping[str, Known]  # those whose name nobody else of them has

    def of(self, name: str) -> Known | None:
        return self.listed.get(name_key(name))


def names_of(
    connection: Connection,
    training_id: int | None,
    listed: Sequence[Participant],
    *,
    adopts: bool = False,
) -> Names:
    """Where everybody listed has a NIP, only those of the training that have none can be meant by a name. Who came without being
    listed is meant only when somebody has said so: `adopts`.
    """
    if training_id is None:
        return Names({})
    is_whole = any(one.nip is None for one in listed)
    known = rosters.participants_of(connection, training_id, only_nipless=not is_whole)
    names = names_among(known)
    if adopts:
        return names
    waiting = rosters.waiting(connection, training_id)
    return Names({key: one for key, one in names.listed.items() if one.id not in waiting})


def names_among(known: Sequence[Known]) -> Names:
    counted = Counter(name_key(one.name) for one in known)
    return Names({name_key(one.name): one for one in known if counted[name_key(one.name)] == 1})


def entry_of(one: Participant, training_code: str, names: Names, secret: bytes) -> Entry:
    """`names` of the participants who are there already."""
    columns: dict[str, str | date | None] = {
        "name": one.name, "unit": one.unit, "unit_group": one.unit_group, "grade": one.grade,
        "grade_group": grade_group(one.grade, is_pppk=one.nip is not None and one.nip.is_pppk),
        "position": one.position, "phone": one.phone, "birth_date": one.born, "zone": one.zone or None,
    }  # fmt: skip
    code, same = code_of(one, training_code, secret), names.of(one.name)
    if one.nip is None:
        return Entry(code, None, columns, same.id if same else None)
    columns["nip"] = one.nip.digits
    # Only who came from a list without NIP: whoever typed that name in the chat is matched by the coordinator.
    by_name = _name_code(secret, training_code, one.name)
    was_listed = same is not None and same.nip is None and same.code == by_name
    return Entry(code, one.nip.digits, columns, same.id if same and was_listed else None)


def code_of(one: Participant, training_code: str, secret: bytes) -> str:
    if one.nip is None:
        return _name_code(secret, training_code, one.name)
    return person_code(secret, one.nip.digits)


def rater_entry(one: Rater, training_code: str, secret: bytes) -> Entry:
    columns: Columns = {
        "name": one.name, "position": one.position, "phone": one.phone,
        "nip": one.nip.digits if one.nip else None, **({"zone": one.zone} if one.zone else {}),
    }  # fmt: skip
    return Entry(
        _rater_code(one, training_code, secret), one.nip.digits if one.nip else None, columns
    )


def resolved(connection: Connection, entries: Iterable[Entry]) -> dict[str, Known]:
    """By the entry's code; who is not in it is new. A person imported under an earlier secret is still the same person."""
    listed = list(entries)
    by_nip = rosters.known_by_nip(connection, [one.nip for one in listed if one.nip])
    by_id = rosters.known_by_id(connection, [one.person_id for one in listed if one.person_id])
    by_code = rosters.known_by_code(connection, [one.code for one in listed])
    found: dict[str, Known] = {}
    for one in listed:
        known = by_nip.get(one.nip or "") or by_id.get(one.person_id or 0) or by_code.get(one.code)
        if known is not None:
            found[one.code] = known
    return found


def person_code(secret: bytes, identity: str) -> str:
    """The pseudonym: the same for the same person and secret, and nothing can be read from it."""
    digest = hmac.new(secret, f"person:{identity}".encode(), hashlib.sha256).digest()
    return "r" + base64.b32encode(digest).decode().lower()[:11]


def grade_group(grade: str, *, is_pppk: bool) -> str:
    if is_pppk:
        return "PPPK"
    found = _GRADE.search(grade.upper().replace("/", " "))
    return _GRADE_GROUPS[found[1]] if found else ""


def _name_code(secret: bytes, training_code: str, name: str) -> str:
    return person_code(secret, f"{training_code.casefold()}|participant|{name_key(name)}")


def _rater_code(one: Rater, training_code: str, secret: bytes) -> str:
    if one.nip is not None:
        return person_code(secret, one.nip.digits)
    words = f"{training_code}|{one.name}|{one.position}"
    return person_code(secret, " ".join(words.casefold().split()))
