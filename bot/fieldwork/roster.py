"""Saving a roster: people known by their NIP, enrolments, the planned rounds. One transaction, so all of it or nothing.

Importing again changes what is there: names and units follow the new file, a new superior replaces the
former one, and whoever is new gets what is open. Nobody is thrown out of a training by an import.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork import enrolment, erasures, rounds
from bot.fieldwork.roster_workbook import Roster, Superior
from bot.fieldwork.timetables import training_of
from bot.store import audit, rosters, trainings
from bot.survey.study import Study

_GRADE = re.compile(r"\b(IV|III|II|I)\b")
_SUPERIOR_COLUMNS = ("name", "position", "phone")
_PARTICIPANT_COLUMNS = (
    "name", "unit", "unit_group", "grade", "grade_group", "position", "phone", "birth_date",
)  # fmt: skip
_GRADE_GROUPS = {"IV": "IV", "III": "III", "II": "I-II", "I": "I-II"}


@dataclass(frozen=True, slots=True)
class Saved:
    training_id: int
    added: int
    changed: int
    participants: int
    superiors: int
    erased: int = 0  # left out, because they had their data erased; never by name


@dataclass(frozen=True, slots=True)
class _Entry:
    """A person as the roster has them, by the code that exports will show."""

    code: str
    nip: str | None
    columns: Mapping[str, object]


def save_roster(
    connection: Connection, study: Study, roster: Roster, secret: bytes, now: datetime
) -> Saved:
    given = len(roster.participants)
    roster = _without_erased(connection, study, roster, secret)
    training_id = trainings.save(connection, _training_row(study, roster))
    trainings.replace_instructors(connection, training_id, roster.instructors)
    trainings.replace_competences(connection, training_id, roster.competences)
    people = _participant_entries(roster, secret)
    superiors = _superior_entries(roster, secret, people)
    ids, added = _keep(connection, people, superiors)
    participants = [ids[code] for code in people]
    _enrol(connection, training_id, participants, _pairs(roster, secret, ids), now)
    training = training_of(connection, training_id)
    rounds.plan_rounds(connection, study, training, now)
    rounds.issue_newcomers(connection, study, training_id, now)
    audit.note(
        connection, "operator", "import roster",
        {"training": roster.code, "participants": len(roster.participants)}, now,
    )  # fmt: skip
    skipped = given - len(roster.participants)
    return Saved(training_id, added, len(ids) - added, len(people), len(superiors), skipped)


@dataclass(frozen=True, slots=True)
class PersonalLink:
    name: str
    nip: str
    role: str
    unit: str
    token: str


def make_links(connection: Connection, training_id: int, now: datetime) -> list[PersonalLink]:
    """A new personal link for everybody who is not connected; older unused ones end."""
    links = enrolment.replace_links(connection, training_id, now)
    audit.note(connection, "operator", "write links", {"links": len(links)}, now)
    return [
        PersonalLink(
            link.person.name, link.person.nip or "", link.role, link.person.unit, link.token
        )
        for link in links
    ]


def person_code(secret: bytes, identity: str) -> str:
    """The pseudonym: the same for the same person and secret, and nothing can be read from it."""
    digest = hmac.new(secret, f"person:{identity}".encode(), hashlib.sha256).digest()
    return "r" + base64.b32encode(digest).decode().lower()[:11]


def grade_group(grade: str, *, is_pppk: bool) -> str:
    if is_pppk:
        return "PPPK"
    found = _GRADE.search(grade.upper().replace("/", " "))
    return _GRADE_GROUPS[found[1]] if found else ""


def _without_erased(connection: Connection, study: Study, roster: Roster, secret: bytes) -> Roster:
    """An erased superior is left out as if the row named none."""
    gone = erasures.erased_from(
        connection, secret, roster.code, roster.starts_on, study.office.zone
    )
    kept = []
    for one in roster.participants:
        if gone.has(one.nip.digits, person_code(secret, one.nip.digits)):
            continue
        superior = one.superior
        if superior is not None and gone.has(
            superior.nip.digits if superior.nip else None, _superior_code(secret, roster, superior)
        ):
            superior = None
        kept.append(replace(one, superior=superior))
    return replace(roster, participants=tuple(kept))


def _training_row(study: Study, roster: Roster) -> dict[str, object]:
    seed = int.from_bytes(hashlib.sha256(roster.code.encode()).digest()[:4]) >> 1
    return {
        "code": roster.code, "title": roster.title, "cohort": roster.cohort,
        "starts_on": roster.starts_on, "ends_on": roster.ends_on,
        "zone": study.office.zone, "seed": seed,
    }  # fmt: skip


def _participant_entries(roster: Roster, secret: bytes) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for one in roster.participants:
        code = person_code(secret, one.nip.digits)
        columns = {
            "name": one.name, "unit": one.unit, "unit_group": one.unit_group, "grade": one.grade,
            "grade_group": grade_group(one.grade, is_pppk=one.nip.is_pppk),
            "position": one.position, "phone": one.phone, "birth_date": one.nip.born,
        }  # fmt: skip
        entries[code] = _Entry(code, one.nip.digits, columns)
    return entries


def _superior_entries(
    roster: Roster, secret: bytes, people: Mapping[str, _Entry]
) -> dict[str, _Entry]:
    """Without those who take part themselves: their own row says more."""
    entries: dict[str, _Entry] = {}
    for one in roster.participants:
        if one.superior is None:
            continue
        code = _superior_code(secret, roster, one.superior)
        if code not in people:
            nip = one.superior.nip
            columns = {
                "name": one.superior.name, "position": one.superior.position,
                "phone": one.superior.phone, "birth_date": nip.born if nip else None,
                "unit": one.unit, "unit_group": one.unit_group,
            }  # fmt: skip
            entries.setdefault(code, _Entry(code, nip.digits if nip else None, columns))
    return entries


def _superior_code(secret: bytes, roster: Roster, superior: Superior) -> str:
    if superior.nip is not None:
        return person_code(secret, superior.nip.digits)
    words = f"{roster.code}|{superior.name}|{superior.position}"
    return person_code(secret, " ".join(words.casefold().split()))


def _keep(
    connection: Connection, people: Mapping[str, _Entry], superiors: Mapping[str, _Entry]
) -> tuple[dict[str, int], int]:
    """Insert or change everybody; code -> id, and how many are new."""
    everybody = {**people, **superiors}
    before = _known(connection, everybody.values())
    # A superior whom we know already may have a row of their own elsewhere: their unit stays.
    for group, changing in ((people, _PARTICIPANT_COLUMNS), (superiors, _SUPERIOR_COLUMNS)):
        new = [entry for code, entry in group.items() if code not in before]
        rosters.add_people(
            connection, [{"code": one.code, "nip": one.nip, **one.columns} for one in new]
        )
        rosters.change_people(
            connection,
            [
                {"id": before[code], **{name: entry.columns[name] for name in changing}}
                for code, entry in group.items()
                if code in before
            ],
        )
    after = _known(connection, everybody.values())
    return after, len(after) - len(before)


def _known(connection: Connection, entries: Iterable[_Entry]) -> dict[str, int]:
    """By NIP where there is one: a person imported under an earlier secret is still the same person."""
    listed = list(entries)
    by_nip = rosters.known_by_nip(connection, [one.nip for one in listed if one.nip])
    by_code = rosters.known_by_code(connection, [one.code for one in listed if not one.nip])
    found = {one.code: by_nip.get(one.nip) if one.nip else by_code.get(one.code) for one in listed}
    return {code: person for code, person in found.items() if person is not None}


def _pairs(roster: Roster, secret: bytes, ids: Mapping[str, int]) -> list[tuple[int, int]]:
    """(superior, alumnus)."""
    return [
        (
            ids[_superior_code(secret, roster, one.superior)],
            ids[person_code(secret, one.nip.digits)],
        )
        for one in roster.participants
        if one.superior is not None
    ]


def _enrol(
    connection: Connection,
    training_id: int,
    participants: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    now: datetime,
) -> None:
    rosters.enrol(connection, training_id, "participant", [(person, 0) for person in participants])
    listed, rated = set(participants), set(pairs)
    former = [
        enrolment
        for enrolment, superior, alumnus in rosters.superiors_of(connection, training_id)
        if alumnus in listed and (superior, alumnus) not in rated
    ]
    rosters.leave(connection, former, now)
    rosters.enrol(connection, training_id, "superior", pairs)
