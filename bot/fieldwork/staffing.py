"""Who works here: the list, and ending somebody's duty. One function is one transaction; `staff.attend` calls them.

The last administrator cannot be removed, nor whom the settings name. Whoever leaves leaves no open invitation behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.errors import NotAllowed
from bot.fieldwork import staff
from bot.fieldwork.inviting import Offer, name_of, offered
from bot.fieldwork.permits import Staff
from bot.fieldwork.staff import Duty
from bot.store import invitations, trainings
from bot.store import staff as stored
from bot.store.trainings import Training

CHOOSABLE = 20  # trainings offered for an invitation


@dataclass(frozen=True, slots=True)
class Colleague:
    who: Staff
    name: str
    titles: tuple[str, ...]  # of a coordinator of named trainings


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    offer: Offer
    inviter: str


@dataclass(frozen=True, slots=True)
class StaffList:
    language: str
    colleagues: tuple[Colleague, ...]
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The trainings to which a coordinator can be invited."""

    language: str
    trainings: tuple[Training, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    language: str
    training: Training
    may_give_up: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who is to leave, or has left."""

    language: str
    colleague: Colleague
    their_language: str


def staff_list(connection: Connection, duty: Duty) -> StaffList:
    visit = duty.visit
    names = stored.names(connection)
    return StaffList(
        duty.language,
        tuple(
            _colleague(connection, names, one) for one in staff.everybody(connection, visit.named)
        ),
        tuple(
            Waiting(one.id, offered(connection, visit, one), name_of(names, one.invited_by))
            for one in invitations.waiting(connection, visit.now)
        ),
    )


def choose_training(connection: Connection, duty: Duty) -> Choice:
    return Choice(duty.language, tuple(trainings.newest(connection, CHOOSABLE)))


def ask_hand_over(_connection: Connection, duty: Duty) -> HandOver:
    return HandOver(duty.language, duty.training, not duty.staff.all_trainings)


def ask_removal(connection: Connection, duty: Duty, chat_id: int) -> Leaving:
    return _leaving(connection, duty, chat_id)


def remove(connection: Connection, duty: Duty, chat_id: int) -> Leaving:
    if not duty.is_first and staff.who_is(connection, duty.visit.named, chat_id) is None:
        return _left(connection, duty, Staff(chat_id, "coordinator", all_trainings=False))
    leaving = _leaving(connection, duty, chat_id)
    if duty.is_first:
        stored.leave(connection, chat_id, duty.visit.now)
        invitations.withdraw_all_of(connection, chat_id, duty.visit.now)
    return leaving


def _leaving(connection: Connection, duty: Duty, chat_id: int) -> Leaving:
    named = duty.visit.named
    invited = stored.administrators_held(connection)
    who = staff.who_is(connection, named, chat_id)
    if who is None:
        raise NotAllowed("petugas_sudah_tidak_ada")
    if who.by_settings:
        raise NotAllowed("petugas_dari_pengaturan")
    if who.role == "administrator" and len(named.administrators.union(invited)) == 1:
        raise NotAllowed("administrator_terakhir")
    return _left(connection, duty, who)


def _left(connection: Connection, duty: Duty, who: Staff) -> Leaving:
    colleague = _colleague(connection, stored.names(connection), who)
    theirs = staff.language_of(connection, who.chat_id) or "id"
    return Leaving(duty.language, colleague, theirs)


def _colleague(connection: Connection, names: Mapping[int, str], who: Staff) -> Colleague:
    found = (trainings.of_id(connection, one) for one in sorted(who.trainings))
    titles = () if who.all_trainings else tuple(one.full_title for one in found if one)
    return Colleague(who, name_of(names, who.chat_id), titles)
