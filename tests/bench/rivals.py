"""The two bots, each a process of its own at a simulator of its own; both stay up while legs go to and fro between them."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.clock import SystemClock
from bot.fieldwork import answering, rounds
from bot.fieldwork.conversation import attend
from bot.fieldwork.records import Visit
from bot.simulator.clock import clock_at
from bot.simulator.limits import Rates
from bot.simulator.server import BENCH, build_app, serving
from bot.simulator.workbench import Workbench
from bot.store import questionnaires, tables
from bot.store import rounds as stored_rounds
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.survey.xlsform import compile_form
from tests.bench.phones import Leg, WatchedBooks, leg
from tests.bench.twenty import NAME, write_form
from tests.fieldwork import field

ROOT = Path(__file__).parents[2]
TOKEN = "123456:BENCH"  # noqa: S105  # of the simulator
NO_LIMITS = Rates(1e6, 1_000_000, 1e6, 1_000_000, 1e6, 1_000_000)
FIRST_CHAT = 10_000
Fill = Callable[[Connection], None]


def _nothing(_: Connection) -> None:
    pass


@dataclass(slots=True)
class Rival:
    bench: Workbench
    greeting: str
    next_chat: int = FIRST_CHAT

    async def leg(self, people: int) -> Leg:
        first, self.next_chat = self.next_chat, self.next_chat + people
        return await leg(self.bench, range(first, self.next_chat), self.greeting)


@asynccontextmanager
async def ours(
    folder: Path, people: int, fill: Fill = _nothing, **more: str
) -> AsyncIterator[Rival]:
    """`python -m bot run` on SQLite with full durability; `people` have consented already, `fill` adds what was before."""
    url = f"sqlite:///{folder / 'bench.db'}"
    write_form(folder / "forms")
    await asyncio.to_thread(migrate, url)
    async with await Database.open(url) as database:
        await database.run(fill)
        await database.run(class_of, folder / "forms" / f"{NAME}.md", people, SystemClock().now())
    async with _at_a_simulator("/lanjut") as (rival, api):
        settings = {
            "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api, "BOT_SECRET": "s" * 32, "DATABASE_URL": url,
            "QUESTIONNAIRES_DIR": str(folder / "forms"), "STUDY_FILE": str(_study(folder)),
            "LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **more,
        }  # fmt: skip
        async with _running(rival, folder, ("-m", "bot", "run"), settings):
            yield rival


@asynccontextmanager
async def theirs(folder: Path) -> AsyncIterator[Rival]:
    async with _at_a_simulator("/start") as (rival, api):
        program = (str(Path(__file__).parent / "conversation_bot.py"), api, TOKEN)
        async with _running(
            rival, folder, (*program, str(folder / "pickle")), {"PATH": os.environ["PATH"]}
        ):
            yield rival


@asynccontextmanager
async def _at_a_simulator(greeting: str) -> AsyncIterator[tuple[Rival, str]]:
    app = build_app(clock_at("real"))
    bench = app[BENCH]
    bench.books = WatchedBooks()
    bench.books.set_rates(NO_LIMITS)
    async with serving(app) as url:
        yield Rival(bench, greeting), url


@asynccontextmanager
async def _running(
    rival: Rival, folder: Path, arguments: tuple[str, ...], settings: dict[str, str]
) -> AsyncIterator[None]:
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=folder, env=settings, stderr=log
        )
    try:
        async with asyncio.timeout(60):
            while not rival.bench.pollers:
                await rival.bench.pulse.wait(1)
                assert process.returncode is None, (folder / "log").read_text("utf-8")
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _study(folder: Path) -> Path:
    """Nobody here taps twice by mistake."""
    study = field.STUDY_FILE.read_text("utf-8")
    eager = study.replace("double_tap_seconds = 0.4", "double_tap_seconds = 0")
    assert eager != study
    (folder / "study.toml").write_text(eager, "utf-8")
    return folder / "study.toml"


def class_of(connection: Connection, form: Path, people: int, now: datetime) -> None:
    questionnaires.keep(connection, compile_form(form), now)
    today = now.date()
    training_id = field.add_training(
        connection,
        starts_on=today - timedelta(days=2),
        ends_on=date(today.year, today.month, today.day),
    )
    chats = range(FIRST_CHAT, FIRST_CHAT + people)
    for chat_id in chats:
        person_id = field.add_person(connection, f"Uji {chat_id}")
        field.enrol(connection, training_id, person_id)
        field.connect(connection, person_id, chat_id)
    round_id = stored_rounds.plan(connection, training_id, NAME, now, now + timedelta(days=7))
    rounds.open_round(connection, field.STUDY, round_id, now)
    connection.execute(tables.contacts.delete())  # nobody is invited in the middle of a leg
    for chat_id in chats:
        visit = Visit(field.STUDY, chat_id, chat_id, now, field.SECRET)

        def agree(connection, visit, account):
            return answering.agree(connection, visit, account, round_id=round_id, more="")

        attend(connection, visit, agree)
