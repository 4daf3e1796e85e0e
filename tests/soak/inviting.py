"""A large sending at the limits that Telegram really has: how long it takes, whether Telegram has to refuse, what its board says.

In real time, because limits are. The simulator's limits are its own default ones.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot import ticker
from bot.analysis import Analyst
from bot.chat.connecting import connected
from bot.chat.desk import Desk
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.clock import FollowedClock
from bot.fieldwork.staff import Named
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
from tests.fieldwork.office import CONFIG, FIRST_CHAT, SECRET, STUDY, import_class, roster, wib

COORDINATOR = 501
NOW = wib("2026-12-01 09:00")
LONG_AGO = wib("2026-01-01 00:00")  # for the scheduler, which asks the machine: due at once
LIMITS = Rates()


@dataclass(slots=True)
class Sending:
    bench: Workbench
    desk: Desk
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
        analyst = Analyst(CONFIG / "study.toml", CONFIG / "texts", database.read)

        async def tick() -> bool:
            counts = await ticker.tick(desk, outbox, analyst, clock.now())
            return bool(counts.cut_short)

        async with scheduled(tick, LONG_AGO):
            yield Sending(bench, desk, round_id, board.message_id)


async def _nothing(*_: int) -> None:
    pass
