"""Bringing colleagues in: a one-time link, good for 24 hours, to forward; and what becomes of it when it is opened.

1. Only the hash of a link is kept. It is derived from the invitation itself, so that the same update, and a second tap within
   seconds, show the same link instead of making another.
2. Who opens it is told who invites and to what, and takes it or says that it is not theirs; only then it is used up.
3. It counts only as long as whoever made it may still make it. Every refusal is in the audit log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NotAllowed
from bot.fieldwork import staff, tokens
from bot.fieldwork.once import once
from bot.fieldwork.permits import Action, Role, Staff, why_not
from bot.fieldwork.staff import Duty, Refused, StaffVisit
from bot.fieldwork.strangers import REFUSED
from bot.store import accounts, audit, invitations, trainings
from bot.store import staff as stored
from bot.store.invitations import Invitation, Purpose

GOOD_FOR = timedelta(hours=24)
A_SECOND_TAP = timedelta(seconds=10)
PREFIX = "s"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a link brings."""

    role: Role
    title: str  # of the training; "" for all
    expires_at: datetime  # in the office's zone


@dataclass(frozen=True, slots=True)
class Invited:
    language: str
    id: int
    token: str
    offer: Offer
    gives_up: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The link as who opened it sees it."""

    language: str
    token: str
    offer: Offer
    inviter: str


@dataclass(frozen=True, slots=True)
class Joined:
    language: str
    who: Staff
    name: str
    offer: Offer
    inviter_chat: int
    inviter_language: str
    inviter_may_remove: bool
    gave_up: bool


def invite(connection: Connection, duty: Duty, role: Role = "coordinator") -> Invited:
    """To the training of the duty, or to all."""
    return _invite(connection, duty, role, gives_up=False)


def hand_over(connection: Connection, duty: Duty) -> Invited:
    """As soon as the colleague accepts, whoever hands over no longer has the training."""
    if not may_give_up(duty):
        raise NotAllowed("serah_tetap_semua")
    return _invite(connection, duty, "coordinator", gives_up=True)


def may_give_up(duty: Duty) -> bool:
    """Who has all trainings cannot do without one."""
    return not duty.staff.all_trainings


def withdraw(connection: Connection, duty: Duty, invitation_id: int) -> str:
    """The language to answer in."""
    found = invitations.of_id(connection, invitation_id)
    if found is None:
        raise NotAllowed("undangan_tidak_dikenal")
    if found.invited_by != duty.visit.chat_id:
        duty.may(_to_make(found), found.training_id)
    withdrawn = invitations.withdraw(connection, invitation_id, duty.visit.now)
    if duty.is_first and not withdrawn:
        raise NotAllowed("undangan_terlambat_dibatalkan")
    return duty.language


def open_link(connection: Connection, visit: StaffVisit, token: str) -> Opened | Refused:
    first = once(connection, visit.update_id, visit.now)
    found = invitations.of_hash(connection, tokens.hashed(token))
    if found is None or (why := _why_not(connection, visit, found)):
        key = "undangan_tidak_dikenal" if found is None else why
        return _refuse(connection, visit, found, key, first=first)
    inviter = name_of(stored.names(connection), found.invited_by)
    offer = offered(connection, visit, found)
    return Opened(staff.language_of(connection, visit.chat_id), token, offer, inviter)


def decline(connection: Connection, visit: StaffVisit, token: str) -> str:
    """The link stays good for the one it is for. The language to answer in."""
    first = once(connection, visit.update_id, visit.now)
    found = invitations.of_hash(connection, tokens.hashed(token))
    if first and found is not None:
        actor = staff.actor_of(connection, visit)
        audit.note(connection, actor, "decline invitation", {"invitation": found.id}, visit.now)
    return staff.language_of(connection, visit.chat_id)


def accept(connection: Connection, visit: StaffVisit, token: str) -> Joined | Refused:
    first = once(connection, visit.update_id, visit.now)
    found = invitations.of_hash(connection, tokens.hashed(token))
    if found is not None and not first and found.used_by == visit.chat_id:
        return _joined(connection, visit, found)
    if found is None or (why := _why_not(connection, visit, found)):
        key = "undangan_tidak_dikenal" if found is None else why
        return _refuse(connection, visit, found, key, first=first)
    if not invitations.use(connection, found.id, visit.chat_id, visit.now):
        return _refuse(connection, visit, found, "undangan_dipakai", first=first)
    _join(connection, visit, found)
    detail = {"invitation": found.id, **_about(connection, found)}
    audit.note(connection, str(visit.chat_id), "accept invitation", detail, visit.now)
    return _joined(connection, visit, found)


def offered(connection: Connection, visit: StaffVisit, found: Invitation) -> Offer:
    training = trainings.of_id(connection, found.training_id) if found.training_id else None
    expires_at = found.expires_at.astimezone(ZoneInfo(visit.study.office.zone))
    return Offer(_role(found), training.full_title if training else "", expires_at)


def name_of(names: Mapping[int, str], chat_id: int) -> str:
    return names.get(chat_id) or str(chat_id)


def _invite(connection: Connection, duty: Duty, role: Role, *, gives_up: bool) -> Invited:
    visit = duty.visit
    meant = Purpose(visit.chat_id, role, duty.about.id if duty.about else None, gives_up)
    accounts.opened(connection, visit.chat_id, visit.now)  # held: a second tap waits for the first
    found = invitations.newest(connection, meant)
    if found is None or (duty.is_first and not _is_new(found, visit.now)):
        found = invitations.add(connection, meant, visit.now, visit.now + GOOD_FOR)
        token = _token(visit.secret, found)
        invitations.keep_hash(connection, found.id, tokens.hashed(token))
    elif duty.is_first:
        duty.noted["outcome"] = "unchanged"
    offer = offered(connection, visit, found)
    return Invited(duty.language, found.id, _token(visit.secret, found), offer, gives_up)


def _is_new(found: Invitation, now: datetime) -> bool:
    """Of the tap before this one."""
    is_good = found.used_by is None and found.withdrawn_at is None
    return is_good and found.invited_at > now - A_SECOND_TAP


def _token(secret: bytes, made: Invitation) -> str:
    """Its number alone may come again after a backup was put back."""
    words = f"staff:{made.id}:{made.invited_at.astimezone(UTC).isoformat()}"
    return PREFIX + tokens.derived(secret, words)


def _why_not(connection: Connection, visit: StaffVisit, found: Invitation) -> str:
    if found.used_by is not None:
        return "undangan_sudah_diterima" if found.used_by == visit.chat_id else "undangan_dipakai"
    if found.withdrawn_at is not None:
        return "undangan_dibatalkan"
    if found.expires_at <= visit.now:
        return "undangan_kedaluwarsa"
    if found.invited_by == visit.chat_id:
        return "undangan_sendiri"
    inviter = staff.who_is(connection, visit.named, found.invited_by)
    if why_not(_to_make(found), inviter, found.training_id):
        return "undangan_dibatalkan"
    present = staff.who_is(connection, visit.named, visit.chat_id)
    return "undangan_sudah_petugas" if present and _brings_nothing(found, present) else ""


def _to_make(found: Invitation) -> Action:
    """What one must be allowed to, to make such a link."""
    if found.role == "administrator":
        return "invite administrator"
    return "hand over training" if found.training_id else "invite coordinator"


def _brings_nothing(found: Invitation, present: Staff) -> bool:
    if present.role == "administrator":
        return True
    if found.role == "administrator":
        return False
    return present.all_trainings or (
        found.training_id is not None and present.has(found.training_id)
    )


def _join(connection: Connection, visit: StaffVisit, found: Invitation) -> None:
    chat_id, by, now = visit.chat_id, found.invited_by, visit.now
    present = stored.of_chat(connection, chat_id)
    if found.training_id is None:
        stored.save(connection, chat_id, found.role, all_trainings=True, by=by, now=now)
    else:
        if present is None:
            stored.save(connection, chat_id, found.role, all_trainings=False, by=by, now=now)
        stored.give(connection, chat_id, found.training_id)
        if found.gives_up:
            stored.take(connection, by, found.training_id)
    if visit.name:
        stored.remember_name(connection, chat_id, visit.name)


def _joined(connection: Connection, visit: StaffVisit, found: Invitation) -> Joined | Refused:
    who = staff.who_is(connection, visit.named, visit.chat_id)
    if who is None:
        return _refuse(connection, visit, found, "undangan_dibatalkan", first=False)
    inviter = staff.who_is(connection, visit.named, found.invited_by)
    return Joined(
        language=staff.language_of(connection, visit.chat_id),
        who=who,
        name=visit.name or str(visit.chat_id),
        offer=offered(connection, visit, found),
        inviter_chat=found.invited_by,
        inviter_language=staff.language_of(connection, found.invited_by) or "id",
        inviter_may_remove=not why_not("remove staff", inviter, None),
        gave_up=found.gives_up,
    )


def _refuse(
    connection: Connection,
    visit: StaffVisit,
    found: Invitation | None,
    key: str,
    *,
    first: bool,
) -> Refused:
    if first:
        detail: dict[str, str | int] = {"wanted": "accept invitation", "why": key}
        if found is not None:
            detail["invitation"] = found.id
        audit.note(connection, staff.actor_of(connection, visit), REFUSED, detail, visit.now)
    words = {"penyelenggara": visit.study.office.organiser}
    return Refused(key, words, staff.language_of(connection, visit.chat_id))


def _about(connection: Connection, found: Invitation) -> dict[str, str | int]:
    training = trainings.of_id(connection, found.training_id) if found.training_id else None
    about: dict[str, str | int] = {"role": found.role, "from": found.invited_by}
    if training is not None:
        about["training"] = training.code
    return about


def _role(found: Invitation) -> Role:
    return "administrator" if found.role == "administrator" else "coordinator"
