"""A large sending at the limits that Telegram really has: how long it takes, whether Telegram has to refuse, what its board says.

In real time, because limits are. The simulator's limits are its own default ones.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from bot import ticker
from bot.analysis import Analyst
from bot.chat.connecting import connected
from bot.chat.desk import Desk
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.clock import FollowedClock, SystemClock
from bot.fieldwork import boards
from bot.fieldwork.boards import Board
from bot.fieldwork.staff import Duty, Named
from bot.metronome import scheduled
from bot.simulator import people as simulated
from bot.simulator.books import Person
from bot.simulator.clock import SimulatorClock
from bot.simulator.limits import Rates
from bot.simulator.server import BENCH, build_app, serving
from bot.simulator.workbench import Workbench
from bot.store import rounds as stored_rounds
from bot.store.database import Database
from tests.chat.phone import TEXTS
from tests.fieldwork.duties import duty_at
from tests.fieldwork.office import CONFIG, FIRST_CHAT, SECRET, STUDY, import_class, roster, wib

COORDINATOR = 501
NOW = wib("2026-12-01 09:00")
LIMITS = Rates()
QUIET_SECONDS = 1.2  # what is under way waits a second for its turn at most: so many a second are claimed at once


@dataclass(slots=True)
class Sending:
    bench: Workbench
    database: Database
    training_id: int
    round_id: int
    board_id: int

    @property
    def invited(self) -> int:
        return self.bench.books.counts["sendMessage 200"] - 1  # one is the board

    @property
    def refused(self) -> int:
        return self.bench.books.account_named().limits.refused

    @property
    def board(self) -> str:
        return self.bench.books.account_named().chats[COORDINATOR].messages[self.board_id].text

    @property
    def board_edits(self) -> int:
        return self.bench.books.counts["editMessageText 200"]

    @property
    def most_to_one(self) -> int:
        """How often the one was written to who was written to most."""
        return max(self._written_to().values(), default=0)

    def _written_to(self) -> Counter[str]:
        sent = (call for call in self.bench.books.calls if call.method == "sendMessage")
        chats = Counter(str(call.parameters["chat_id"]) for call in sent if call.effect)
        del chats[str(COORDINATOR)]
        return chats

    async def pause(self) -> int:
        """How many were still under way, and arrived after it."""
        return await self._halted(boards.pause)

    async def stop(self) -> int:
        return await self._halted(boards.stop)

    async def resume(self) -> None:
        await self._act(boards.resume)

    async def _halted(self, event: Callable[[Connection, Duty, int], Board]) -> int:
        await self._act(event)
        before = self.invited
        await asyncio.sleep(QUIET_SECONDS)
        arrived = self.invited
        await asyncio.sleep(QUIET_SECONDS / 4)  # and now nothing comes any more
        assert self.invited == arrived
        return arrived - before

    async def _act(self, event: Callable[[Connection, Duty, int], Board]) -> None:
        def act(connection: Connection) -> None:
            event(connection, duty_at(connection, self.training_id, NOW), self.round_id)

        await self.database.run(act)

    async def until_board_says(self, words: str, seconds: float) -> None:
        async with asyncio.timeout(seconds):
            while words not in self.board:  # noqa: ASYNC110 - the bot's work
                await asyncio.sleep(0.01)

    async def until(self, invited: int, seconds: float) -> float:
        """How long it took, in seconds."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        async with asyncio.timeout(seconds):
            while self.invited < invited:  # noqa: ASYNC110 - the bot's work
                await asyncio.sleep(0.01)
        return loop.time() - begun


def theoretical_seconds(invitations: int) -> float:
    return (invitations - LIMITS.overall_burst) / LIMITS.overall_per_second


@asynccontextmanager
async def sending(database_url: str, size: int) -> AsyncIterator[Sending]:
    """A follow-up round for so many people that a coordinator confirmed: its invitations go out from now on."""
    app = build_app(SimulatorClock(NOW))
    async with (
        serving(app) as url,
        connected(url, "123456:TEST") as bot,
        await Database.open(database_url) as database,
    ):
        bench = app[BENCH]
        for chat in (COORDINATOR, *range(FIRST_CHAT, FIRST_CHAT + size)):
            simulated.add_person(bench.books, Person(chat, f"Uji {chat}"))
            simulated.say(bench.scene(), chat, "/start")
        board = await bot.send_message(COORDINATOR, "Mengirim")
        training_id = await database.run(import_class, roster(size), now=NOW)
        round_id = await database.run(
            stored_rounds.plan, training_id, "followup_alumni", NOW, NOW + timedelta(days=20)
        )
        await database.run(
            stored_rounds.confirm, round_id, opens_at=NOW, closes_at=NOW + timedelta(days=20),
            by=COORDINATOR, board_message_id=board.message_id, now=NOW,
        )  # fmt: skip
        named = Named(frozenset(), frozenset({COORDINATOR}))
        clock = FollowedClock(NOW)
        desk = Desk(database.run, STUDY, TEXTS, clock, SECRET, "bungo_test_bot", named)
        outbox = Outbox(bot, Hooks(_nothing, _nothing), Lanes())
        analyst = Analyst(CONFIG / "study.toml", CONFIG / "texts", database)

        async def tick() -> bool:
            counts = await ticker.tick(desk, outbox, analyst, clock.now())
            return bool(counts.cut_short)

        async with scheduled(tick, SystemClock().now()):  # the scheduler asks the machine: at once
            yield Sending(bench, database, training_id, round_id, board.message_id)


async def _nothing(*_: int) -> None:
    pass
