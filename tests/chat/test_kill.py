"""Killed at any instant, nothing that was acknowledged is lost and nothing is doubled. With kill -9, not with a claim."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.store import tables
from bot.store.database import Database
from tests.chat.scripted_telegram import scripted_telegram, text_update

BOT = Path(__file__).parent / "counting_bot.py"
UPDATES = 1000
CHATS = 40


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
            await asyncio.sleep(0.003)


@pytest.mark.parametrize("kills", [1, 4])
async def test_a_thousand_updates_have_a_thousand_effects_although_the_bot_is_killed(
    database: Database, database_url: str, kills: int
):
    async with scripted_telegram() as telegram:
        telegram.updates = [text_update(n, chat=1 + n % CHATS) for n in range(1, UPDATES + 1)]
        for kill in range(1, kills + 1):
            async with running_bot(telegram.url, database_url) as process:
                await until_effects(database, kill * UPDATES // (kills + 1))
                process.send_signal(signal.SIGKILL)
                await process.wait()
        half_way, _ = await database.read(effects)
        assert 0 < half_way < UPDATES
        async with running_bot(telegram.url, database_url):
            await until_effects(database, UPDATES)
            async with asyncio.timeout(10):
                while telegram.confirmed <= UPDATES:  # noqa: ASYNC110 - the bot's own confirmation
                    await asyncio.sleep(0.01)
        assert await database.read(effects) == (UPDATES, UPDATES)
