"""The office matches who came without being listed: to somebody of the list, or as an additional participant. One function is one
transaction; `staff.attend` calls them.

1. Proposed are those of the same phone, then the same name without titles, then similar names; never who has an account or an
   answer already. Two with one name are both shown, with their units.
2. A match moves account, answers, consents and contacts to the person of the list and keeps what is needed to undo it.
3. The state decides: a second tap, or a second colleague, matches nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import issuing
from bot.fieldwork.rosters.names import name_key
from bot.fieldwork.staff import Duty
from bot.store import accounts, rounds, walk_ins
from bot.store.trainings import Training
from bot.store.walk_ins import Candidate, Match, WalkIn

PROPOSED = 5
SIMILAR = 0.8  # of SequenceMatcher, on names without titles
SEARCHED = 8
EXPECTING_LETTERS = "match_letters"
_VARIANTS = {"moh": "muhammad", "mohd": "muhammad", "muh": "muhammad", "mohammad": "muhammad",
             "mohamad": "muhammad", "muhamad": "muhammad", "m": "muhammad", "st": "siti"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaitingList:
    language: str
    training: Training
    waiting: tuple[WalkIn, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    language: str
    training: Training
    walk_in: WalkIn
    candidates: tuple[Candidate, ...]
    is_search: bool = False  # by letters; else by likeness


@dataclass(frozen=True, slots=True)
class Matched:
    language: str
    training: Training
    match_id: int
    came_as: str
    name: str  # on the list
    left: int  # still waiting


def waiting_list(connection: Connection, duty: Duty) -> WaitingList:
    found = walk_ins.waiting(connection, duty.training.id)
    return WaitingList(duty.language, duty.training, tuple(found))


def propose(connection: Connection, duty: Duty, person_id: int) -> Proposal:
    walk_in = _waiting(connection, duty, person_id)
    found = proposals(walk_in, walk_ins.candidates(connection, duty.training.id))
    return Proposal(duty.language, duty.training, walk_in, tuple(found))


def ask_letters(connection: Connection, duty: Duty, person_id: int) -> Proposal:
    """Another name of the list is searched by typing."""
    walk_in = _waiting(connection, duty, person_id)
    if duty.is_first:
        expecting = {"what": EXPECTING_LETTERS, "training": duty.training.id, "person": person_id}
        accounts.opened(connection, duty.visit.chat_id, duty.visit.now)
        accounts.expect(connection, duty.visit.chat_id, expecting)
    return Proposal(duty.language, duty.training, walk_in, (), is_search=True)


def search(connection: Connection, duty: Duty, person_id: int, text: str) -> Proposal:
    walk_in = _waiting(connection, duty, person_id)
    wanted = name_key(text)
    listed = walk_ins.candidates(connection, duty.training.id)
    found = [one for one in listed if wanted and wanted in name_key(one.name)]
    return Proposal(duty.language, duty.training, walk_in, tuple(found[:SEARCHED]), is_search=True)


def match(connection: Connection, duty: Duty, walk_in_id: int, person_id: int) -> Matched:
    training, visit = duty.training, duty.visit
    if not duty.is_first:
        return _shown_again(connection, duty)
    walk_in = _waiting(connection, duty, walk_in_id)
    if walk_in.nip or walk_ins.enrolled_elsewhere(connection, training.id, walk_in_id):
        raise NothingOpen("tamu_sudah_dikenal_lain", nama=walk_in.name)
    listed = walk_ins.candidates(connection, training.id)
    candidate = next((one for one in listed if one.person_id == person_id), None)
    if candidate is None:
        raise NothingOpen("tamu_nama_terpakai")
    moved = _move(connection, training, walk_in, person_id)
    match_id = walk_ins.note_match(
        connection,
        {
            "training_id": training.id, "person_id": person_id, "name": walk_in.name,
            "unit": walk_in.unit, "phone": walk_in.phone, "code": walk_in.code, "moved": moved,
            "matched_by": visit.chat_id, "at": visit.now,
        },
    )  # fmt: skip
    if walk_in.chat_id is not None:
        accounts.link(connection, walk_in.chat_id, person_id, visit.now)
    left = len(walk_ins.waiting(connection, training.id))
    return Matched(duty.language, training, match_id, walk_in.name, candidate.name, left)


def take_in(connection: Connection, duty: Duty, person_id: int) -> WaitingList:
    """As an additional participant: no longer waiting."""
    changed = walk_ins.set_standing(
        connection, duty.training.id, person_id, was="walk_in", becomes="extra"
    )
    if duty.is_first and not changed:
        raise NothingOpen("tamu_tidak_ada")
    return waiting_list(connection, duty)


def undo(connection: Connection, duty: Duty, match_id: int) -> WaitingList:
    """They wait again, with all that was theirs."""
    found = walk_ins.match_of(connection, match_id)
    if found is None or found.training_id != duty.training.id:
        raise NothingOpen("cocok_tidak_ada")
    if duty.is_first:
        _undo(connection, duty, found)
    return waiting_list(connection, duty)


def proposals(walk_in: WalkIn, listed: Sequence[Candidate]) -> list[Candidate]:
    """The likeliest first; pure."""
    ranked = sorted(((_likeness(walk_in, one), one) for one in listed), key=lambda pair: -pair[0])
    return [one for likeness, one in ranked if likeness >= SIMILAR][:PROPOSED]


def _likeness(walk_in: WalkIn, one: Candidate) -> float:
    if walk_in.phone and walk_in.phone == one.phone:
        return 4.0
    mine, theirs = _plain(walk_in.name), _plain(one.name)
    if mine == theirs:
        return 2.0 + SequenceMatcher(None, name_key(walk_in.unit), name_key(one.unit)).ratio()
    if set(mine.split()) < set(theirs.split()) or set(theirs.split()) < set(mine.split()):
        return 1.0
    return SequenceMatcher(None, mine, theirs).ratio()


def _plain(name: str) -> str:
    return " ".join(_VARIANTS.get(word, word) for word in name_key(name).split())


def _waiting(connection: Connection, duty: Duty, person_id: int) -> WalkIn:
    found = walk_ins.waiting_one(connection, duty.training.id, person_id)
    if found is None:
        raise NothingOpen("tamu_tidak_ada")
    return found


def _move(
    connection: Connection, training: Training, walk_in: WalkIn, person_id: int
) -> dict[str, object]:
    kept = walk_ins.memory_of(connection, training.id, walk_in.person_id)
    before = walk_ins.memory_of(connection, training.id, person_id)
    walk_ins.set_memory(connection, training.id, person_id, {**before, **kept})
    moved = walk_ins.give_all(connection, walk_in.person_id, person_id)
    if walk_in.chat_id is not None:
        accounts.unlink(connection, walk_in.chat_id)
    walk_ins.remove(connection, walk_in.person_id)
    return {**moved, "chat": walk_in.chat_id, "memory": kept, "memory_before": before}


def _undo(connection: Connection, duty: Duty, found: Match) -> None:
    training, now = duty.training, duty.visit.now
    owner = accounts.of_person(connection, found.person_id)
    chat_id = found.moved["chat"]
    if found.undone_at is not None or (chat_id and (owner is None or owner.chat_id != chat_id)):
        raise NothingOpen("cocok_tidak_dapat_diurungkan")
    walk_ins.note_undone(connection, found.id, now)
    columns = {"name": found.name, "unit": found.unit, "phone": found.phone}
    person_id = walk_ins.add(connection, training.id, found.code, columns, now)
    walk_ins.give_back(connection, found.moved, person_id)
    walk_ins.set_memory(connection, training.id, person_id, found.moved["memory"])
    walk_ins.set_memory(connection, training.id, found.person_id, found.moved["memory_before"])
    if chat_id:
        accounts.unlink(connection, chat_id)
        accounts.link(connection, chat_id, person_id, now)
    for opened in rounds.open_ones(connection, training.id, now):
        issuing.issue(
            connection, duty.visit.study, opened, training, now, only=frozenset({found.person_id})
        )


def _shown_again(connection: Connection, duty: Duty) -> Matched:
    match_id = walk_ins.last_match(connection, duty.training.id, duty.visit.chat_id)
    found = walk_ins.match_of(connection, match_id) if match_id else None
    if found is None:
        raise NothingOpen("tamu_tidak_ada")
    left = len(walk_ins.waiting(connection, duty.training.id))
    return Matched(duty.language, duty.training, found.id, found.name, found.name, left)
