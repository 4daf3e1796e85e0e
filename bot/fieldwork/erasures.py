"""Who was erased, as keyed hashes, so that neither a list nor an older backup brings them back. One function is one transaction.

1. A key is an HMAC under the deployment's secret: of the NIP (else the pseudonym), of the same with each training, of name and
   birth date, and of the chat. From a key alone nobody can be found.
2. A list skips whoever was erased: from a training they were enrolled in, and from any that had begun by then. A training
   that begins later may enrol them again: new data, with a notice of its own.
   A row that has no NIP, or the NIP of somebody who was erased without one, is known by name and birth date; by the name alone
   only within the same training, and only where one of the two has no birth date. A namesake is then skipped too, never told by
   name, and comes in with a NIP, or in class as an additional participant.
3. What the register outside the database (bot/erasing.py) knows and the database does not was erased after that database was
   saved, so it is erased again.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork.rosters.names import name_key
from bot.store import accounts, erasures, people, personal_data, staff, summaries, trainings
from bot.store.erasures import Erasure
from bot.store.people import Known


@dataclass(frozen=True, slots=True)
class ErasedFrom:
    """What one training must ask before it enrols somebody."""

    secret: bytes
    training_code: str
    erased_on: Mapping[str, date]  # by key, the latest day
    starts_on: date

    def has(self, nip: str | None, code: str, name: str = "", born: date | None = None) -> bool:
        """Without a name: by the identity alone."""
        identities = [identity_of(nip, code)]
        if name and born is not None:
            identities.append(_born_as(name, born))
        if any(self._is_erased(one) for one in identities):
            return True
        alike = [_named(name), *([] if born is not None else [_named_with_birth(name)])]
        return bool(name) and any(self._is_here(one) for one in alike)

    def _is_erased(self, identity: str) -> bool:
        day = self.erased_on.get(key_of(self.secret, identity))
        return self._is_here(identity) or (day is not None and self.starts_on <= day)

    def _is_here(self, identity: str) -> bool:
        return key_of(self.secret, f"{identity}@{self.training_code}") in self.erased_on


def key_of(secret: bytes, what: str) -> str:
    return hmac.new(secret, f"erased:{what}".encode(), hashlib.sha256).hexdigest()[:32]


def identity_of(nip: str | None, code: str) -> str:
    return f"nip:{nip}" if nip else f"code:{code}"


def erase_person(connection: Connection, secret: bytes, person_id: int, now: datetime) -> None:
    """All that is held about the person, with what others said about them; only the keys stay."""
    known = people.known(connection, person_id)
    account = accounts.of_person(connection, person_id)
    keys = list(_keys(connection, secret, known))
    if account is not None:
        keys.append(key_of(secret, f"chat:{account.chat_id}"))
        erase_chat(connection, account.chat_id)
    personal_data.erase(connection, person_id)
    summaries.forget(connection, known.code)
    erasures.note(connection, [Erasure(key, now) for key in keys])


def erase_chat(connection: Connection, chat_id: int) -> None:
    """The account and every trace of its number, but for what colleagues do and did in their office."""
    personal_data.forget_chat(connection, chat_id)
    staff.forget_former(connection, chat_id)
    accounts.erase(connection, chat_id)


def known(connection: Connection) -> list[Erasure]:
    return erasures.all_of_them(connection)


def repeat(connection: Connection, secret: bytes, again: Collection[Erasure], now: datetime) -> int:
    """Erase once more what an older database brought back; how many people that were."""
    meant = {erasure.key for erasure in again}
    found = [one for one in people.everybody(connection) if _is_meant(secret, one, meant)]
    for one in found:
        erase_person(connection, secret, one.id, now)
    for chat_id in accounts.all_chats(connection):
        if key_of(secret, f"chat:{chat_id}") in meant:
            erase_chat(connection, chat_id)
    erasures.note(connection, again)
    return len(found)


def erased_from(
    connection: Connection, secret: bytes, training_code: str, starts_on: date, zone: str
) -> ErasedFrom:
    days: dict[str, date] = {}
    for erasure in sorted(erasures.all_of_them(connection), key=lambda one: one.at):
        days[erasure.key] = erasure.at.astimezone(ZoneInfo(zone)).date()
    return ErasedFrom(secret, training_code, days, starts_on)


def unwiped(connection: Connection) -> list[Erasure]:
    """Gone from the tables, not yet from the bytes of the file."""
    return erasures.unwiped(connection)


def wiped(connection: Connection, these: Collection[Erasure], now: datetime) -> None:
    erasures.wiped(connection, these, now)


def _keys(connection: Connection, secret: bytes, one: Known) -> Iterator[str]:
    codes = list(_training_codes(connection, one.id))
    identities, alike = [identity_of(one.nip, one.code)], [_named(one.name)]
    if one.birth_date is not None:
        identities.append(_born_as(one.name, one.birth_date))
        alike = [_named_with_birth(one.name)]
    yield from (key_of(secret, identity) for identity in identities)
    yield from (
        key_of(secret, f"{what}@{code}") for what in (*identities, *alike) for code in codes
    )


def _born_as(name: str, born: date) -> str:
    return f"born:{name_key(name)}|{born.isoformat()}"


def _named(name: str) -> str:
    """Of whom no birth date is known: nothing tells them from a namesake."""
    return f"name:{name_key(name)}"


def _named_with_birth(name: str) -> str:
    return f"dated name:{name_key(name)}"


def _training_codes(connection: Connection, person_id: int) -> Iterable[str]:
    found = (trainings.of_id(connection, one) for one in trainings.of_person(connection, person_id))
    return [training.code for training in found if training is not None]


def _is_meant(secret: bytes, one: Known, keys: Collection[str]) -> bool:
    return key_of(secret, identity_of(one.nip, one.code)) in keys
