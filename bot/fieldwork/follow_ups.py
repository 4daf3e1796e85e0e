"""A round that a coordinator triggers, of the alumni or of their peers: preview, other days, confirming, taking back. One function is one transaction.

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

from bot.fieldwork import issuing, letter_number
from bot.fieldwork.contact_case import ToSend
from bot.fieldwork.staff import Duty, StaffVisit
from bot.fieldwork.timetables import plan_of, timetable
from bot.fieldwork.trainings import StaffPage, TrainingView, seen_by, view
from bot.store import questionnaires, round_changes, rounds, trainings
from bot.store.rounds import Round
from bot.store.trainings import Enrolled, Training
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
PEERS = "followup_peer"  # the round that is opened in no other way
TO_TAKE_BACK = timedelta(seconds=30)
DAYS_OFFERED = 6
FARTHEST = timedelta(days=120)  # a day that a button names

State = Literal[
    "running", "nobody", "free", "confirmed", "open"
]  # running: the training itself; nobody: no peers are listed


@dataclass(frozen=True, slots=True)
class Preview:
    """To how many it goes, who gets nothing and why, when, and what the text will be filled with."""

    language: str
    kind: str
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
    ratings: int  # of peers
    sample: ToSend

    @property
    def of_peers(self) -> bool:
        return self.kind == PEERS


@dataclass(frozen=True, slots=True)
class Days:
    """When it may begin instead."""

    language: str
    kind: str
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
    kind: str
    training: TrainingView
    done: bool  # False: too late, or nothing was confirmed
    planned_on: date | None  # the plan opens it then


def followable(connection: Connection, duty: Duty) -> StaffPage:
    """The trainings that are over and whose follow-up has not been opened; the newest of them."""
    waiting = (
        training
        for training in trainings.newest(connection, LOOKED_AT, only=seen_by(duty))
        if _state(training, _round(connection, training, FOLLOW_UP), duty.visit.now)
        in {"free", "confirmed"}
    )
    listed = islice(waiting, MOST_LISTED)
    return StaffPage(duty.language, tuple(view(connection, one) for one in listed))


def preview(
    connection: Connection, duty: Duty, day: date | None = None, kind: str = FOLLOW_UP
) -> Preview:
    return _preview(connection, duty, kind, day)


def days(connection: Connection, duty: Duty, kind: str = FOLLOW_UP) -> Days:
    """The plan's own day and the next working days; others come with /tindaklanjut on another day."""
    training, now = duty.training, duty.visit.now
    table = timetable(duty.visit.study, training, kind, now)
    found, today = _round(connection, training, kind), _local(now, table)
    planned = found.opens_at if found and found.state == "planned" else None
    planned_on = _local(planned, table) if planned and planned > now else None
    ahead = tuple(
        working_day_after(today, count, table.calendar) for count in range(1, DAYS_OFFERED + 1)
    )
    return Days(
        duty.language, kind, view(connection, training), planned_on,
        tuple(day for day in ahead if day != planned_on),
    )  # fmt: skip


def cancel_follow_up(_connection: Connection, duty: Duty) -> StaffPage:
    """Nothing was begun, so there is nothing to undo; that it was cancelled is noted."""
    return StaffPage(duty.language, ())


def confirm(
    connection: Connection,
    duty: Duty,
    day: date | None = None,
    board_message_id: int | None = None,
    kind: str = FOLLOW_UP,
) -> Confirmed:
    """`board_message_id` is the message that was tapped: it will show how the sending goes."""
    visit, training = duty.visit, duty.training
    shown = _preview(connection, duty, kind, day)
    before = _round(connection, training, kind)
    if not duty.is_first:  # the same tap again: it is answered as it was
        mine = before is not None and before.triggered_by == visit.chat_id
        return Confirmed(shown, by_now=mine, opens_at=_waiting(before, training))
    done = shown.state == "free" and _confirm(connection, duty, shown, board_message_id)
    if not done:
        duty.noted["outcome"] = "unchanged"
    return Confirmed(shown, done, _waiting(_round(connection, training, kind), training))


def take_back(connection: Connection, duty: Duty, kind: str = FOLLOW_UP) -> TakenBack:
    """Until the ticker opens it."""
    training, now = duty.training, duty.visit.now
    before = _round(connection, training, kind)
    if duty.is_first:
        done = before is not None and rounds.take_back(connection, before.id, now)
    else:
        done = before is not None and before.opened_at is None and before.confirmed_at is None
    if not done:
        duty.noted["outcome"] = "unchanged"
    planned = _waiting(_round(connection, training, kind), training) if done else None
    return TakenBack(
        duty.language, kind, view(connection, training), done, planned.date() if planned else None
    )


def _confirm(
    connection: Connection, duty: Duty, shown: Preview, board_message_id: int | None
) -> bool:
    visit, training = duty.visit, duty.training
    table = timetable(visit.study, training, shown.kind, visit.now)
    opening = _opening(table, shown.day, visit.now)
    closing = closes_at(table, may_write(table, opening))
    is_planned = _round(connection, training, shown.kind) is not None
    round_id = rounds.plan(connection, training.id, shown.kind, opening, closing, anew=False)
    if not is_planned:  # taken back, it must not open at this very moment as if the plan had it
        round_changes.give_up(connection, round_id, visit.now)
    return rounds.confirm(
        connection, round_id, opens_at=opening, closes_at=closing, by=visit.chat_id,
        board_message_id=board_message_id, now=visit.now,
    )  # fmt: skip


