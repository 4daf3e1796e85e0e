"""Killed at any instant, nothing that was acknowledged is lost and nothing is doubled. With kill -9, not with a claim."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select

from bot.simulator.client import SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import build_app, serving
from bot.store import tables
from bot.store.database import Database

BOT = Path(__file__).parent / "counting_bot.py"
PEOPLE, EACH = 40, 25
UPDATES = PEOPLE * EACH
KILLED_AT = (UPDATES // 4, UPDATES // 2, 3 * UPDATES // 4)


def effects(connection: Connection) -> tuple[int, int]:
    """How many, and of how many different updates."""
    rows = tables.audit
    counted = select(func.count(), func.count(rows.c.actor.distinct())).select_from(rows)
    total, different = connection.execute(counted).one()
    return total, different


@asynccontextmanager
async def running_bot(api: str, database_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, str(BOT), api, database_url)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until_effects(database: Database, number: int) -> None:
    async with asyncio.timeout(30):
        while (await database.read(effects))[0] < number:  # noqa: ASYNC110 - another process's work
            await asyncio.sleep(0.002)


async def write_a_thousand(telegram: SimulatorClient) -> None:
    """While no bot runs: all of them wait at Telegram."""
    people = [await telegram.create_person(f"Uji {number}") for number in range(PEOPLE)]
    for number in range(EACH):
        await asyncio.gather(*(someone.send_text(f"pesan {number}") for someone in people))
    assert await telegram.pending() == UPDATES


async def test_a_thousand_updates_have_a_thousand_effects_although_the_bot_is_killed(
    database: Database, database_url: str
):
    async with serving(build_app(clock_at("real"))) as url, SimulatorClient(url) as telegram:
        await write_a_thousand(telegram)
        for effects_so_far in KILLED_AT:
            async with running_bot(url, database_url) as process:
                await until_effects(database, effects_so_far)
                process.send_signal(signal.SIGKILL)
                await process.wait()
        done_before_the_end, _ = await database.read(effects)
        assert done_before_the_end < UPDATES, "the last kill came too late to show anything"
        async with running_bot(url, database_url):
            await until_effects(database, UPDATES)
            async with asyncio.timeout(10):
                while await telegram.pending():  # noqa: ASYNC110 - the bot's own confirmation
                    await asyncio.sleep(0.01)
        assert await telegram.invalid_calls() == []
        assert await database.read(effects) == (UPDATES, UPDATES)
