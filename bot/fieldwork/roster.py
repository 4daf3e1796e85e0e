"""Saving a roster: people, enrolments, the planned rounds. In pieces that are short transactions, or all in one.

Importing again changes what is there: what the new file says replaces what we knew, an empty cell replaces nothing, a new
superior takes the former one's place, and whoever is new gets what is open. Nobody is thrown out of a training by an import.
A piece that is saved twice changes nothing the second time.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.fieldwork import erasures, rounds
from bot.fieldwork.erasures import ErasedFrom
from bot.fieldwork.rosters.identity import (
    COLUMNS,
    Entry,
    Names,
    code_of,
    entry_of,
    names_of,
    rater_entry,
    resolved,
)
from bot.fieldwork.rosters.record import (
    RATER_ROLES,
    Participant,
    Rater,
    RaterRole,
    Roster,
    TrainingFacts,
)
from bot.fieldwork.timetables import training_of
from bot.store import audit, raters, rosters, trainings
from bot.store.rosters import Known
from bot.store.trainings import Training
from bot.survey.study import Study

_NULLABLE = frozenset({"birth_date", "zone"})
PIECE = 100  # participants saved in one transaction: some 20 ms on a small machine


@dataclass(frozen=True, slots=True)
class Count:
    added: int = 0
    changed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.added + other.added, self.changed + other.changed)


@dataclass(frozen=True, slots=True)
class Saved:
    training_id: int
    added: int
    changed: int
    participants: int
    superiors: int
    erased: int = 0  # left out, because they had their data erased; never by name
    peers: int = 0


@dataclass(frozen=True, slots=True)
class Begun:
    """What every piece needs to know."""

    training_id: int
    roster: Roster
    names: Names
    participating: frozenset[str]  # NIPs: of who takes part too, their own row says more
    secret: bytes = field(repr=False)


def save_roster(
    connection: Connection, study: Study, roster: Roster, secret: bytes, now: datetime
) -> Saved:
    """All of it in the one transaction that is open."""
    kept = without_erased(erased_from(connection, study, roster, secret), roster, secret)
    begun = begin(connection, study, kept, secret, now)
    counted = Count()
    for piece in pieces(begun.roster):
        counted += save_piece(connection, study, begun, piece, now)
    note_import(connection, begun.roster, now)
    return saved(begun, counted, left_out(roster, kept))


def note_import(connection: Connection, roster: Roster, now: datetime) -> None:
    """By the operator, at the terminal."""
    detail: dict[str, str | int] = {
        "training": roster.code,
        "participants": len(roster.participants),
    }
    audit.note(connection, "operator", "import roster", detail, now)


def erased_from(connection: Connection, study: Study, roster: Roster, secret: bytes) -> ErasedFrom:
    """Whom `without_erased` leaves out."""
    return erasures.erased_from(
        connection, secret, roster.code, roster.starts_on, study.office.zone
    )


def without_erased(gone: ErasedFrom, roster: Roster, secret: bytes) -> Roster:
    """An erased superior or peer is left out as if the row named none. Pure: of thousands it takes its time, which no transaction has."""
    if not gone.erased_on:
        return roster
    kept = []
    for one in roster.participants:
        nip = one.nip.digits if one.nip else None
        if gone.has(nip, code_of(one, roster.code, secret), one.name, one.born):
            continue
        stays = partial(_stays, gone, roster, secret)
        superior = one.superior if one.superior is None or stays(one.superior) else None
        peers = tuple(peer for peer in one.peers if stays(peer))
        kept.append(replace(one, superior=superior, peers=peers))
    return replace(roster, participants=tuple(kept))


def _stays(gone: ErasedFrom, roster: Roster, secret: bytes, rater: Rater) -> bool:
    entry = rater_entry(rater, roster.code, secret)
    return not gone.has(entry.nip, entry.code)


def training_facts(connection: Connection, code: str) -> TrainingFacts | None:
    """Of a training that is there already, for a list that names none."""
    found = trainings.of_code(connection, code)
    if found is None:
        return None
    return TrainingFacts(found.code, found.title, found.cohort, found.starts_on, found.ends_on)


def begin(
    connection: Connection,
    study: Study,
    roster: Roster,
    secret: bytes,
    now: datetime,
    *,
    adopts: bool = False,
) -> Begun:
    """`adopts`: a colleague has seen who would be taken for whom by the name alone, and agreed."""
    training_id = trainings.save(connection, _training_row(study, roster))
    if roster.instructors is not None:
        trainings.replace_instructors(connection, training_id, roster.instructors)
    if roster.competences is not None:
        trainings.replace_competences(connection, training_id, roster.competences)
    rounds.plan_rounds(connection, study, training_of(connection, training_id), now)
    digits = frozenset(one.nip.digits for one in roster.participants if one.nip)
    names = names_of(connection, training_id, roster.participants, adopts=adopts)
    return Begun(training_id, roster, names, digits, secret)


def pieces(roster: Roster, size: int = PIECE) -> list[Sequence[Participant]]:
    everybody = roster.participants
    return [everybody[begin_ : begin_ + size] for begin_ in range(0, len(everybody), size)]


def save_piece(
    connection: Connection,
    study: Study,
    begun: Begun,
    piece: Sequence[Participant],
    now: datetime,
) -> Count:
    code = begun.roster.code
    entries = [entry_of(one, code, begun.names, begun.secret) for one in piece]
    own, counted = _keep(connection, {one.code: one for one in entries})
    named = {role: _raters(begun, piece, entries, role) for role in RATER_ROLES}
    raters = {code: entry for found, _ in reversed(named.values()) for code, entry in found.items()}
    theirs, of_raters = _keep(connection, raters, fill=_units(begun, piece))
    rosters.enrol(
        connection, begun.training_id, "participant", [(own[one.code], 0) for one in entries]
    )
    ids = {**theirs, **own}
    for role, (_, pairs) in named.items():
        known = [(ids[who], ids[about]) for who, about in pairs]
        _enrol_raters(connection, begun, role, known, now)
    everybody = frozenset(own.values()) | frozenset(theirs.values())
    rounds.issue_newcomers(connection, study, begun.training_id, now, everybody)
    return counted + of_raters


def left_out(roster: Roster, kept: Roster) -> int:
    return len(roster.participants) - len(kept.participants)


def saved(begun: Begun, counted: Count, erased: int) -> Saved:
    roster = begun.roster
    return Saved(
        begun.training_id, counted.added, counted.changed, len(roster.participants),
        len(_named(roster, "superior") - begun.participating), erased,
        len(_named(roster, "peer")),
    )  # fmt: skip


def keep_superior(connection: Connection, training: Training, named: Rater, secret: bytes) -> int:
    """One superior whom the office names in the chat; known by NIP, or by name and position within the training."""
    entry = rater_entry(named, training.code, secret)
    fill = {"name": named.name, "birth_date": named.nip.born if named.nip else None}
    ids, _ = _keep(connection, {entry.code: entry}, fill={entry.code: fill})
    return ids[entry.code]


def _training_row(study: Study, roster: Roster) -> dict[str, object]:
    seed = int.from_bytes(hashlib.sha256(roster.code.encode()).digest()[:4]) >> 1
    return {
        "code": roster.code, "title": roster.title, "cohort": roster.cohort,
        "starts_on": roster.starts_on, "ends_on": roster.ends_on,
        "zone": study.office.zone, "seed": seed,
    }  # fmt: skip


def _named(roster: Roster, role: RaterRole) -> set[str | tuple[str, str]]:
    return {
        rater.nip.digits if rater.nip else (rater.name, rater.position)
        for one in roster.participants
        for rater in one.raters(role)
    }


def _raters(
    begun: Begun, piece: Sequence[Participant], entries: Sequence[Entry], role: RaterRole
) -> tuple[dict[str, Entry], list[tuple[str, str]]]:
    """Who rates somebody of this piece, and (superior or peer, alumnus) by code."""
    raters: dict[str, Entry] = {}
    pairs: list[tuple[str, str]] = []
    for one, about in zip(piece, entries, strict=True):
        for rater in one.raters(role):
            entry = rater_entry(rater, begun.roster.code, begun.secret)
            if (
                entry.nip in begun.participating
            ):  # their own row says more, whichever piece it is in
                entry = Entry(entry.code, entry.nip, {"nip": entry.nip})
            raters.setdefault(entry.code, entry)
            pairs.append((entry.code, about.code))
    return raters, pairs


def _units(begun: Begun, piece: Sequence[Participant]) -> Mapping[str, Mapping[str, object]]:
    """What a superior or peer whom we did not know gets from who names them."""
    return {
        rater_entry(rater, begun.roster.code, begun.secret).code: {
            "name": rater.name, "unit": one.unit, "unit_group": one.unit_group, "zone": one.zone or None,
            "birth_date": rater.nip.born if rater.nip else None,
        }
        for one in reversed(piece)
        for rater in (*one.peers, *one.raters("superior"))
    }  # fmt: skip


def _keep(
    connection: Connection,
    entries: Mapping[str, Entry],
    fill: Mapping[str, Mapping[str, object]] | None = None,
) -> tuple[dict[str, int], Count]:
    """Insert or change everybody; code -> id, and how many are new or otherwise than before."""
    before = resolved(connection, entries.values())
    blank = {name: None if name in _NULLABLE else "" for name in COLUMNS if name != "nip"}
    new = [one for code, one in entries.items() if code not in before]
    rosters.add_people(
        connection,
        [
            {
                **blank, **(fill or {}).get(one.code, {}), **one.columns, "code": one.code,
                "nip": one.nip,
            }
            for one in new
        ],
    )  # fmt: skip
    changed = {code: known for code, known in before.items() if entries[code].changes(known)}
    rosters.change_people(
        connection, [_changed(known, entries[code]) for code, known in changed.items()]
    )
    after = before if not new else {**before, **resolved(connection, new)}
    ids = {code: known.id for code, known in after.items()}
    return ids, Count(len(new), len(changed))


def _changed(known: Known, entry: Entry) -> dict[str, object]:
    changes = entry.changes(known)
    columns = {name: changes.get(name, getattr(known, name)) for name in COLUMNS}
    return {"id": known.id, **columns}


def _enrol_raters(
    connection: Connection,
    begun: Begun,
    role: RaterRole,
    pairs: Sequence[tuple[int, int]],
    now: datetime,
) -> None:
    """Who is named now takes the place of whoever rated that alumnus before; where nobody is named, nothing changes.

    What the former ones have not begun is not asked any more.
    """
    rated = set(pairs)
    former = {
        enrolment_id: (rater, alumnus)
        for enrolment_id, rater, alumnus in rosters.raters_of(
            connection, begun.training_id, {about for _, about in pairs}, role
        )
        if (rater, alumnus) not in rated
    }
    rosters.leave(connection, list(former), now)
    raters.withdraw_unbegun(connection, begun.training_id, set(former.values()))
    rosters.enrol(connection, begun.training_id, role, list(dict.fromkeys(pairs)))
