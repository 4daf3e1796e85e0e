"""When a round opens and closes, and when we may write to a person first. Pure: the day is an argument.

The rules are those of study.toml: working days are Monday to Friday without the holidays that are
passed in, changed by the office's own overrides; reminders are counted in working days after the
invitation. A round closes in the last minute of its closing day, because its date is what people
were told ("sampai Rabu, 3 Februari 2027"). No file, clock or calendar library is opened here.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Literal
from zoneinfo import ZoneInfo

from bot.survey.study import Hours, RoundPlan, Study

ContactKind = Literal["invitation", "reminder", "last_call"]

_DAY = timedelta(days=1)
_LAST_MINUTE = time(23, 59)
_SATURDAY = 5
_HORIZON = 400  # days; a longer row of holidays is a mistake in the calendar


@dataclass(frozen=True, slots=True)
class Calendar:
    hours: Hours
    holidays: frozenset[date]
    ramadan: frozenset[date]


@dataclass(frozen=True, slots=True)
class Step:
    number: int  # 0 is the invitation
    kind: ContactKind
    working_days: int  # after the invitation


@dataclass(frozen=True, slots=True)
class Timetable:
    """Everything that fixes the moments of one round for one person."""

    plan: RoundPlan
    ends_on: date  # last class day
    zone: str
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class SummaryMoment:
    week: str  # the ISO week in which it is sent: 2027-W05
    at: datetime


def calendar(hours: Hours, holidays: Collection[date], fasting_ends: Collection[date]) -> Calendar:
    """`fasting_ends` holds each Idul Fitri; the thirty days before it have the shorter hours."""
    ramadan = {end - _DAY * ago for end in fasting_ends for ago in range(1, 31)}
    return Calendar(hours, frozenset(holidays), frozenset(ramadan))


def is_working_day(day: date, calendar: Calendar) -> bool:
    if day in calendar.hours.extra_working_days:
        return True
    off = day in calendar.holidays or day in calendar.hours.extra_holidays
    return day.weekday() < _SATURDAY and not off


def working_day_after(day: date, count: int, calendar: Calendar) -> date:
    """The count-th working day after `day`, which itself may be any day; 0 is `day`."""
    for _ in range(count):
        day = next(later for later in _days_after(day) if is_working_day(later, calendar))
    return day


def windows(day: date, calendar: Calendar) -> tuple[tuple[time, time], ...]:
    if not is_working_day(day, calendar):
        return ()
    if day in calendar.ramadan:
        return (calendar.hours.ramadan,)
    return (calendar.hours.morning, calendar.hours.afternoon)


def next_moment_inside(moment: datetime, zone: str, calendar: Calendar) -> datetime:
    """`moment` itself when the office is open in that zone, else the next opening."""
    local = moment.astimezone(ZoneInfo(zone))
    for day in chain((local.date(),), _days_after(local.date())):
        for begins, ends in windows(day, calendar):
            opening, closing = _at(day, begins, zone), _at(day, ends, zone)
            if moment < closing:
                return max(moment.astimezone(UTC), opening)
    raise AssertionError("unreachable: _days_after ends with an error")


def planned_opening(table: Timetable) -> datetime | None:
    """None when the round is only ever opened by hand."""
    if table.plan.offset_days is None:
        return None
    return opening_on(table, table.ends_on + _DAY * table.plan.offset_days)


def opening_on(table: Timetable, day: date) -> datetime:
    return may_write(table, _at(day, table.plan.opens_at, table.zone))


def may_write(table: Timetable, moment: datetime) -> datetime:
    """The first moment from `moment` on at which a contact of this round may go out."""
    on_class_day = moment.astimezone(ZoneInfo(table.zone)).date() == table.ends_on
    if table.plan.ignore_hours_on_class_day and on_class_day:
        return moment.astimezone(UTC)
    return next_moment_inside(moment, table.zone, table.calendar)


def closes_at(table: Timetable, opened_at: datetime) -> datetime:
    opened_on = opened_at.astimezone(ZoneInfo(table.zone)).date()
    day = working_day_after(opened_on, table.plan.closes, table.calendar)
    return _at(day, _LAST_MINUTE, table.zone)


def is_overdue(closes: datetime | None, now: datetime) -> bool:
    return closes is not None and closes <= now


def steps(plan: RoundPlan) -> tuple[Step, ...]:
    reminders = (Step(n, "reminder", days) for n, days in enumerate(plan.reminders, start=1))
    last = Step(len(plan.reminders) + 1, "last_call", plan.last_call)
    return (Step(0, "invitation", 0), *reminders, last)


def due_at(table: Timetable, step: Step, invited_at: datetime) -> datetime:
    if step.number == 0:
        return invited_at
    invited_on = invited_at.astimezone(ZoneInfo(table.zone)).date()
    day = working_day_after(invited_on, step.working_days, table.calendar)
    moment = _at(day, table.plan.opens_at, table.zone)
    return next_moment_inside(moment, table.zone, table.calendar)


def next_step(
    table: Timetable, after: int, invited_at: datetime, now: datetime
) -> tuple[Step, datetime] | None:
    """The next reminder that still lies ahead: those missed during a stop are not caught up."""
    for step in steps(table.plan):
        due = due_at(table, step, invited_at)
        if step.number > after and due > now:
            return step, due
    return None


def summary_week(study: Study, now: datetime) -> SummaryMoment:
    """The latest moment at which a weekly summary was due; older ones are not caught up."""
    local = now.astimezone(ZoneInfo(study.office.zone))
    day = local.date() - _DAY * ((local.isoweekday() - study.summary_weekday) % 7)
    at = _at(day, study.summary_at, study.office.zone)
    if at > now:
        day -= _DAY * 7
        at = _at(day, study.summary_at, study.office.zone)
    year, week, _ = day.isocalendar()
    return SummaryMoment(f"{year}-W{week:02d}", at)


def next_summary(study: Study, now: datetime) -> datetime:
    zone = ZoneInfo(study.office.zone)
    day = summary_week(study, now).at.astimezone(zone).date() + _DAY * 7
    return _at(day, study.summary_at, study.office.zone)


def _at(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def _days_after(day: date) -> Iterator[date]:
    for ahead in range(1, _HORIZON):
        yield day + _DAY * ahead
    raise ValueError(f"no working day within {_HORIZON} days after {day}: check extra_holidays")
