"""The follow-up round that a coordinator triggers: preview, other days, confirming, taking back. One function is one transaction.

Confirming opens nothing yet: the round's opening lies half a minute ahead (or on the chosen day), and until the ticker opens
it, it can be taken back; that survives a restart. The state decides: a second tap, or a second coordinator, confirms nothing
twice.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork import issuing
from bot.fieldwork.contact_case import ToSend
from bot.fieldwork.staff import Duty, StaffVisit
from bot.fieldwork.timetables import plan_of, timetable
from bot.fieldwork.trainings import StaffPage, TrainingView, seen_by, view
from bot.store import questionnaires, rounds, trainings
from bot.store.rounds import Round
from bot.store.trainings import Training
from bot.survey.progress import remaining
from bot.survey.record import Response
from bot.survey.schedule import (
    Timetable,
    closes_at,
    due_at,
    may_write,
    opening_on,
    steps,
    working_day_after,
)
from bot.survey.study import Study

LOOKED_AT, MOST_LISTED = 100, 10  # trainings
FOLLOW_UP = "followup_alumni"  # the round that /tindaklanjut triggers
TO_TAKE_BACK = timedelta(seconds=30)
DAYS_OFFERED = 6
FARTHEST = timedelta(days=120)  # a day that a button names

State = Literal["running", "free", "confirmed", "open"]  # running: the training itself


@dataclass(frozen=True, slots=True)
class Preview:
    """To how many it goes, who gets nothing and why, when, and what the text will be filled with."""

    language: str
    training: TrainingView
    state: State
    day: date | None  # chosen for the opening; None: now
    to_send: int
    not_connected: tuple[str, ...]
    blocked: int
    opted_out: int
    first_at: datetime  # in the training's zone
    reminders: tuple[date, ...]
    last_call: date
    closes_on: date
    superiors_open_on: date | None
    superior_pairs: int
    sample: ToSend


@dataclass(frozen=True, slots=True)
class Days:
    """When it may begin instead."""

    language: str
    training: TrainingView
    planned_on: date | None  # by the plan, when that lies ahead
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    preview: Preview
    by_now: bool  # False: it was confirmed or opened before, nothing was changed
    opens_at: datetime | None  # in the training's zone; None when it is open or impossible


@dataclass(frozen=True, slots=True)
class TakenBack:
    language: str
    training: TrainingView
    done: bool  # False: too late, or nothing was confirmed
    planned_on: date | None  # the plan opens it then


def followable(connection: Connection, duty: Duty) -> StaffPage:
    """The trainings that are over and whose follow-up has not been opened; the newest of them."""
    waiting = (
        training
        for training in trainings.newest(connection, LOOKED_AT, only=seen_by(duty))
        if _state(training, _round(connection, training), duty.visit.now) in {"free", "confirmed"}
    )
    listed = islice(waiting, MOST_LISTED)
    return StaffPage(duty.language, tuple(view(connection, one) for one in listed))


def preview(connection: Connection, duty: Duty, day: date | None = None) -> Preview:
    return _preview(connection, duty, duty.training, day)


def days(connection: Connection, duty: Duty) -> Days:
    """The plan's own day and the next working days; others come with /tindaklanjut on another day."""
    training, now = duty.training, duty.visit.now
    table = timetable(duty.visit.study, training, FOLLOW_UP, now)
    found, today = _round(connection, training), _local(now, table)
    planned = found.opens_at if found and found.state == "planned" else None
    planned_on = _local(planned, table) if planned and planned > now else None
    ahead = tuple(
        working_day_after(today, count, table.calendar) for count in range(1, DAYS_OFFERED + 1)
    )
    return Days(
        duty.language, view(connection, training), planned_on,
        tuple(day for day in ahead if day != planned_on),
    )  # fmt: skip


def cancel_follow_up(_connection: Connection, duty: Duty) -> StaffPage:
    """Nothing was begun, so there is nothing to undo; that it was cancelled is noted."""
    return StaffPage(duty.language, ())


def confirm(
    connection: Connection, duty: Duty, day: date | None = None, board_message_id: int | None = None
) -> Confirmed:
    """`board_message_id` is the message that was tapped: it will show how the sending goes."""
    visit, training = duty.visit, duty.training
    shown = _preview(connection, duty, training, day)
    before = _round(connection, training)
    if not duty.is_first:  # the same tap again: it is answered as it was
        mine = before is not None and before.triggered_by == visit.chat_id
        return Confirmed(shown, by_now=mine, opens_at=_waiting(before, training))
    done = shown.state == "free" and _confirm(
        connection, visit, training, shown.day, board_message_id
    )
    if not done:
        duty.noted["outcome"] = "unchanged"
    return Confirmed(shown, done, _waiting(_round(connection, training), training))


def take_back(connection: Connection, duty: Duty) -> TakenBack:
    """Until the ticker opens it."""
    training, now = duty.training, duty.visit.now
    before = _round(connection, training)
    if duty.is_first:
        done = before is not None and rounds.take_back(connection, before.id, now)
    else:
        done = before is not None and before.opened_at is None and before.confirmed_at is None
    if not done:
        duty.noted["outcome"] = "unchanged"
    planned = _waiting(_round(connection, training), training) if done else None
    return TakenBack(
        duty.language, view(connection, training), done, planned.date() if planned else None
    )


