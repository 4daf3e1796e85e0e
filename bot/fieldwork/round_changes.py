"""Changing a round by hand: extend, close at once, open again, give up, plan again. One function is one transaction.

1. Before the tap it is said what it means, after it what happened; both are a RoundPage, read from the state.
2. Responses, contacts and dispositions follow: an extended round has its last call later; one that is opened again has back
   what its closing settled and cancelled. Nobody gets a message twice, because a contact stays one row.
3. Buttons name the state they aim at (extended by so many working days), so a second tap changes nothing more.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork import contacting
from bot.fieldwork.ledger import RoundStatus, round_of, status_of
from bot.fieldwork.staff import Duty
from bot.fieldwork.timetables import timetable
from bot.fieldwork.trainings import TrainingView, view
from bot.store import round_changes as stored
from bot.store.rounds import Round
from bot.survey.schedule import (
    Timetable,
    closes_at,
    due_at,
    may_write,
    opening_on,
    planned_opening,
    steps,
    working_day_after,
)

OFFERED = (3, 5, 10)  # working days longer
MOST_EXTENDED = 120  # working days, all in all

Done = Literal["", "extended", "closed", "reopened", "given_up", "planned", "unchanged"]


@dataclass(frozen=True, slots=True)
class Ending:
    """A closing day that may be chosen."""

    extended_by: int
    on: date


@dataclass(frozen=True, slots=True)
class RoundPage:
    language: str
    training: TrainingView
    status: RoundStatus
    endings: tuple[Ending, ...]
    live_contacts: int
    done: Done = ""

    @property
    def round(self) -> Round:
        return self.status.round


def page(connection: Connection, duty: Duty, round_id: int) -> RoundPage:
    return _page(connection, duty, round_id, "")


def extend(connection: Connection, duty: Duty, round_id: int, extended_by: int) -> RoundPage:
    found, now = round_of(connection, duty, round_id), duty.visit.now
    changed = False
    if duty.is_first and found.opened_at is not None and extended_by <= MOST_EXTENDED:
        closing = _closing(duty, found, extended_by)
        changed = stored.extend(connection, found.id, extended_by, closing, now)
    if changed:
        _move_last_calls(connection, duty, found.id, extended_by)
    return _page(connection, duty, round_id, _outcome(duty, "extended", changed=changed))


def close(connection: Connection, duty: Duty, round_id: int) -> RoundPage:
    found = round_of(connection, duty, round_id)
    changed = duty.is_first and stored.close(connection, found.id, duty.visit.now)
    return _page(connection, duty, round_id, _outcome(duty, "closed", changed=changed))


def reopen(connection: Connection, duty: Duty, round_id: int, extended_by: int) -> RoundPage:
    found, now = round_of(connection, duty, round_id), duty.visit.now
    changed = False
    if duty.is_first and found.opened_at is not None and extended_by <= MOST_EXTENDED:
        closing = _closing(duty, found, extended_by)
        changed = closing > now and stored.reopen(connection, found.id, extended_by, closing, now)
    if changed:
        _plan_what_closing_cancelled(connection, duty, found.id, extended_by)
    return _page(connection, duty, round_id, _outcome(duty, "reopened", changed=changed))


def give_up(connection: Connection, duty: Duty, round_id: int) -> RoundPage:
    found = round_of(connection, duty, round_id)
    changed = duty.is_first and stored.give_up(connection, found.id, duty.visit.now)
    return _page(connection, duty, round_id, _outcome(duty, "given_up", changed=changed))


def plan_again(connection: Connection, duty: Duty, round_id: int) -> RoundPage:
    """By the plan, or on the next working day when that has passed."""
    found, now = round_of(connection, duty, round_id), duty.visit.now
    table = timetable(duty.visit.study, duty.training, found.kind, now)
    planned = planned_opening(table)
    tomorrow = now.astimezone(ZoneInfo(table.zone)).date() + timedelta(days=1)
    opening = planned if planned is not None and planned > now else opening_on(table, tomorrow)
    closing = closes_at(table, opening)
    changed = duty.is_first and stored.plan_again(connection, found.id, opening, closing)
    return _page(connection, duty, round_id, _outcome(duty, "planned", changed=changed))


def _outcome(duty: Duty, done: Done, *, changed: bool) -> Done:
    if changed or not duty.is_first:  # the same update again: it was answered so
        return done
    duty.noted["outcome"] = "unchanged"
    return "unchanged"


def _page(connection: Connection, duty: Duty, round_id: int, done: Done) -> RoundPage:
    found = round_of(connection, duty, round_id)
    status, live = status_of(connection, duty.visit.study, found)
    return RoundPage(
        duty.language, view(connection, duty.training), status, _endings(duty, found), live, done
    )


def _endings(duty: Duty, found: Round) -> tuple[Ending, ...]:
    """Of an open round: longer than now. Of a closed one: as planned, if that lies ahead, or so many working days from now."""
    if found.opened_at is None:
        return ()
    now, zone = duty.visit.now, ZoneInfo(duty.training.zone)
    if found.state == "open":
        choices = {found.extended_by + more for more in OFFERED}
    else:
        calendar = timetable(duty.visit.study, duty.training, found.kind, now).calendar
        today = now.astimezone(zone).date()
        days = [working_day_after(today, more, calendar) for more in OFFERED]
        choices = {0, *(_least(duty, found, day) for day in days)}
    closings = [(choice, _closing(duty, found, choice)) for choice in sorted(choices)]
    return tuple(
        Ending(choice, closing.astimezone(zone).date())
        for choice, closing in closings
        if closing > now and choice <= MOST_EXTENDED
    )


def _least(duty: Duty, found: Round, day: date) -> int:
    """By how many working days the round must be extended to be open on that day."""
    zone = ZoneInfo(duty.training.zone)
    return next(
        (
            more
            for more in range(MOST_EXTENDED + 1)
            if _closing(duty, found, more).astimezone(zone).date() >= day
        ),
        MOST_EXTENDED + 1,
    )


def _closing(duty: Duty, found: Round, extended_by: int) -> datetime:
    table = _table(duty, found, extended_by)
    assert found.opened_at is not None  # noqa: S101  # asked for opened rounds only
    return closes_at(table, may_write(table, found.opened_at))


def _table(duty: Duty, found: Round, extended_by: int) -> Timetable:
    visit = duty.visit
    return timetable(visit.study, duty.training, found.kind, visit.now, extended_by=extended_by)


def _move_last_calls(connection: Connection, duty: Duty, round_id: int, extended_by: int) -> None:
    table = _table(duty, round_of(connection, duty, round_id), extended_by)
    last = steps(table.plan)[-1].number
    planned = [
        (one, person, last) for one, person in stored.planned_last_calls(connection, round_id)
    ]
    too_late = stored.closed_contacts(connection, round_id)
    _plan(connection, duty, round_id, table, [*planned, *too_late])
    _plan_what_has_room_now(connection, duty, round_id, last)


def _plan_what_closing_cancelled(
    connection: Connection, duty: Duty, round_id: int, extended_by: int
) -> None:
    table = _table(duty, round_of(connection, duty, round_id), extended_by)
    _plan(connection, duty, round_id, table, stored.closed_contacts(connection, round_id))
    _plan_what_has_room_now(connection, duty, round_id, steps(table.plan)[-1].number)


def _plan_what_has_room_now(connection: Connection, duty: Duty, round_id: int, last: int) -> None:
    """Whoever came so late that the round was to close before their next reminder."""
    for person_id in stored.without_next(connection, round_id, last):
        contacting.write_again(connection, duty.visit.study, round_id, person_id, duty.visit.now)


def _plan(
    connection: Connection,
    duty: Duty,
    round_id: int,
    table: Timetable,
    planned: Sequence[tuple[int, int, int]],
) -> None:
    """Each when the plan has it; what that would be past, on the next working day."""
    invited, by_step = (
        stored.invited_at(connection, round_id),
        {one.number: one for one in steps(table.plan)},
    )
    today = duty.visit.now.astimezone(ZoneInfo(table.zone)).date()
    next_day = opening_on(table, today + timedelta(days=1))
    moments: defaultdict[datetime, list[int]] = defaultdict(list)
    for contact_id, person_id, number in planned:
        step, since = by_step.get(number), invited.get(person_id)
        due = due_at(table, step, since) if step is not None and since is not None else next_day
        moments[max(due, next_day)].append(contact_id)
    for moment, contact_ids in moments.items():
        stored.plan_contacts(connection, contact_ids, moment)
