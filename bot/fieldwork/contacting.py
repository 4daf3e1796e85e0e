"""The contact contract: whom we write to first, when, and what stops it. One function is one transaction; nothing is sent.

1. Per person and round one contact is live at a time. When it is settled the next one is planned, so a crash
   between claim and sending costs one reminder and never repeats one. An unconfirmed invitation is repeated once, unless
   the person has begun meanwhile: then it did arrive.
2. In the chat's own queue, right before sending, `recheck` looks again: still outstanding, round open, connected, not
   opted out, not blocked, office hours of that person's zone, at most so many in 30 days and so many hours apart.
3. A time that the person chose is kept as it is: hours and distances do not apply to it, but it counts for the others.
4. What the person wishes while a contact is on its way, or while nobody knows what became of it, holds like any other wish.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from bot.fieldwork.contact_case import (
    NOTHING_OUTSTANDING,
    Case,
    ToSend,
    case_of,
    outstanding,
    postponed,
    reason_to_stop,
    to_send,
)
from bot.store import contacts, dispositions, jobs, responses, rounds
from bot.store.contacts import Contact, Planned
from bot.store.round_changes import STOPPED_NOTE, TOO_LATE
from bot.store.trainings import CAME_BY_THEMSELVES
from bot.survey.schedule import next_step, next_summary, steps
from bot.survey.study import Study

Outcome = Literal[
    "sent", "unreachable", "unknown", "refused"
]  # refused: Telegram did not take the text

LEASE = timedelta(minutes=10)  # a claim older than this was lost with its process
AFTER_A_FAILURE = timedelta(hours=1)
INVITATION_ATTEMPTS = 2
COMPLETE = "complete"
PAUSED = "the sending is paused"
ARRIVED = "unconfirmed, but the person began"
NO_MORE = "asked to stop"
CALL_INSTEAD = "asked to be called"
_WISHES = frozenset({NO_MORE, CALL_INSTEAD})


@dataclass(frozen=True, slots=True)
class Claimed:
    contact_id: int
    chat_id: int


def plan_invitations(
    connection: Connection, round_id: int, person_ids: Sequence[int], due: datetime
) -> None:
    planned = [Planned(round_id, person, 0, "invitation", due) for person in person_ids]
    contacts.plan(connection, planned)


def came_by_themselves(
    connection: Connection, study: Study, round_id: int, person_id: int, now: datetime
) -> None:
    """Connected while the round is open: the invitation counts as given, the next reminder is planned."""
    contacts.note_given(connection, round_id, person_id, now, CAME_BY_THEMSELVES)
    before = contacts.of_round(connection, round_id, person_id)
    if not any(contact.state in contacts.LIVE for contact in before):
        _plan_next(connection, study, before[-1], now)
    _invite(connection, round_id, person_id, now)


def claim_due(connection: Connection, study: Study, now: datetime, limit: int) -> list[Claimed]:
    """Compare-and-set: what is returned is ours to send until the lease ends."""
    for lost in contacts.expired(connection, now - LEASE):
        record(connection, study, lost.id, "unknown", now)
    claimed = contacts.claim(connection, now, limit)
    chats = contacts.chats_of(connection, [contact.person_id for contact in claimed])
    for contact in claimed:
        if contact.person_id not in chats:
            contacts.settle(connection, contact.id, "cancelled", "not connected")
    return [
        Claimed(contact.id, chats[contact.person_id])
        for contact in claimed
        if contact.person_id in chats
    ]


def recheck(connection: Connection, study: Study, contact_id: int, now: datetime) -> ToSend | None:
    """Right before sending. None: it is not to be sent now; why is noted with the contact."""
    contact = contacts.renew(connection, contact_id, now)
    if contact is None:
        return None
    case = case_of(connection, study, contact, now)
    if case.round.paused_at is not None and contact.kind != "snooze":
        contacts.put_back(connection, contact_id, contact.due_at, PAUSED, tried=False)
        return None
    before = contacts.of_round(connection, contact.round_id, contact.person_id)
    is_planned_by_us = contact.kind not in {"snooze", contacts.NEWS}
    if why := reason_to_stop(case, now) or (_wish(before) if is_planned_by_us else ""):
        contacts.settle(connection, contact_id, "cancelled", why)
        if why == "blocked":  # they may come back before the next one
            _plan_next(connection, study, contact, now)
        return None
    if _did_arrive(case, before):
        contacts.settle(connection, contact_id, "unknown", ARRIVED, contact.due_at - LEASE)
        _plan_next(connection, study, contact, now)
        return None
    until, why = postponed(connection, study, case, now)
    if until > now:
        _put_off(connection, case, until, why)
        return None
    return to_send(connection, study, case, now)


def record(
    connection: Connection, study: Study, contact_id: int, outcome: Outcome, now: datetime
) -> None:
    contact = contacts.of_id(connection, contact_id)
    if contact is None:
        return
    is_stopped = contact.note == STOPPED_NOTE
    repeatable = contact.step == 0 and contact.attempts < INVITATION_ATTEMPTS and not is_stopped
    if outcome == "unknown" and repeatable:
        contacts.put_back(connection, contact_id, now + LEASE, contacts.UNCONFIRMED, tried=True)
        return
    sent_at = now if outcome in {"sent", "unknown"} else None
    contacts.settle(connection, contact_id, outcome, "" if is_stopped else contact.note, sent_at)
    if outcome == "sent":
        _invite(connection, contact.round_id, contact.person_id, now)
    _plan_next(connection, study, contact, now)


def postpone(connection: Connection, contact_id: int, until: datetime, why: str) -> None:
    """Telegram or we could not do it now; nothing was sent."""
    contacts.put_back(connection, contact_id, until, why, tried=False)


def snooze(
    connection: Connection,
    study: Study,
    round_id: int,
    person_id: int,
    *,
    until: datetime,
    now: datetime,
) -> datetime | None:
    """The chosen time replaces the next reminder. None: the round closes before it; nothing is changed."""
    found = rounds.of_id(connection, round_id)
    if found is None or found.closes_at is None or until >= found.closes_at or until <= now:
        return None
    before = contacts.of_round(connection, round_id, person_id)
    planned = [contact for contact in before if contact.state == "planned"]
    if planned:
        contacts.choose_time(connection, planned[0].id, until)
    else:
        step = _step_to_replace(before, len(steps(study.rounds[found.kind])))
        contacts.plan(connection, [Planned(round_id, person_id, step, "snooze", until)])
    return until


def withdraw(
    connection: Connection, round_id: int, person_id: int, now: datetime, why: str = COMPLETE
) -> None:
    """No further contact once nothing of that person is outstanding in the round."""
    del now
    if not outstanding(connection, round_id, person_id):
        contacts.cancel_planned(connection, round_id, why, person_id)


def write_again(
    connection: Connection, study: Study, round_id: int, person_id: int, now: datetime
) -> None:
    """Something new is outstanding for somebody whose contacts may have ended because nothing was; never against their wish."""
    before = contacts.of_round(connection, round_id, person_id)
    is_live = any(contact.state in contacts.LIVE for contact in before)
    if not before or is_live or not outstanding(connection, round_id, person_id):
        return
    last = before[-1]
    if last.state == "cancelled" and last.note in {COMPLETE, NOTHING_OUTSTANDING}:
        contacts.put_back(connection, last.id, now, "", tried=True)
    elif last.state != "cancelled" or last.note == CAME_BY_THEMSELVES:
        _plan_next(connection, study, last, now)


def stop_reminding(
    connection: Connection, round_id: int, person_id: int, now: datetime, why: str = NO_MORE
) -> None:
    """Although something is outstanding: "Cukup sampai di sini", "Tidak perlu diingatkan"."""
    if not contacts.cancel_planned(connection, round_id, why, person_id):
        contacts.note_stop(connection, round_id, person_id, now, why)


def withdraw_everywhere(
    connection: Connection, person_id: int, now: datetime, why: str = "asked not to be contacted"
) -> None:
    del now
    contacts.cancel_everywhere(connection, person_id, why)


def next_due(connection: Connection, study: Study, now: datetime) -> datetime:
    """The earliest moment at which a tick has something to do; there always is the next summary."""
    found = (
        contacts.next_due(connection),
        rounds.next_moment(connection),
        jobs.next_due(connection),
        next_summary(study, now),
    )
    return min(moment for moment in found if moment is not None)


def _did_arrive(case: Case, before: Sequence[Contact]) -> bool:
    is_repeat = case.contact.kind == "invitation" and case.contact.attempts > 1
    has_begun = any(found.response.begun_at for found in case.outstanding)
    return is_repeat and (has_begun or any(contact.kind == "snooze" for contact in before))


def _wish(before: Sequence[Contact]) -> str:
    """Against any further contact of the round; "": there is none."""
    return next((contact.note for contact in before if contact.note in _WISHES), "")


def _step_to_replace(before: Sequence[Contact], beyond: int) -> int:
    """The next reminder, while the one before it is on its way; else beyond the plan."""
    taken = {contact.step for contact in before}
    on_its_way = [contact.step + 1 for contact in before if contact.state == "claimed"]
    if on_its_way and on_its_way[0] not in taken:
        return on_its_way[0]
    return max(max(taken, default=0) + 1, beyond)


def _put_off(connection: Connection, case: Case, until: datetime, why: str) -> None:
    ends = case.round.closes_at if case.contact.kind != contacts.NEWS else None
    if ends is not None and until >= ends:
        contacts.settle(connection, case.contact.id, "cancelled", why + TOO_LATE)
    else:
        contacts.put_back(connection, case.contact.id, until, why, tried=False)


def _plan_next(connection: Connection, study: Study, contact: Contact, now: datetime) -> None:
    case = case_of(connection, study, contact, now)
    if case.round.state != "open" or case.round.closes_at is None or not case.outstanding:
        return
    before = contacts.of_round(connection, contact.round_id, contact.person_id)
    if _wish(before) or any(one.kind == "snooze" and one.state == "planned" for one in before):
        return
    invitation = before[0]
    invited_at = invitation.sent_at or invitation.due_at
    found = next_step(case.table, contact.step, invited_at, now)
    if found is not None and found[1] < case.round.closes_at:
        step, due = found
        planned = Planned(contact.round_id, contact.person_id, step.number, step.kind, due)
        contacts.plan(connection, [planned])


def _invite(connection: Connection, round_id: int, person_id: int, now: datetime) -> None:
    for found in responses.of_person_in(connection, person_id, round_id):
        if found.response.disposition == "issued":
            dispositions.dispose(connection, found.response.id, "invited", now)
