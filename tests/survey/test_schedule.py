import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.fieldwork.calendar import calendar_of
from bot.survey.schedule import (
    Calendar,
    Timetable,
    calendar,
    closes_at,
    due_at,
    is_overdue,
    is_working_day,
    may_write,
    next_moment_inside,
    next_step,
    next_summary,
    planned_opening,
    steps,
    summary_week,
    working_day_after,
)
from bot.survey.study import study_from

STUDY = study_from(
    tomllib.loads((Path(__file__).parents[2] / "config" / "study.toml").read_text("utf-8"))
)
WIB = "Asia/Jakarta"
HOLIDAYS = {date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 5)}
LAST_DAY = date(2026, 10, 16)


def plain(**changes: object) -> Calendar:
    hours = replace(STUDY.hours, **changes)
    return calendar(hours, HOLIDAYS, [date(2027, 3, 10)])


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(WIB))


def table(kind: str = "followup_alumni", zone: str = WIB) -> Timetable:
    return Timetable(STUDY.rounds[kind], LAST_DAY, zone, plain())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-12-23", True),
        ("2026-12-24", False),  # cuti bersama
        ("2026-12-26", False),  # Saturday
        ("2026-12-27", False),  # Sunday
        ("2026-12-28", True),
    ],
)
def test_a_working_day_is_a_weekday_without_a_holiday(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day), plain()) is works


def test_the_office_can_add_holidays_and_working_days_of_its_own() -> None:
    own = plain(
        extra_holidays=frozenset({date(2026, 12, 23)}),
        extra_working_days=frozenset({date(2026, 12, 26), date(2026, 12, 24)}),
    )
    days = [date(2026, 12, day) for day in range(23, 27)]
    assert [is_working_day(day, own) for day in days] == [False, True, False, True]


@pytest.mark.parametrize(
    ("begin", "count", "then"),
    [
        ("2027-01-14", 0, "2027-01-14"),
        ("2027-01-14", 3, "2027-01-19"),  # over a weekend
        ("2026-12-23", 1, "2026-12-28"),  # over Christmas, its cuti bersama and a weekend
        ("2026-12-31", 3, "2027-01-07"),  # over New Year and Isra Mikraj
        ("2026-12-26", 1, "2026-12-28"),  # counted from a Saturday
    ],
)
def test_reminders_are_counted_in_working_days(begin: str, count: int, then: str) -> None:
    day = working_day_after(date.fromisoformat(begin), count, plain())
    assert day == date.fromisoformat(then)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2027-01-14 07:00", "2027-01-14 08:30"),
        ("2027-01-14 08:30", "2027-01-14 08:30"),
        ("2027-01-14 11:30", "2027-01-14 13:30"),  # the noon break, also on a Friday
        ("2027-01-15 12:15", "2027-01-15 13:30"),
        ("2027-01-15 15:30", "2027-01-18 08:30"),  # Friday evening: Monday
        ("2027-02-24 13:00", "2027-02-24 13:00"),  # Ramadan has no break
        ("2027-02-24 14:45", "2027-02-25 08:30"),  # and ends earlier
    ],
)
def test_outside_office_hours_a_message_waits_for_the_next_opening(moment: str, then: str) -> None:
    assert next_moment_inside(wib(moment), WIB, plain()) == wib(then)


def test_office_hours_are_those_of_the_zone() -> None:
    nine_in_jayapura = datetime(2027, 1, 14, 0, 0, tzinfo=UTC)
    assert next_moment_inside(nine_in_jayapura, "Asia/Jayapura", plain()) == nine_in_jayapura
    assert next_moment_inside(nine_in_jayapura, WIB, plain()) == wib("2027-01-14 08:30")


def test_the_plan_of_the_follow_up_is_the_one_that_the_preview_promises() -> None:
    """The example of TEXTS.md: 14/1, reminders 19/1 and 25/1, last message 1/2, closed 3/2."""
    alumni = table()
    opening = planned_opening(alumni)
    assert opening == wib("2027-01-14 08:30")
    days = [due_at(alumni, step, opening) for step in steps(alumni.plan)]
    assert days == [
        wib("2027-01-14 08:30"),
        wib("2027-01-19 08:30"),
        wib("2027-01-25 08:30"),
        wib("2027-02-01 08:30"),
    ]
    assert closes_at(alumni, opening) == wib("2027-02-03 23:59")


def test_the_post_training_round_opens_on_the_last_class_day_before_office_hours() -> None:
    assert planned_opening(table("post_training")) == wib("2026-10-16 08:00")


def test_on_the_class_day_the_post_training_round_knows_no_office_hours() -> None:
    evening = wib("2026-10-16 17:00")
    assert may_write(table("post_training"), evening) == evening
    assert may_write(table("followup_alumni"), evening) == wib("2026-10-19 08:30")


def test_an_interview_is_only_opened_by_hand() -> None:
    assert planned_opening(table("interview")) is None


def test_reminders_missed_during_a_stop_are_not_caught_up() -> None:
    invited = wib("2027-01-14 08:30")
    found = next_step(table(), 0, invited, wib("2027-01-26 10:00"))
    assert found is not None
    assert (found[0].kind, found[1]) == ("last_call", wib("2027-02-01 08:30"))


def test_after_the_last_call_nothing_is_planned() -> None:
    assert next_step(table(), 3, wib("2027-01-14 08:30"), wib("2027-02-01 08:31")) is None


def test_a_round_is_overdue_from_the_moment_it_closes() -> None:
    closing = wib("2027-02-03 23:59")
    assert is_overdue(closing, closing)
    assert not is_overdue(closing, wib("2027-02-03 23:58"))
    assert not is_overdue(None, closing)


@pytest.mark.parametrize(
    ("now", "week", "at"),
    [
        ("2027-02-01 07:59", "2027-W04", "2027-01-25 08:00"),
        ("2027-02-01 08:00", "2027-W05", "2027-02-01 08:00"),
        ("2027-02-07 23:59", "2027-W05", "2027-02-01 08:00"),
        ("2027-01-01 12:00", "2026-W53", "2026-12-28 08:00"),
    ],
)
def test_the_week_of_the_summary_is_that_of_the_latest_monday_at_eight(
    now: str, week: str, at: str
) -> None:
    found = summary_week(STUDY, wib(now))
    assert (found.week, found.at) == (week, wib(at))


def test_the_next_summary_comes_a_week_after_the_latest() -> None:
    assert next_summary(STUDY, wib("2027-02-01 08:00")) == wib("2027-02-08 08:00")
    on_friday = replace(STUDY, summary_weekday=5, summary_at=time(16, 0))
    assert next_summary(on_friday, wib("2027-02-01 08:00")) == wib("2027-02-05 16:00")


def test_the_national_calendar_knows_cuti_bersama_and_ramadan() -> None:
    year = calendar_of(STUDY, 2027)
    assert not is_working_day(date(2027, 2, 5), year)  # cuti bersama Imlek
    before_lebaran = wib("2027-03-05 14:45")  # Friday in Ramadan: the office is closed already
    assert next_moment_inside(before_lebaran, WIB, year) == wib("2027-03-16 08:30")


def test_a_calendar_without_working_days_is_a_clear_error() -> None:
    endless = calendar(STUDY.hours, {date.fromordinal(740000 + n) for n in range(2000)}, [])
    with pytest.raises(ValueError, match="no working day within"):
        working_day_after(date.fromordinal(740100), 1, endless)
