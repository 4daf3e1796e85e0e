"""A class of a small town, their phones, Telegram, the time, and a bot in a process of its own. What goes wrong is the test's.

The last class day and the five working days after it pass hour by hour: a step of the clock, then a little real time. People begin
on a day of their own, some stop half-way, some never begin; reminders go out meanwhile. In the evening whoever sits at a
question finishes the stint, so what was answered at the end does not depend on how fast this machine is.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from bot import forms
from bot.fieldwork.roster import save_roster
from bot.simulator import people as simulated
from bot.simulator.books import Person
from bot.simulator.clock import SimulatorClock
from bot.simulator.fault_plan import FaultPlan
from bot.simulator.faults import begin
from bot.simulator.limits import Rates
from bot.simulator.server import BENCH, build_app, serving
from bot.simulator.workbench import Workbench
from bot.store.database import Database
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import to_json
from bot.survey.xlsform import compile_form
from tests.fieldwork.office import (
    CONFIG,
    FIRST_CHAT,
    IMPORTED,
    LAST_DAY,
    SECRET,
    STUDY,
    WIB,
    connect,
    people,
    roster,
)
from tests.soak.moment_file import read_moment, write_moment
from tests.soak.respondent import Respondent

NO_LIMITS = Rates(1e6, 1_000_000, 1e6, 1_000_000, 1e6, 1_000_000)
DAYS = [
    LAST_DAY + timedelta(days=days) for days in (0, 3, 4, 5, 6, 7)
]  # the round closes on the last
HOURS = ("08:00", "08:35", "09:05", "10:00", "11:00", "14:00", "15:00")
EVENING_PAUSE = 0.4  # a few ticks, however fast the day went by
EVENING_SECONDS = 300.0
AFTER_THE_END = datetime.combine(DAYS[-1] + timedelta(days=1), time.min, WIB)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one person is going to do: on which day and hour they begin, and after how many questions they stop for good."""

    day: date | None
    hour: str
    stops_after: int


def plan_of(number: int) -> Plan:
    """Seven of ten finish; of the others some stop early or late, and one never begins."""
    day = DAYS[number % 5] if number % 10 != 9 else None
    stops_after = {7: 6, 8: 17}.get(number % 10, 1000)
    return Plan(day, HOURS[number % 6], stops_after)


@cache
def form() -> Questionnaire:
    return compile_form(CONFIG / "questionnaires" / "post_training.md")


@dataclass(slots=True)
class Town:
    bench: Workbench
    url: str
    folder: Path
    settings: dict[str, str]
    respondents: list[Respondent]
    pace: float  # real seconds a step of the clock
    first: int  # whose plan the first respondent follows
    stints: set[asyncio.Task[None]] = field(default_factory=set)

    async def live_through(self) -> None:
        """The six days, and the morning after, when the round is closed."""
        while not self.bench.books.counts["getUpdates 200"]:  # the bot is up
            await self.bench.pulse.wait(1)
        for day in DAYS:
            for hour in HOURS:
                self.move_to(datetime.combine(day, time.fromisoformat(hour), WIB))
                self._who_begins(day, hour)
                await asyncio.sleep(self.pace)
            await self._evening(datetime.combine(day, time.fromisoformat(HOURS[-1]), WIB))
        self.move_to(AFTER_THE_END)

    def move_to(self, moment: datetime) -> None:
        """Telegram's clock first: a message is never older than the card that it answers."""
        self.bench.clock.move_to(moment)
        write_moment(self.folder / "clock", moment)

    def _who_begins(self, day: date, hour: str) -> None:
        for number, respondent in enumerate(self.respondents):
            plan = plan_of(self.first + number)
            if (plan.day, plan.hour) == (day, hour):
                respondent.stops_after = plan.stops_after
                self.stints.add(asyncio.create_task(respondent.answer()))

    async def _evening(self, last_hour: datetime) -> None:
        """Lasts until the bot was awake: what one tick begins in a day and sends in the next would look like nagging."""
        async with asyncio.timeout(EVENING_SECONDS):
            await asyncio.gather(*self.stints)
            while not self._has_ticked(last_hour):  # noqa: ASYNC110 - the bot's work
                await asyncio.sleep(0.02)
        self.stints.clear()
        await asyncio.sleep(EVENING_PAUSE)

    def _has_ticked(self, hour: datetime) -> bool:
        ticked = read_moment(self.folder / "ticked")
        return ticked is not None and ticked >= hour


@asynccontextmanager
async def town(
    folder: Path,
    database_url: str,
    *,
    size: int,
    pace: float,
    faults: FaultPlan | None = None,
    first: int = 0,
) -> AsyncIterator[Town]:
    app = build_app(SimulatorClock(datetime.combine(LAST_DAY, time.min, WIB)))
    async with serving(app) as url:
        bench = app[BENCH]
        bench.books.set_rates(NO_LIMITS)
        respondents = _inhabitants(bench, size)
        if faults:
            begin(bench.faults, faults)
        async with await Database.open(database_url) as database:
            await database.run(_found_the_class, size)
        made = Town(
            bench, url, folder, _settings(folder, url, database_url), respondents, pace, first
        )
        made.move_to(datetime.combine(LAST_DAY, time.min, WIB))
        try:
            yield made
        finally:
            for stint in made.stints:
                stint.cancel()
            await asyncio.gather(*made.stints, return_exceptions=True)


def _inhabitants(bench: Workbench, size: int) -> list[Respondent]:
    """They pressed Start long ago, and the bot has answered."""
    ids = range(FIRST_CHAT, FIRST_CHAT + size)
    for chat_id in ids:
        simulated.add_person(bench.books, Person(chat_id, f"Uji {chat_id}"))
        simulated.say(bench.scene(), chat_id, "/start")
    bench.books.account_named().updates.drop()
    return [Respondent(bench, chat_id) for chat_id in ids]


def _found_the_class(connection: Connection, size: int) -> None:
    forms.keep_all(connection, [form()], IMPORTED)
    saved = save_roster(connection, STUDY, roster(size), SECRET, IMPORTED)
    for number, person in enumerate(people(connection, saved.training_id)):
        connect(connection, person, FIRST_CHAT + number)


def _settings(folder: Path, url: str, database_url: str) -> dict[str, str]:
    (folder / "forms").mkdir(exist_ok=True)
    (folder / "forms" / "post_training.json").write_text(to_json(form()), "utf-8")
    study = (CONFIG / "study.toml").read_text("utf-8")
    patient = study.replace("double_tap_seconds = 0.4", "double_tap_seconds = 0")
    assert patient != study
    (folder / "study.toml").write_text(patient, "utf-8")
    return {
        "TELEGRAM_TOKEN": "123456:TEST", "TELEGRAM_API_URL": url, "BOT_SECRET": "s" * 32,
        "DATABASE_URL": database_url, "STUDY_FILE": str(folder / "study.toml"),
        "CLOCK_FILE": str(folder / "clock"), "EVENTS": str(folder / "events"),
        "TICKED_FILE": str(folder / "ticked"),
        "FORMS": str(folder / "forms"),
    }  # fmt: skip
