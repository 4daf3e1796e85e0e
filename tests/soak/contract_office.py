"""The office in the contact contract's second hand: its days, its hours, when a round opens and closes, when a summary is sent.

Written from the words of DESIGN section 6 and study.toml; imports nothing of the bot. It looks for the first allowed minute by
asking minute after minute.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from holidays import country_holidays

from tests.soak.world import DAY, Course, World

STUDY: Mapping[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "config" / "study.toml").read_text("utf-8")
)
MINUTE = timedelta(minutes=1)
AUTOMATIC = tuple(kind for kind, plan in STUDY["rounds"].items() if not plan.get("manual"))
# Of 1448 and 1449; a local calendar may begin a day later, the shorter hours of that day hurt nobody.
RAMADAN = ((date(2027, 2, 8), date(2027, 3, 9)), (date(2028, 1, 28), date(2028, 2, 26)))


@dataclass(frozen=True, slots=True)
class Days:
    """What the office changes in the calendar."""

    extra_holidays: frozenset[date] = frozenset()
    extra_working_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    course: Course
    kind: str
    place: tuple[datetime, int, int]  # rounds of one tick open in this order
    at: datetime  # the tick
    closes: datetime


def expected_summaries(world: World) -> list[tuple[datetime, int]]:
    """One an ISO week to each administrator who can be reached; the first is the first that is due after the bot was set up."""
    zone = ZoneInfo(STUDY["office"]["zone"])
    blocked = {deed.chat: deed.at for deed in world.deeds if deed.what == "block"}
    day = world.begins.date()
    found = []
    while day <= world.ends.date():
        due = datetime.combine(day, time.fromisoformat(STUDY["summary"]["at"]), zone)
        sent = running(world, due)
        is_due = day.isoweekday() == STUDY["summary"]["weekday"] and due > world.begins
        if (
            is_due and sent <= world.ends and sent < due + DAY * 7
        ):  # after a long stop only the latest
            found += [
                (sent, chat)
                for chat in world.administrators
                if chat not in blocked or sent < blocked[chat]
            ]
        day += DAY
    return sorted(found)


def running(world: World, moment: datetime) -> datetime:
    """The first whole minute from then on at which the bot runs."""
    whole = moment.replace(second=0, microsecond=0)
    found = whole if whole == moment else whole + MINUTE
    for since, until in sorted(world.stops):
        if since <= found < until:
            found = until
    return found


@dataclass(frozen=True, slots=True)
class Office:
    world: World
    days: Days

    def is_working_day(self, day: date) -> bool:
        if day in self.days.extra_working_days:
            return True
        return day.isoweekday() <= 5 and day not in _holidays() | self.days.extra_holidays

    def is_open(self, moment: datetime, zone: str) -> bool:
        local = moment.astimezone(ZoneInfo(zone))
        hours = STUDY["hours"]
        fasting = any(first <= local.date() <= last for first, last in RAMADAN)
        spans = [hours["ramadan"]] if fasting else [hours["morning"], hours["afternoon"]]
        clock = f"{local:%H:%M}"
        return self.is_working_day(local.date()) and any(
            begins <= clock < ends for begins, ends in spans
        )

    def may_write(self, course: Course, kind: str, moment: datetime, zone: str) -> bool:
        exempt = STUDY["rounds"][kind].get("ignore_hours_on_class_day", False)
        if exempt and moment.astimezone(ZoneInfo(zone)).date() == course.ends_on:
            return True
        return self.is_open(moment, zone)

    def first_allowed(self, course: Course, kind: str, moment: datetime, zone: str) -> datetime:
        while not self.may_write(course, kind, moment, zone):
            local = moment.astimezone(ZoneInfo(zone))
            if self.is_working_day(local.date()):
                moment += MINUTE
            else:
                moment = at(local.date() + DAY, time.min, zone)
        return moment

    def working_day(self, day: date, count: int) -> date:
        while count:
            day += DAY
            count -= self.is_working_day(day)
        return day

    def closing(self, opened: datetime, course: Course, kind: str) -> datetime:
        day = opened.astimezone(ZoneInfo(course.zone)).date()
        closing_day = self.working_day(day, STUDY["rounds"][kind]["closes"])
        return at(closing_day, time(23, 59), course.zone)

    def openings(self) -> list[Opening]:
        found = []
        for number, course in enumerate(self.world.courses):
            alumni_opened: datetime | None = None
            for place, kind in enumerate(AUTOMATIC):
                opens_on = course.ends_on + DAY * STUDY["rounds"][kind]["offset_days"]
                if kind == "followup_superior" and alumni_opened is not None:
                    opens_on = alumni_opened.astimezone(ZoneInfo(course.zone)).date() + DAY * 7
                opening = self._opening(course, kind, opens_on, (number, place))
                if opening is not None and opening.at <= self.world.ends:
                    found.append(opening)
                    if kind == "followup_alumni":
                        alumni_opened = self.first_allowed(course, kind, opening.at, course.zone)
        return sorted(found, key=lambda one: (one.at, one.place))

    def _opening(
        self, course: Course, kind: str, day: date, place: tuple[int, int]
    ) -> Opening | None:
        hour = time.fromisoformat(STUDY["rounds"][kind]["opens_at"])
        planned = self.first_allowed(course, kind, at(day, hour, course.zone), course.zone)
        opened = running(self.world, max(planned, course.imported_at))
        if self.closing(planned, course, kind) <= opened:
            return None  # its whole time had passed
        begins = self.first_allowed(course, kind, opened, course.zone)
        return Opening(course, kind, (planned, *place), opened, self.closing(begins, course, kind))


def at(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


@cache
def _holidays() -> frozenset[date]:
    years = range(2026, 2030)
    return frozenset(country_holidays("ID", years=years, categories=("public", "government")))
