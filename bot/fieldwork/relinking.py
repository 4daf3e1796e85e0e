"""Somebody has a new phone or number: they ask in the chat, the office moves their account. One function is one transaction.

1. Only who knew the birth date can ask; asking moves nothing.
2. One account is one person: the former account loses the person and is told so, the new one goes on where the other was.
3. The state decides: of two colleagues the first settles it.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import rounds, told
from bot.fieldwork.consent import office_words
from bot.fieldwork.records import Reactions, Say, Visit
from bot.fieldwork.staff import Duty, language_of
from bot.store import accounts, people, relinks
from bot.store.people import Person
from bot.store.relinks import Relink


@dataclass(frozen=True, slots=True)
class Waiting:
    language: str
    requests: tuple[Relink, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What each of the accounts is told."""

    language: str
    name: str
    moved: bool
    new_chat: int
    new_language: str
    old_chat: int | None  # None: it was connected no longer
    old_language: str


def ask(
    connection: Connection, visit: Visit, chat_id: int, person: Person, training_id: int
) -> Reactions:
    """The name is taken by another account, and whoever asks knew the birth date."""
    said = Say("nama_sudah_dipakai", office_words(visit))
    relink_id, is_new = relinks.ask(connection, training_id, person.id, chat_id, visit.now)
    if not is_new:
        return (said,)
    words = {"nama": person.name, "unit": person.unit or "-"}
    return (
        said,
        *told.office(
            connection, visit.named, training_id, "pindah_diminta", words,
            about="relink", one=relink_id,
        ),
    )  # fmt: skip


def waiting(connection: Connection, duty: Duty) -> Waiting:
    seen = [one for one in relinks.waiting(connection) if duty.staff.has(one.training_id)]
    return Waiting(duty.language, tuple(seen))


def move(connection: Connection, duty: Duty, relink_id: int) -> Settled:
    found = _found(connection, duty, relink_id)
    account = accounts.of_chat(connection, found.chat_id)
    if duty.is_first and (account is None or account.person_id not in {None, found.person_id}):
        raise NothingOpen("pindah_akun_lain")
    settled = _settled(connection, duty, found, moved=True)
    if not duty.is_first:
        return settled
    now = duty.visit.now
    if settled.old_chat is not None:
        accounts.unlink(connection, settled.old_chat)
    accounts.link(connection, found.chat_id, found.person_id, now)
    rounds.issue_for_person(connection, duty.visit.study, found.person_id, now)
    relinks.settle(connection, relink_id, moved=True, by=duty.visit.chat_id, now=now)
    return settled


def decline(connection: Connection, duty: Duty, relink_id: int) -> Settled:
    found = _found(connection, duty, relink_id)
    settled = _settled(connection, duty, found, moved=False)
    if duty.is_first:
        relinks.settle(
            connection, relink_id, moved=False, by=duty.visit.chat_id, now=duty.visit.now
        )
    return settled


def _found(connection: Connection, duty: Duty, relink_id: int) -> Relink:
    found = relinks.of_id(connection, relink_id)
    if found is None or found.training_id != duty.training.id:
        raise NothingOpen("pindah_tidak_ada")
    if duty.is_first and found.settled_at is not None:
        raise NothingOpen("pindah_sudah_diputuskan")
    return found


def _settled(connection: Connection, duty: Duty, found: Relink, *, moved: bool) -> Settled:
    owner = accounts.of_person(connection, found.person_id)
    old = owner.chat_id if owner and owner.chat_id != found.chat_id else None
    person = people.person(connection, found.person_id)
    return Settled(
        duty.language, person.name, moved, found.chat_id,
        language_of(connection, found.chat_id) or "id",
        old if moved else None, language_of(connection, old) if old else "id",
    )  # fmt: skip
