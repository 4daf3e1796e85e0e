"""On which days after the invitation the contact plan reminds: working days of study.toml as days of the calendar.

The planned days of a round. A person who chose another time, or was invited later, had their own.
"""

from datetime import date, timedelta

import holidays

from evaluation.study import Plan

_DAY = timedelta(days=1)
_WEEKEND = 5  # Saturday


def reminder_days(invited_on: date, kind: str, plan: Plan) -> tuple[int, ...]:
    """How many days after `invited_on` each reminder of this kind of round is planned."""
    return tuple(
        (_working_day_after(invited_on, count, plan) - invited_on).days
        for count in plan.reminders.get(kind, ())
    )


def _working_day_after(day: date, count: int, plan: Plan) -> date:
    free = holidays.country_holidays(
        "ID", years=(day.year, day.year + 1), categories=("public", "government")
    )
    while count:
        day += _DAY
        is_free = day.weekday() >= _WEEKEND or day in free or day in plan.extra_holidays
        if day in plan.extra_working_days or not is_free:
            count -= 1
    return day