def _waiting(found: Round | None, training: Training) -> datetime | None:
    """When it opens, in the training's zone; None when it is open or given up."""
    if found is None or found.state != "planned" or found.opens_at is None:
        return None
    return found.opens_at.astimezone(ZoneInfo(training.zone))


def _preview(connection: Connection, duty: Duty, kind: str, day: date | None) -> Preview:
    visit, training = duty.visit, duty.training
    study, now = visit.study, visit.now
    table = timetable(study, training, kind, now)
    is_ahead = day is not None and _local(now, table) < day <= _local(now, table) + FARTHEST
    day = day if is_ahead else None
    first_at = may_write(table, now if day is None else _opening(table, day, now))
    groups = _respondents(connection, study, training, kind)
    asked = [group[0] for group in groups]
    reachable = [
        group for group in groups
        if group[0].connected and not group[0].opted_out and not group[0].blocked
    ]  # fmt: skip
    closes_on = _local(closes_at(table, first_at), table)
    ahead = [_local(due_at(table, step, first_at), table) for step in steps(table.plan)]
    state = _state(training, _round(connection, training, kind), now)
    return Preview(
        language=duty.language,
        kind=kind,
        training=view(connection, training),
        state="nobody" if kind == PEERS and not groups and state == "free" else state,
        day=day,
        to_send=len(reachable),
        not_connected=tuple(one.name for one in asked if not one.connected),
        blocked=sum(one.blocked and not one.opted_out for one in asked if one.connected),
        opted_out=sum(one.opted_out for one in asked if one.connected),
        first_at=first_at.astimezone(ZoneInfo(training.zone)),
        reminders=tuple(ahead[1:-1]),
        last_call=ahead[-1],
        closes_on=closes_on,
        superiors_open_on=_superiors_open_on(study, training, kind, first_at),
        superior_pairs=_pairs(connection, study, training, kind),
        ratings=sum(len(group) for group in groups),
        sample=_sample(connection, duty, kind, reachable[0] if reachable else [], closes_on),
    )


def _respondents(
    connection: Connection, study: Study, training: Training, kind: str
) -> list[list[Enrolled]]:
    plan = plan_of(study, kind)
    enrolled = trainings.enrolled(connection, training.id, plan.role)
    return issuing.respondents(plan, training, enrolled, {})


def _opening(table: Timetable, day: date | None, now: datetime) -> datetime:
    return now + TO_TAKE_BACK if day is None else opening_on(table, day)


def _sample(
    connection: Connection, duty: Duty, kind: str, group: list[Enrolled], closes_on: date
) -> ToSend:
    """The invitation as one of them will read it."""
    visit, training = duty.visit, duty.training
    return ToSend(
        contact_id=0, chat_id=0, language="id", round_id=0, round_kind=kind, step=0,
        is_invitation=True, is_last=False, half_done=False,
        name=group[0].name if group else "...",
        training_title=training.full_title, ended_on=training.ends_on, closes_on=closes_on,
        items_left=0, seconds_left=_seconds(connection, visit, kind) * max(1, len(group)),
        alumni=max(1, len(group)),
        letter_number=letter_number.of_training(connection, visit.study, training.id),
    )  # fmt: skip


def _seconds(connection: Connection, visit: StaffVisit, kind: str) -> int:
    """Of what is asked in any case: branches open while one answers."""
    newest = questionnaires.newest(connection, plan_of(visit.study, kind).questionnaire)
    if newest is None:
        return 0
    questionnaire = questionnaires.of_id(connection, newest)
    untouched = Response(id=0, questionnaire=questionnaire.name, version=questionnaire.version)
    return remaining(
        questionnaire, untouched, visit.now, seconds_per_tap=visit.study.seconds_per_tap,
        seconds_per_text=visit.study.seconds_per_text,
    ).seconds  # fmt: skip


def _superiors_open_on(
    study: Study, training: Training, kind: str, first_at: datetime
) -> date | None:
    for follower, plan in study.rounds.items():
        if plan.after == kind:
            table = timetable(study, training, follower, first_at)
            day = _local(first_at, table) + timedelta(days=plan.after_days)
            return _local(opening_on(table, day), table)
    return None


def _pairs(connection: Connection, study: Study, training: Training, kind: str) -> int:
    for follower, plan in study.rounds.items():
        if plan.after == kind:
            groups = _respondents(connection, study, training, follower)
            return sum(len(group) for group in groups)
    return 0


def _round(connection: Connection, training: Training, kind: str) -> Round | None:
    return rounds.of_kind(connection, training.id, kind)


def _state(training: Training, found: Round | None, now: datetime) -> State:
    if now.astimezone(ZoneInfo(training.zone)).date() <= training.ends_on:
        return "running"
    if found is not None and found.opened_at is not None:
        return "open"
    return "confirmed" if found is not None and found.confirmed_at is not None else "free"


def _local(moment: datetime, table: Timetable) -> date:
    return moment.astimezone(ZoneInfo(table.zone)).date()
