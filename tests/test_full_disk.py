"""The disk is full, or the database can only be read: people are told politely, nothing is half written, and all goes on by itself.

The whole bot as a process. The fault is the kernel's: a limit on how long a file may get, set on the running process and lifted again.
"""

import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, select, text

from bot.clock import SystemClock
from bot.fieldwork import life
from bot.health import health
from bot.simulator import people
from bot.simulator.books import Call, Message, Person
from bot.simulator.clock import clock_at
from bot.simulator.keyboards import buttons
from bot.simulator.server import BENCH, build_app, serving
from bot.simulator.workbench import Workbench
from bot.store import tables
from bot.store.database import Database
from bot.store.sqlite import Sqlite
from tests.bench.rivals import FIRST_CHAT, class_of
from tests.bench.twenty import ANSWERS, NAME, write_form
from tests.chat.phone import desk
from tests.chat.test_lean import bot_on, first_tap
from tests.fieldwork.field import NOW
from tests.whole_bot import bot_started, until

UNLIMITED = resource.RLIM_INFINITY


@dataclass(frozen=True, slots=True)
class Chat:
    """One person's chat with the bot in its own process."""

    bench: Workbench
    url: str
    pid: int

    @property
    def newest(self) -> Message:
        return next(reversed(self.bench.books.account_named().chats[FIRST_CHAT].messages.values()))

    def say(self, words: str) -> None:
        people.say(self.bench.scene(), FIRST_CHAT, words)
        self.bench.pulse.ring()

    def tap(self, card: Message, label: str) -> None:
        data = next(
            str(one["callback_data"])
            for row in buttons(card.markup)
            for one in row
            if label in str(one["text"])
        )
        people.tap(self.bench.scene(), FIRST_CHAT, card.message_id, data)
        self.bench.pulse.ring()

    def calls(self, method: str) -> list[Call]:
        return [one for one in self.bench.books.calls if one.method == method and one.effect]

    def stored(self) -> list[str]:
        """The answers; and the file is sound."""
        engine = create_engine(self.url)
        with engine.connect() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            found = list(connection.scalars(select(tables.answers.c.value)))
        engine.dispose()
        return found

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """No file may grow any more."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, UNLIMITED))
        try:
            yield
        finally:
            resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))


@asynccontextmanager
async def asked(folder: Path, url: str) -> AsyncIterator[Chat]:
    """Somebody sees the first question."""
    write_form(folder / "forms")
    now: datetime = SystemClock().now()
    async with await Database.open(url) as database:
        await database.run(class_of, folder / "forms" / f"{NAME}.md", 1, now)
    app = build_app(clock_at("real"))
    forms = str(folder / "forms")
    async with (
        serving(app) as api,
        bot_started(api, folder, DATABASE_URL=url, QUESTIONNAIRES_DIR=forms) as process,
    ):
        chat = Chat(app[BENCH], url, process.pid)
        people.add_person(app[BENCH].books, Person(FIRST_CHAT, "Uji"))
        chat.say("/lanjut")
        await until(lambda: chat.newest.markup)
        yield chat


async def test_on_a_full_disk_a_person_is_told_nothing_is_stored_and_later_the_tap_counts_by_itself(
    sqlite_url: str, tmp_path: Path
):
    async with asked(tmp_path, sqlite_url) as chat:
        card = chat.newest
        with chat.full_disk():
            chat.tap(card, ANSWERS[3])
            await until(lambda: "gangguan" in chat.newest.text.lower())
            assert chat.stored() == []
            assert chat.bench.pending() == 1
        await until(lambda: chat.calls("editMessageText"))
        await until(lambda: not chat.bench.pending())
        assert chat.stored() == ["4"]
        apologies = [
            one for one in chat.calls("sendMessage") if "gangguan" in str(one.parameters).lower()
        ]
        assert len(apologies) == 1


async def test_in_a_database_that_can_only_be_read_the_tap_waits_until_it_can_be_written(
    sqlite_url: str,
):
    async with await Database.open(sqlite_url) as database, bot_on(database) as bot:
        assert isinstance(database._engine, Sqlite)
        owner = database._engine._owner
        await owner.execute_fetchall("PRAGMA query_only=ON")
        assert not await bot.taker.take(first_tap(bot))
        await bot.outbox.quiet()
        assert "fault on our side" in bot.telegram.texts()[0]
        await owner.execute_fetchall("PRAGMA query_only=OFF")
        assert await bot.gets(first_tap(bot)) == ["editMessageText", "answerCallbackQuery"]


async def test_health_tells_of_a_database_that_can_only_be_read(sqlite_url: str):
    async with await Database.open(sqlite_url) as database:
        assert isinstance(database._engine, Sqlite)
        await database.run(life.go_on, NOW)
        assert (await health(desk(database)))["well"] is True
        await database._engine._owner.execute_fetchall("PRAGMA query_only=ON")
        assert (await health(desk(database)))["well"] is False
