"""One update of somebody of the office, and what every event of theirs goes through: `attend`. One call is one transaction.

1. Staff are whom the settings name (they always count) and whom an invitation brought.
2. `attend` asks the table of permits.py, calls the event, and writes the line of the audit log in the same transaction; a
   refusal is a value and not an exception, so that its line stays too. An event refuses before it writes anything.
3. The log holds no personal data of participants: staff by chat id, trainings by code, a stranger by a pseudonym.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from bot.errors import FieldworkError, NotAllowed, NothingOpen
from bot.fieldwork import strangers
from bot.fieldwork.once import once
from bot.fieldwork.permits import PERMITS, Action, Role, Staff, why_not
from bot.fieldwork.strangers import REFUSED
from bot.store import accounts, audit, trainings
from bot.store import staff as stored
from bot.store.trainings import Training
from bot.survey.study import Study

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named:
    """By the settings of the deployment."""

    administrators: frozenset[int] = frozenset()
    coordinators: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StaffVisit:
    study: Study
    chat_id: int
    update_id: int
    now: datetime
    named: Named = Named()
    name: str = ""  # as Telegram shows it
    secret: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    action: Action
    training_id: int | None = None
    detail: Mapping[str, str | int] = field(default_factory=dict)  # for the log


@dataclass(frozen=True, slots=True)
class Duty:
    """The visit of somebody who may do what they ask."""

    visit: StaffVisit
    staff: Staff
    language: str
    is_first: bool  # False: this update was seen before; answer again and change nothing
    about: Training | None
    noted: dict[str, str | int] = field(
        default_factory=dict
    )  # for the log: what only the event knows

    @property
    def training(self) -> Training:
        if self.about is None:
            raise NothingOpen("pelatihan_tidak_ada")
        return self.about

    def may(self, action: Action, training_id: int | None) -> None:
        """For what is known only when the event has looked: raises NotAllowed."""
        if refused := why_not(action, self.staff, training_id):
            raise NotAllowed(refused)


@dataclass(frozen=True, slots=True)
class Refused:
    text_key: str
    arguments: Mapping[str, str]
    language: str  # "": not known, so the phone's
    is_gone: bool = False  # what it was about is not there any more


Event = Callable[[Connection, Duty], T]


def attend(connection: Connection, visit: StaffVisit, asked: Asked, event: Event[T]) -> T | Refused:
    is_first = once(connection, visit.update_id, visit.now)
    staff = who_is(connection, visit.named, visit.chat_id)
    training = trainings.of_id(connection, asked.training_id) if asked.training_id else None
    detail = _detail(asked, training)
    refuse = partial(_refuse, connection, visit, {"wanted": asked.action, **detail}, first=is_first)
    why = _why_not(asked, staff, training)
    if staff is None or why:
        return refuse(NotAllowed(why))
    language = language_of(connection, visit.chat_id) or "id"
    duty = Duty(visit, staff, language, is_first, training)
    try:
        done = event(connection, duty)
    except FieldworkError as refused:
        return refuse(refused)
    if is_first:
        audit.note(connection, str(visit.chat_id), asked.action, detail | duty.noted, visit.now)
        if visit.name:
            stored.remember_name(connection, visit.chat_id, visit.name)
    return done


def note_forged(connection: Connection, visit: StaffVisit) -> None:
    """Button data that no button of ours carries."""
    if once(connection, visit.update_id, visit.now):
        audit.note(connection, actor_of(connection, visit), REFUSED, {"wanted": "?"}, visit.now)


def note_refused(connection: Connection, visit: StaffVisit, wanted: Action, why: str) -> None:
    """For what is refused outside `attend`, whose transaction is gone."""
    if once(connection, visit.update_id, visit.now):
        detail = {"wanted": wanted, "why": why}
        audit.note(connection, actor_of(connection, visit), REFUSED, detail, visit.now)


def who_is(connection: Connection, named: Named, chat_id: int) -> Staff | None:
    """None: nobody of the office."""
    row = stored.of_chat(connection, chat_id)
    return _merged(named, chat_id, row)


def everybody(connection: Connection, named: Named) -> list[Staff]:
    """Administrators first; those of the settings before those invited."""
    rows = {row.chat_id: row for row in stored.everybody(connection)}
    chats = dict.fromkeys([*sorted(named.administrators), *sorted(named.coordinators), *rows])
    merged = [_merged(named, chat_id, rows.get(chat_id)) for chat_id in chats]
    found = [one for one in merged if one is not None]
    return sorted(found, key=lambda one: one.role)


def administrators(connection: Connection, named: Named) -> frozenset[int]:
    found = everybody(connection, named)
    return frozenset(one.chat_id for one in found if one.role == "administrator")


def language_of(connection: Connection, chat_id: int) -> str:
    """Chosen in the chat with /bahasa; "" when the account is not known yet."""
    account = accounts.of_chat(connection, chat_id)
    return account.language if account else ""


def actor_of(connection: Connection, visit: StaffVisit) -> str:
    """Participants may try a command too; they stand in the log by a pseudonym."""
    if visit.chat_id in visit.named.administrators | visit.named.coordinators:
        return str(visit.chat_id)
    return strangers.actor_of(connection, visit.chat_id, visit.secret)


def _merged(named: Named, chat_id: int, row: stored.Row | None) -> Staff | None:
    if chat_id in named.administrators:
        return Staff(chat_id, "administrator", all_trainings=True, by_settings=True)
    invited = None
    if row is not None:
        role: Role = "administrator" if row.role == "administrator" else "coordinator"
        invited = Staff(chat_id, role, row.all_trainings, row.trainings)
    if chat_id not in named.coordinators:
        return invited
    if invited is not None and invited.role == "administrator":
        return invited
    return Staff(chat_id, "coordinator", all_trainings=True, by_settings=True)


def _why_not(asked: Asked, staff: Staff | None, training: Training | None) -> str:
    refused = why_not(asked.action, staff, asked.training_id)
    if not refused and PERMITS[asked.action].needs_training and training is None:
        return "pelatihan_tidak_ada"
    return refused


def _refuse(
    connection: Connection,
    visit: StaffVisit,
    detail: Mapping[str, str | int],
    refused: FieldworkError,
    *,
    first: bool,
) -> Refused:
    if first:
        why = {**detail, "why": refused.text_key}
        audit.note(connection, actor_of(connection, visit), REFUSED, why, visit.now)
    words = {"penyelenggara": visit.study.office.organiser, "nomor": str(visit.chat_id)}
    return Refused(
        refused.text_key, words | refused.arguments, language_of(connection, visit.chat_id),
        is_gone=isinstance(refused, NothingOpen),
    )  # fmt: skip


def _detail(asked: Asked, training: Training | None) -> dict[str, str | int]:
    if not asked.training_id:
        return dict(asked.detail)
    return {**asked.detail, "training": training.code if training else asked.training_id}
