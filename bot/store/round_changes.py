"""What changing a round changes: given up, extended, closed at once, opened again, paused. Queries only.

Each is a compare-and-set on the state it was decided on; False means that somebody was first. Opening again brings back what
closing settled: the stage follows from the response itself, the disposition is the last one before it was settled.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, func, literal, select, update

from bot.store.moments import UtcDateTime
from bot.store.tables import contacts, disposition_history, responses, rounds

CLOSED_NOTE = "the round closed"
STOPPED_NOTE = "the sending was stopped"
TOO_LATE = ", and then it is closed"  # what it waited for comes before this


def give_up(connection: Connection, round_id: int, now: datetime) -> bool:
    """It does not open by itself any more."""
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.opened_at.is_(None), rounds.c.closed_at.is_(None))
        .values(
            closed_at=now, confirmed_at=None, planned_opens_at=None, triggered_by=None,
            board_message_id=None,
        )
    )  # fmt: skip
    return changed.rowcount == 1


def plan_again(
    connection: Connection, round_id: int, opens_at: datetime, closes_at: datetime
) -> bool:
    """One that was given up unopened."""
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.opened_at.is_(None))
        .where(rounds.c.closed_at.is_not(None))
        .values(opens_at=opens_at, closes_at=closes_at, closed_at=None)
    )
    return changed.rowcount == 1


def extend(
    connection: Connection, round_id: int, extended_by: int, closes_at: datetime, now: datetime
) -> bool:
    """False: it is not open, or goes on that long already."""
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, *_is_open(now), rounds.c.extended_by < extended_by)
        .values(extended_by=extended_by, closes_at=closes_at)
    )
    return changed.rowcount == 1


def close(connection: Connection, round_id: int, now: datetime) -> bool:
    """From now on nothing is taken; the ticker settles the responses."""
    changed = connection.execute(
        update(rounds).where(rounds.c.id == round_id, *_is_open(now)).values(closes_at=now)
    )
    return changed.rowcount == 1


def reopen(
    connection: Connection, round_id: int, extended_by: int, closes_at: datetime, now: datetime
) -> bool:
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.opened_at.is_not(None))
        .where(rounds.c.closed_at.is_not(None))
        .values(
            closed_at=None, closes_at=closes_at, extended_by=extended_by, close_failures=0,
            close_again_at=None, paused_at=None,
        )
    )  # fmt: skip
    if changed.rowcount == 1:
        _unsettle(connection, round_id, now)
    return changed.rowcount == 1


def pause(connection: Connection, round_id: int, now: datetime) -> bool:
    """Nobody is written to in this round; what is planned stays planned."""
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, *_is_open(now), rounds.c.paused_at.is_(None))
        .values(paused_at=now)
    )
    return changed.rowcount == 1


def resume(connection: Connection, round_id: int) -> bool:
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.paused_at.is_not(None))
        .values(paused_at=None)
    )
    return changed.rowcount == 1


def stop_sending(connection: Connection, round_id: int) -> int:
    """Whose invitation is not out yet is not invited; the others go on. How many these are.

    What is on its way is noted too: when it was not sent after all, it is not sent later either.
    """
    invitations = update(contacts).where(contacts.c.round_id == round_id, contacts.c.step == 0)
    connection.execute(invitations.where(contacts.c.state == "claimed").values(note=STOPPED_NOTE))
    changed = connection.execute(
        invitations.where(contacts.c.state == "planned").values(
            state="cancelled", note=STOPPED_NOTE
        )
    )
    return changed.rowcount


def closed_contacts(connection: Connection, round_id: int) -> Sequence[tuple[int, int, int]]:
    """(contact, person, step) of those that the closing cancelled, or that would have come after it."""
    of_closing = (contacts.c.note == CLOSED_NOTE) | contacts.c.note.endswith(TOO_LATE)
    query = select(contacts.c.id, contacts.c.person_id, contacts.c.step).where(
        contacts.c.round_id == round_id, contacts.c.state == "cancelled", of_closing
    )
    return [(row.id, row.person_id, row.step) for row in connection.execute(query)]


def without_next(connection: Connection, round_id: int, last_step: int) -> Sequence[int]:
    """Whom nothing is planned for, although the plan has more than they got."""
    is_live = case((contacts.c.state.in_(("planned", "claimed")), 1), else_=0)
    query = (
        select(contacts.c.person_id)
        .where(contacts.c.round_id == round_id)
        .group_by(contacts.c.person_id)
        .having(func.max(is_live) == 0, func.max(contacts.c.step) < last_step)
        .order_by(contacts.c.person_id)
    )
    return list(connection.execute(query).scalars())


def planned_last_calls(connection: Connection, round_id: int) -> Sequence[tuple[int, int]]:
    """(contact, person)."""
    query = select(contacts.c.id, contacts.c.person_id).where(
        contacts.c.round_id == round_id,
        contacts.c.state == "planned",
        contacts.c.kind == "last_call",
    )
    return [(row.id, row.person_id) for row in connection.execute(query)]


def invited_at(connection: Connection, round_id: int) -> Mapping[int, datetime]:
    """By person: from when the working days of the plan are counted."""
    query = select(
        contacts.c.person_id, func.coalesce(contacts.c.sent_at, contacts.c.due_at).label("at")
    ).where(contacts.c.round_id == round_id, contacts.c.step == 0)
    return {row.person_id: row.at for row in connection.execute(query)}


def plan_contacts(connection: Connection, contact_ids: Sequence[int], due_at: datetime) -> None:
    """Planned for then, also those that were cancelled."""
    connection.execute(
        update(contacts)
        .where(contacts.c.id.in_(contact_ids), contacts.c.state.in_(("planned", "cancelled")))
        .values(state="planned", due_at=due_at, note="", claimed_at=None)
    )


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (rounds.c.opened_at.is_not(None), rounds.c.closed_at.is_(None), rounds.c.closes_at > now)


def _unsettle(connection: Connection, round_id: int, now: datetime) -> None:
    settled = (responses.c.round_id == round_id) & responses.c.settled_at.is_not(None)
    before = func.coalesce(
        select(disposition_history.c.disposition)
        .where(
            disposition_history.c.response_id == responses.c.id,
            disposition_history.c.at < responses.c.settled_at,
        )
        .order_by(disposition_history.c.id.desc())
        .limit(1)
        .correlate(responses)
        .scalar_subquery(),
        "issued",
    )
    returning = select(responses.c.id, before, literal(now, UtcDateTime)).where(
        settled, responses.c.disposition != before
    )
    connection.execute(
        disposition_history.insert().from_select(["response_id", "disposition", "at"], returning)
    )
    was_done = responses.c.completed_at.is_not(None) | (before == "refused")
    stage = case(
        (responses.c.current.is_not(None), "asking"),
        (was_done, "done"),
        (responses.c.begun_at.is_not(None), "review"),
        else_="asking",
    )
    connection.execute(
        update(responses)
        .where(settled)
        .values(disposition=before, stage=stage, settled_at=None, revision=responses.c.revision + 1)
    )
