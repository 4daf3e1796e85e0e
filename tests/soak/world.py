"""Two years of a small office as plain values: classes, people in four zones, what each of them does when, when the bot stood still.

Drawn from a seed. It knows nothing of the bot: the same world is given to the real one (`living.py`) and to an independent
model of the contact contract (`contract.py`), and both must come to the same messages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Literal
from zoneinfo import ZoneInfo

What = Literal["begin", "complete", "chosen_time", "stop", "refuse", "block", "return", "opt_out", "connect"]  # fmt: skip
ChosenTime = Literal["hour", "evening", "morning", "tomorrow"]

WIB = ZoneInfo("Asia/Jakarta")
DAY = timedelta(days=1)
ZONES = ("", "", "Asia/Makassar", "", "Asia/Jayapura", "", "", "Europe/Amsterdam")
PARTICIPANTS, SUPERIORS, ADMINISTRATORS = 1000, 2000, 3000  # the first chat of each
PEOPLE, BOSSES = 36, 5
BOSSES_FROM = 500  # in the numbers of invented NIPs
OPENS_AFTER = {"post_training": 0, "followup_alumni": 90, "followup_superior": 97}
LAST_DEED_AFTER = {"post_training": 7, "followup_alumni": 22, "followup_superior": 16}
END_OF_IT = frozenset({"complete", "stop", "refuse"})


@dataclass(frozen=True, slots=True)
class Course:
    code: str
    zone: str
    ends_on: date
    imported_at: datetime
    bosses: Mapping[int, int]  # of each participant


@dataclass(frozen=True, slots=True)
class Deed:
    at: datetime
    chat: int
    what: What
    course: str = ""
    kind: str = ""
    chosen: ChosenTime = "hour"


@dataclass(frozen=True, slots=True)
class World:
    begins: datetime
    ends: datetime
    courses: tuple[Course, ...]
    zones: Mapping[int, str]  # of who lives in another zone than the class
    late: frozenset[int]  # who connects only by a deed
    deeds: tuple[Deed, ...]
    stops: tuple[tuple[datetime, datetime], ...]  # the bot stands still from, until
    administrators: tuple[int, ...] = (ADMINISTRATORS, ADMINISTRATORS + 1)

    def stands_still(self, moment: datetime) -> bool:
        return any(since <= moment < until for since, until in self.stops)


def drawn_world(seed: int, begins: date, days: int, *, class_size: int = 8) -> World:
    random = Random(seed)
    start = datetime.combine(begins, time(6, 0), WIB)
    end = start + DAY * days
    courses = tuple(_courses(random, begins, days, class_size))
    chats = sorted({chat for one in courses for pair in one.bosses.items() for chat in pair})
    zones = {chat: zone for chat in chats if (zone := ZONES[chat % len(ZONES)])}
    late = frozenset(chat for chat in chats if chat % 9 == 5)
    stops = tuple(_stops(random, courses))
    still = World(start, end, courses, zones, late, (), stops)
    deeds = tuple(_possible(still, _wished(random, still)))
    return World(start, end, courses, zones, late, deeds, stops)


def _courses(random: Random, begins: date, days: int, class_size: int) -> Iterator[Course]:
    """Now and then two end on the same day, with people who are in both."""
    ends_on = begins + DAY * 4
    number = 0
    while ends_on < begins + DAY * days:
        for _ in range(2 if random.random() < 0.4 else 1):
            number += 1
            first = random.randrange(PEOPLE)
            who = [PARTICIPANTS + (first + place) % PEOPLE for place in range(class_size)]
            zone = random.choice(("Asia/Jakarta",) * 5 + ("Asia/Jayapura",))
            imported_at = datetime.combine(ends_on - DAY * 3, time(9, 0), WIB)
            bosses = {chat: SUPERIORS + random.randrange(BOSSES) for chat in who}
            yield Course(f"UJI-{number}", zone, ends_on, imported_at, bosses)
        ends_on += DAY * random.randint(5, 34)


def _stops(random: Random, courses: tuple[Course, ...]) -> Iterator[tuple[datetime, datetime]]:
    """Of ten hours and of ten days, some of them over a follow-up and the superiors' after it, or over a whole first round."""
    for course in courses[1::5]:
        day = course.ends_on + DAY * random.randint(0, 110)
        since = datetime.combine(day, time(random.choice((5, 7, 21))), WIB)
        yield since, since + timedelta(hours=10)
    for course in courses[::9]:
        since = datetime.combine(course.ends_on + DAY * 88, time(19), WIB)
        yield since, since + DAY * 10
    for course in courses[3::9]:
        since = datetime.combine(course.ends_on + DAY * 2, time(12), WIB)
        yield since, since + DAY * 10


