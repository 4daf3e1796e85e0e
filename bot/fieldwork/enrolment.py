"""Connecting a Telegram account with a person, and making personal links. What a personal link opens: link_opening.py.

1. One account is one person, and one person one account. A personal link works for the first account that uses it.
2. A class link can be shown again, so it is derived from the secret and kept nowhere; it only opens the list of names,
   and the birth date (the first 8 digits of the NIP) must match. After five wrong dates the coordinator helps.
3. Whoever connects while rounds are open is asked at once.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork import answering, finishing, rounds, strangers, tokens
from bot.fieldwork.consent import office_words
from bot.fieldwork.records import Choice, Reactions, Say, Visit
from bot.store import accounts, links, people, responses
from bot.store.accounts import Account
from bot.store.people import Person

CLASS_LINK_DAYS = 14  # after the last class day
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what is easily misread


@dataclass(frozen=True, slots=True)
class LinkRow:
    person: Person
    role: str
    token: str


def class_token(secret: bytes, training_id: int) -> str:
    return "k" + tokens.derived(secret, f"class:{training_id}")


def class_code(secret: bytes, training_id: int) -> str:
    """What stands below the QR, for a phone that cannot read it: BNG-7K3M."""
    digest = hmac.new(secret, f"code:{training_id}".encode(), hashlib.sha256).digest()
    return "BNG-" + "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:4])


def personal_token() -> str:
    return "p" + tokens.drawn()


def new_link(
    connection: Connection,
    person_id: int,
    now: datetime,
    token: str,
    training_id: int | None = None,
) -> None:
    """Replaces the links of that person that nobody has used; what was printed for another training stays good."""
    links.disable_unused(connection, person_id, now, training_id)
    links.add(connection, tokens.hashed(token), person_id, now, training_id)


def replace_links(
    connection: Connection,
    training_id: int,
    now: datetime,
    make_token: Callable[[], str] = personal_token,
) -> list[LinkRow]:
    """A new link for everybody of that training who is not connected; older unused ones end."""
    rows: dict[int, LinkRow] = {}
    for person, role in people.unconnected(connection, training_id):
        if person.id not in rows:
            rows[person.id] = LinkRow(person, role, make_token())
            new_link(connection, person.id, now, rows[person.id].token, training_id)
    return list(rows.values())


def connect(connection: Connection, visit: Visit, account: Account, person_id: int) -> Reactions:
    """The account is this person from now on, and is asked what is open."""
    linked = tie(connection, visit, account, person_id)
    person = people.person(connection, person_id)
    words = {"nama": person.name, "unit": person.unit or "-"}
    if not finishing.unfinished(connection, person_id, visit.now):
        not_me = Choice("not_me", person_id, key="tombol_bukan_saya")
        return (Say("terhubung", words, (not_me,)),)
    return (Say("terhubung_mulai", words), *answering.resume(connection, visit, linked))


def tie(connection: Connection, visit: Visit, account: Account, person_id: int) -> Account:
    """What is open for the person comes with it; nothing is asked yet."""
    accounts.link(connection, account.chat_id, person_id, visit.now)
    rounds.issue_for_person(connection, visit.study, person_id, visit.now)
    return accounts.of_chat(connection, account.chat_id) or account


def disconnect(connection: Connection, visit: Visit, account: Account, person_id: int) -> Reactions:
    """After "Bukan saya": only as long as nothing was answered as that person."""
    if account.person_id != person_id:
        return (Say("mulai_tanpa_tautan", office_words(visit)),)
    answered = any(found.response.begun_at for found in responses.of_person(connection, person_id))
    if answered:
        return (Say("bukan_saya_terlambat", office_words(visit)),)
    if people.rates(connection, person_id):
        links.give_back(connection, account.chat_id)
        strangers.note_not_mine(connection, visit.now)
        accounts.erase(connection, account.chat_id)
        return (Say("bukan_untuk_saya"),)
    links.release(connection, account.chat_id, visit.now)
    accounts.unlink(connection, account.chat_id)
    return (Say("bukan_saya", office_words(visit)),)


def blocked(connection: Connection, chat_id: int, now: datetime) -> None:
    """The person stopped the bot, or Telegram says that the account is gone."""
    accounts.mark_blocked(connection, chat_id, now)


def unblocked(connection: Connection, chat_id: int, now: datetime) -> None:
    accounts.opened(connection, chat_id, now)


def taken_by_other(connection: Connection, account: Account, person_id: int) -> bool:
    owner = accounts.of_person(connection, person_id)
    return owner is not None and owner.chat_id != account.chat_id
