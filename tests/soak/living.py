"""Lets the real bot live through a world: the ticker, the outbox over HTTP to the simulator, the handlers, a database; no sleeping.

The time is an argument, so two years take less than a minute. A tick comes at every minute at which something is due, at a few
others at random, and never while the bot stands still. What was said is read from the simulator's books alone.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection, select, update

from bot import ticker
from bot.analysis import Analyst
from bot.chat.connecting import connected
from bot.chat.desk import Desk
from bot.chat.limits import Limits, Rates
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.clock import FollowedClock
from bot.fieldwork import contacting, enrolment, reporting, rounds
from bot.fieldwork.reporting import Made
from bot.fieldwork.roster import save_roster
from bot.fieldwork.rosters.record import Roster
from bot.fieldwork.staff import Named
from bot.fieldwork.timetables import training_of
from bot.simulator import people as simulated
from bot.simulator.books import Person
from bot.simulator.clock import SimulatorClock
from bot.simulator.limits import Rates as TelegramsRates
from bot.simulator.server import BENCH, build_app, serving
from bot.simulator.workbench import Workbench
from bot.store import tables
from bot.store.database import Database
from bot.survey.study import Study
from tests.chat.phone import TEXTS
from tests.fieldwork.office import (
    CONFIG,
    SECRET,
    connect,
    participant,
    roster,
    store_questionnaires,
    superior,
)
from tests.soak.contract_office import running
from tests.soak.deeds import Doer, person_of
from tests.soak.world import Course, Deed, World, number_of

UNLIMITED = Rates(1e6, 1_000_000, 1e6, 1_000_000)
TELEGRAM_TAKES_ALL = TelegramsRates(1e6, 1_000_000, 1e6, 1_000_000, 1e6, 1_000_000)
MOST_TICKS = 20  # at one moment; more means that a row stays due whatever is done


@dataclass(slots=True)
class Life:
    world: World
    bench: Workbench
    desk: Desk
    outbox: Outbox
    database: Database
    random: Random
    doer: Doer
    ticks: int = 0

    async def through(self) -> None:
        happenings: list[tuple[datetime, Course | Deed]] = [
            *((course.imported_at, course) for course in self.world.courses),
            *((deed.at, deed) for deed in self.world.deeds),
        ]
        happenings.sort(key=lambda happening: happening[0])
        now = self.world.begins
        await self._tick(now)
        while (tick := await self._next_tick(now)) <= self.world.ends or happenings:
            if happenings and happenings[0][0] < tick:
                now, what = happenings.pop(0)
                self._move_to(now)
                await (self._import(what, now) if isinstance(what, Course) else self.doer.do(what))
            else:
                now = tick
                await self._tick(now)

    async def _next_tick(self, now: datetime) -> datetime:
        """When it is due, and now and then although nothing is."""
        due = await self.database.run(contacting.next_due, self.desk.study, now)
        at_random = now + timedelta(hours=self.random.randint(5, 90))
        return running(self.world, max(min(due, at_random), now + timedelta(seconds=1)))

    async def _tick(self, now: datetime) -> None:
        self._move_to(now)
        await self.database.run(_make_the_summary, self.desk, now)
        analyst = Analyst(CONFIG / "study.toml", CONFIG / "texts", self.database)
        for _ in range(MOST_TICKS):
            self.ticks += 1
            counts = await ticker.tick(self.desk, self.outbox, analyst, now)
            assert counts.failed == 0
            if await self.database.run(contacting.next_due, self.desk.study, now) > now:
                return
        raise AssertionError(f"something stays due at {now}")

    def _move_to(self, moment: datetime) -> None:
        assert isinstance(self.desk.clock, FollowedClock)
        self.bench.clock.move_to(moment)
        self.desk.clock.move_to(moment)

    async def _import(self, course: Course, now: datetime) -> None:
        await self.database.run(_found, self.desk.study, self.world, course, now)


@asynccontextmanager
async def life_of(world: World, study: Study, database: Database) -> AsyncIterator[Life]:
    app = build_app(SimulatorClock(world.begins))
    async with serving(app) as url, connected(url, "123456:TEST") as bot:
        bench = app[BENCH]
        bench.books.set_rates(TELEGRAM_TAKES_ALL)
        _inhabit(bench, world)
        await database.run(store_questionnaires)
        clock = FollowedClock(world.begins)
        named = Named(frozenset(world.administrators))
        desk = Desk(database.run, study, TEXTS, clock, SECRET, "bungo_test_bot", named)

        async def nothing(*_: int) -> None:
            pass

        async def blocked(chat: int) -> None:
            await database.run(enrolment.blocked, chat, clock.now())

        outbox = Outbox(bot, Hooks(nothing, blocked), Lanes(), Limits(UNLIMITED))
        yield Life(world, bench, desk, outbox, database, Random(1), Doer(desk, bench))


def _inhabit(bench: Workbench, world: World) -> None:
    """They pressed Start long ago."""
    chats = {chat for one in world.courses for pair in one.bosses.items() for chat in pair}
    for chat in sorted(chats | set(world.administrators)):
        simulated.add_person(bench.books, Person(chat, f"Uji {chat}"))
        simulated.say(bench.scene(), chat, "/start")
    bench.books.account_named().updates.drop()


def _make_the_summary(connection: Connection, desk: Desk, now: datetime) -> None:
    """In the analyst's place: the claim, the week and the deliveries are the real ones."""
    moment = reporting.claim_week(connection, desk.study, now)
    if moment is not None:
        before = reporting.published(connection)
        made = Made(f"RINGKASAN {moment.week}", None, "{}", before=before)
        assert reporting.keep_summary(connection, moment.week, made, desk.named, now)


def _found(
    connection: Connection, study: Study, world: World, course: Course, now: datetime
) -> None:
    """Imports the class; whoever has an account is connected."""
    training_id = save_roster(connection, study, _roster(course), SECRET, now).training_id
    if course.zone != study.office.zone:
        moved = update(tables.trainings).where(tables.trainings.c.id == training_id)
        connection.execute(moved.values(zone=course.zone))
        rounds.plan_rounds(connection, study, training_of(connection, training_id), now)
    for chat in sorted({chat for pair in course.bosses.items() for chat in pair}):
        person = person_of(connection, chat)
        assert person is not None
        if zone := world.zones.get(chat):
            change = update(tables.people).where(tables.people.c.id == person)
            connection.execute(change.values(zone=zone))
        if chat not in world.late:
            _connect_once(connection, person, chat, now)


def _connect_once(connection: Connection, person: int, chat: int, now: datetime) -> None:
    known = select(tables.accounts.c.chat_id).where(tables.accounts.c.person_id == person)
    if connection.execute(known).first() is None:
        connect(connection, person, chat, now)


def _roster(course: Course) -> Roster:
    who = tuple(
        participant(number_of(chat), superior=superior(number_of(boss)))
        for chat, boss in course.bosses.items()
    )
    return roster(
        code=course.code, title=f"Pelatihan {course.code}", participants=who,
        starts_on=course.ends_on - timedelta(days=2), ends_on=course.ends_on,
    )  # fmt: skip


def rounds_of(connection: Connection) -> dict[int, tuple[str, str]]:
    """Course and kind of every round."""
    query = select(tables.rounds.c.id, tables.trainings.c.code, tables.rounds.c.kind).select_from(
        tables.rounds.join(tables.trainings)
    )
    return {row.id: (row.code, row.kind) for row in connection.execute(query)}