def _wished(random: Random, world: World) -> Iterator[Deed]:
    for course in world.courses:
        for kind in OPENS_AFTER:
            respondents = course.bosses if kind != "followup_superior" else course.bosses.values()
            for chat in dict.fromkeys(respondents):
                yield from _deeds_of(random, course, kind, chat)
    for chat in sorted(world.late):
        known_from = next(
            one.imported_at for one in world.courses if chat in {*one.bosses, *one.bosses.values()}
        )
        yield Deed(_any_time(random, known_from.date() + DAY, 120), chat, "connect")
    quiet = (PARTICIPANTS + 3, PARTICIPANTS + 17, SUPERIORS + 4)
    for chat in quiet:
        yield Deed(_any_time(random, world.begins.date() + DAY * 150, 500), chat, "opt_out")
    middle = world.begins.date() + (world.ends - world.begins) / 2
    yield Deed(_any_time(random, middle, 20), world.administrators[1], "block")


def _deeds_of(random: Random, course: Course, kind: str, chat: int) -> Iterator[Deed]:
    opens, span = course.ends_on + DAY * OPENS_AFTER[kind], LAST_DEED_AFTER[kind]

    def deed(what: What) -> Deed:
        at = _any_time(random, opens, span)
        chosen = random.choice(("hour", "evening", "morning", "tomorrow"))
        return Deed(at, chat, what, course.code, kind, chosen)

    match random.randrange(20):
        case 0 | 1 | 2 | 3 | 4:
            yield deed("complete")
        case 5 | 6:
            yield deed("begin")
        case 7 | 8:
            yield from (deed("begin"), deed("complete"))
        case 9 | 10 | 11:
            yield deed("chosen_time")
        case 12:
            yield from (deed("begin"), deed("chosen_time"), deed("chosen_time"))
        case 13:
            yield deed("stop")
        case 14:
            yield deed("refuse")
        case 15:
            gone = deed("block")
            yield gone
            back = gone.at + timedelta(hours=random.randint(20, 400))
            yield Deed(back, chat, "return")


def _any_time(random: Random, first: date, days: int) -> datetime:
    """At half a minute: never at the moment of a tick."""
    hour, minute = random.randint(7, 21), random.randrange(60)
    at = datetime.combine(first + DAY * random.randint(0, days), time(hour, minute, 30), WIB)
    return at + timedelta(microseconds=random.randrange(1000))  # no two at once


def _possible(world: World, wished: Iterator[Deed]) -> Iterator[Deed]:
    """In order; nothing while the bot stands still, nothing of who blocked it or went, nothing after the end of a survey."""
    in_order = sorted(wished, key=lambda deed: (deed.chat, deed.at))
    kept = [
        deed
        for chat, deeds in groupby(in_order, key=lambda deed: deed.chat)
        for deed in _of_one(deeds, is_late=chat in world.late)
        if deed.at < world.ends
    ]
    awake = (deed for deed in kept if not world.stands_still(deed.at))
    yield from sorted(awake, key=lambda deed: deed.at)


def _of_one(deeds: Iterator[Deed], *, is_late: bool) -> Iterator[Deed]:
    is_away, is_known, over = False, not is_late, set[tuple[str, str]]()
    for deed in deeds:
        about = (deed.course, deed.kind)
        may = deed.what == "return" if is_away else deed.what != "return" and about not in over
        if not may or not (is_known or deed.what == "connect"):
            continue
        yield deed
        is_known = True
        is_away = deed.what == "block"
        if deed.what in END_OF_IT:
            over.add(about)
        if deed.what == "opt_out":
            return


def number_of(chat: int) -> int:
    """In the row of invented NIPs."""
    return chat - SUPERIORS + BOSSES_FROM if chat >= SUPERIORS else chat - PARTICIPANTS
