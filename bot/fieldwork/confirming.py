"""The office says who the superior of an alumnus is who moved: the same as before, somebody else, or nobody.

1. Only then a round asks that superior, from there on as any newcomer; until then nothing goes to anybody (moved.py).
2. A list that is imported again with another superior counts as confirmed; the same one named again does not.
3. The state decides: a second tap, or a second colleague, settles nothing twice.
One function is one transaction; `staff.attend` calls them.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import FieldworkError, NothingOpen
from bot.fieldwork import contacting, roster, rounds
from bot.fieldwork.cells import as_phone
from bot.fieldwork.nip import BadNip, normalised, read_nip
from bot.fieldwork.rosters.record import RATER_ROLES, Rater, RaterRole
from bot.fieldwork.staff import Duty
from bot.store import accounts, people, raters, rosters
from bot.store import rounds as stored_rounds
from bot.store.raters import Unsure
from bot.store.trainings import Training

EXPECTING_SUPERIOR: Final = "new_superior"
LONGEST_NAME, SHORTEST_NIP, SHORTEST_PHONE = 120, 16, 8
_BETWEEN: Final = re.compile(r"\s*[;\n]\s*")


@dataclass(frozen=True, slots=True)
class Waiting:
    language: str
    training: Training
    unsure: tuple[Unsure, ...]
    settled: str = ""  # the alumnus whose superior was confirmed just now


def waiting(connection: Connection, duty: Duty) -> Waiting:
    return Waiting(duty.language, duty.training, tuple(raters.unsure(connection, duty.training.id)))


def ask_new(connection: Connection, duty: Duty, alumnus_id: int) -> Waiting:
    """The next text names the superior of that alumnus."""
    one = _of(connection, duty, alumnus_id)
    if duty.is_first:
        expecting = {"what": EXPECTING_SUPERIOR, "training": duty.training.id, "person": alumnus_id}
        accounts.opened(connection, duty.visit.chat_id, duty.visit.now)
        accounts.expect(connection, duty.visit.chat_id, expecting)
    return Waiting(duty.language, duty.training, (one,))


def keep(connection: Connection, duty: Duty, alumnus_id: int) -> Waiting:
    """The same superior as before."""
    if not duty.is_first:
        return waiting(connection, duty)
    one = _of(connection, duty, alumnus_id)
    return _settled(connection, duty, one, one.superior_id)


def nobody(connection: Connection, duty: Duty, alumnus_id: int) -> Waiting:
    """Nobody is asked about that alumnus, no peer either."""
    if not duty.is_first:
        return waiting(connection, duty)
    one = _of(connection, duty, alumnus_id)
    for role in RATER_ROLES:
        _leave(connection, duty, one, role)
    return _settled(connection, duty, one, None)


def take_new(connection: Connection, duty: Duty, alumnus_id: int, text: str) -> Waiting:
    """As in: Drs. Budi Santoso; Camat Rimbo Tengah; 197001011995031999; 0811 5550 0010. Only the name is needed."""
    if not duty.is_first:
        return waiting(connection, duty)
    one = _of(connection, duty, alumnus_id)
    today = duty.visit.now.astimezone(ZoneInfo(duty.training.zone)).date()
    named = read_superior(text, today)
    alumnus = people.person(connection, alumnus_id)
    if named.nip is not None and named.nip.digits == alumnus.nip:
        raise FieldworkError("atasan_diri_sendiri")
    superior_id = roster.keep_superior(connection, duty.training, named, duty.visit.secret)
    accounts.expect(connection, duty.visit.chat_id, {})
    if superior_id != one.superior_id:
        _leave(connection, duty, one, "superior")
        rosters.enrol(connection, duty.training.id, "superior", [(superior_id, alumnus_id)])
    return _settled(connection, duty, one, superior_id)


def read_superior(text: str, today: date) -> Rater:
    """Name; position; NIP; phone: with semicolons or on lines of their own. Numbers are known by their digits."""
    parts = [part.strip() for part in _BETWEEN.split(text.strip()) if part.strip()]
    words = [part for part in parts if not _is_number(part)]
    numbers = [normalised(part.removeprefix("NIP")) for part in parts if _is_number(part)]
    if not words or len(words[0]) > LONGEST_NAME:
        raise FieldworkError("atasan_baru_tak_terbaca")
    nip, phone = None, ""
    for number in numbers:
        if len(number) < SHORTEST_NIP:
            phone = number
            continue
        read = read_nip(number, today)
        if isinstance(read, BadNip):
            raise FieldworkError(read.fault, kolom="NIP", nip=read.digits)
        nip = read
    return Rater(words[0], nip, words[1] if len(words) > 1 else "", as_phone(phone))


def _is_number(part: str) -> bool:
    bare = normalised(part.removeprefix("NIP").removeprefix("+"))
    return bare.isdecimal() and len(bare) >= SHORTEST_PHONE


def _of(connection: Connection, duty: Duty, alumnus_id: int) -> Unsure:
    found = raters.unsure(connection, duty.training.id)
    one = next((each for each in found if each.alumnus_id == alumnus_id), None)
    if one is None:
        raise NothingOpen("atasan_sudah_dipastikan")
    return one


def _leave(connection: Connection, duty: Duty, one: Unsure, role: RaterRole) -> None:
    found = rosters.raters_of(connection, duty.training.id, {one.alumnus_id}, role)
    rosters.leave(connection, [enrolment for enrolment, _, _ in found], duty.visit.now)
    pairs = {(rater, alumnus) for _, rater, alumnus in found}
    raters.withdraw_unbegun(connection, duty.training.id, pairs)


def _settled(connection: Connection, duty: Duty, one: Unsure, superior_id: int | None) -> Waiting:
    raters.confirm(connection, duty.training.id, one.alumnus_id)
    if superior_id is not None:
        only = frozenset({superior_id})
        rounds.issue_newcomers(connection, duty.visit.study, duty.training.id, duty.visit.now, only)
        _write(connection, duty, superior_id)
    return replace(waiting(connection, duty), settled=one.alumnus)


def _write(connection: Connection, duty: Duty, superior_id: int) -> None:
    """Also to who had answered about all others, or was asked about this one only and waited."""
    study, now = duty.visit.study, duty.visit.now
    for opened in stored_rounds.open_ones(connection, duty.training.id, now):
        if study.rounds[opened.kind].role == "superior":
            contacting.write_again(connection, study, opened.id, superior_id, now)