def _confirm(
    connection: Connection,
    visit: StaffVisit,
    training: Training,
    day: date | None,
    board_message_id: int | None,
) -> bool:
    table = timetable(visit.study, training, FOLLOW_UP, visit.now)
    opening = _opening(table, day, visit.now)
    closing = closes_at(table, may_write(table, opening))
    round_id = rounds.plan(connection, training.id, FOLLOW_UP, opening, closing, anew=False)
    return rounds.confirm(
        connection, round_id, opens_at=opening, closes_at=closing, by=visit.chat_id,
        board_message_id=board_message_id, now=visit.now,
    )  # fmt: skip


def _waiting(found: Round | None, training: Training) -> datetime | None:
    """When it opens, in the training's zone; None when it is open or given up."""
    if found is None or found.state != "planned" or found.opens_at is None:
        return None
    return found.opens_at.astimezone(ZoneInfo(training.zone))


def _preview(connection: Connection, duty: Duty, training: Training, day: date | None) -> Preview:
    visit = duty.visit
    study, now = visit.study, visit.now
    table = timetable(study, training, FOLLOW_UP, now)
    day = (
        day
        if day is not None and _local(now, table) < day <= _local(now, table) + FARTHEST
        else None
    )
    first_at = may_write(table, now if day is None else _opening(table, day, now))
    enrolled = trainings.enrolled(connection, training.id, "participant")
    reachable = [one for one in enrolled if one.connected and not one.opted_out and not one.blocked]
    name = reachable[0].name if reachable else "..."
    closes_on = _local(closes_at(table, first_at), table)
    ahead = [_local(due_at(table, step, first_at), table) for step in steps(table.plan)]
    return Preview(
        language=duty.language,
        training=view(connection, training),
        state=_state(training, _round(connection, training), now),
        day=day,
        to_send=len(reachable),
        not_connected=tuple(one.name for one in enrolled if not one.connected),
        blocked=sum(one.blocked and not one.opted_out for one in enrolled if one.connected),
        opted_out=sum(one.opted_out for one in enrolled if one.connected),
        first_at=first_at.astimezone(ZoneInfo(training.zone)),
        reminders=tuple(ahead[1:-1]),
        last_call=ahead[-1],
        closes_on=closes_on,
        superiors_open_on=_superiors_open_on(study, training, first_at),
        superior_pairs=_pairs(connection, study, training),
        sample=_sample(connection, visit, training, name, closes_on),
    )


def _opening(table: Timetable, day: date | None, now: datetime) -> datetime:
    return now + TO_TAKE_BACK if day is None else opening_on(table, day)


def _sample(
    connection: Connection, visit: StaffVisit, training: Training, name: str, closes_on: date
) -> ToSend:
    """The invitation as one of them will read it."""
    return ToSend(
        contact_id=0, chat_id=0, language="id", round_id=0, round_kind=FOLLOW_UP, step=0,
        is_invitation=True, is_last=False, half_done=False,
        name=name, training_title=training.full_title, ended_on=training.ends_on,
        closes_on=closes_on, items_left=0, seconds_left=_seconds(connection, visit), alumni=0,
    )  # fmt: skip


def _seconds(connection: Connection, visit: StaffVisit) -> int:
    """Of what is asked in any case: branches open while one answers."""
    newest = questionnaires.newest(connection, plan_of(visit.study, FOLLOW_UP).questionnaire)
    if newest is None:
        return 0
    questionnaire = questionnaires.of_id(connection, newest)
    untouched = Response(id=0, questionnaire=questionnaire.name, version=questionnaire.version)
    return remaining(
        questionnaire, untouched, visit.now, seconds_per_tap=visit.study.seconds_per_tap,
        seconds_per_text=visit.study.seconds_per_text,
    ).seconds  # fmt: skip


def _superiors_open_on(study: Study, training: Training, first_at: datetime) -> date | None:
    for kind, plan in study.rounds.items():
        if plan.after == FOLLOW_UP:
            table = timetable(study, training, kind, first_at)
            day = _local(first_at, table) + timedelta(days=plan.after_days)
            return _local(opening_on(table, day), table)
    return None


def _pairs(connection: Connection, study: Study, training: Training) -> int:
    for plan in study.rounds.values():
        if plan.after == FOLLOW_UP:
            enrolled = trainings.enrolled(connection, training.id, plan.role)
            return sum(len(group) for group in issuing.respondents(plan, training, enrolled, {}))
    return 0


def _round(connection: Connection, training: Training) -> Round | None:
    return rounds.of_kind(connection, training.id, FOLLOW_UP)


def _state(training: Training, found: Round | None, now: datetime) -> State:
    if now.astimezone(ZoneInfo(training.zone)).date() <= training.ends_on:
        return "running"
    if found is not None and found.opened_at is not None:
        return "open"
    return "confirmed" if found is not None and found.confirmed_at is not None else "free"


def _local(moment: datetime, table: Timetable) -> date:
    return moment.astimezone(ZoneInfo(table.zone)).date()
