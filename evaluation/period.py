"""Which days a summary reports on. The moment is an argument, the clock is never read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evaluation.errors import EvaluationError
from evaluation.study import Plan
from evaluation.values import in_calendar

_SEVEN_DAYS = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days a summary reports on, both included, and the day it is issued."""

    first: date
    last: date
    issued_on: date

    @property
    def issued_late(self) -> bool:
        return self.issued_on > self.last + _DAY


def period_of(week: str | None, as_of: datetime, plan: Plan) -> Period:
    """The seven days before the summary's weekday in ISO week `week`, the week in which it is sent.

    So 2027-W05, sent on Monday 1 February, reports on 25 to 31 January. Without a week: the seven days that end
    on the day of `as_of`. EvaluationError for a week that does not exist.
    """
    today = as_of.astimezone(plan.zone).date()
    if week is None:
        return Period(today - _SEVEN_DAYS + _DAY, today, today)
    due = _day_in_week(week, plan.summary_weekday)
    return Period(due - _SEVEN_DAYS, due - _DAY, max(due, today))


def _day_in_week(week: str, weekday: int) -> date:
    year, _, number = week.partition("-W")
    try:
        return in_calendar(date.fromisocalendar(int(year), int(number), weekday), week)
    except ValueError as wrong:
        raise EvaluationError("--week", f"{week!r} is no ISO week such as 2027-W05.") from wrong
