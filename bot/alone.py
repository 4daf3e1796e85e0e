"""One bot a database. Who comes second is told so in a sentence; as a webhook replica on PostgreSQL it stands by instead.

The lock ends with its process, so a bot that was killed holds up nobody.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.errors import StoreError
from bot.store.sole import Sole, sole

LOG = logging.getLogger(__name__)
PATIENCE = 6.0  # the one before may be stopping, which takes up to five seconds
LOOK_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Whether this process is the one that ticks."""

    lock: Sole

    async def is_mine(self) -> bool:
        try:
            return await asyncio.to_thread(self.lock.take)
        except StoreError as gone:
            LOG.warning("who ticks cannot be seen: %s", gone)
            return False


@asynccontextmanager
async def place(url: str, *, may_stand_by: bool) -> AsyncIterator[Place]:
    lock = sole(url)
    try:
        if not await _taken(lock, 0.0 if may_stand_by else PATIENCE) and not may_stand_by:
            raise StoreError(
                "the database of DATABASE_URL is in use by another instance of this bot. Stop that one first; "
                "several at once are possible only with --webhook on PostgreSQL."
            )
        yield Place(lock)
    finally:
        await asyncio.to_thread(lock.give_back)


async def _taken(lock: Sole, patience: float) -> bool:
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    while not await asyncio.to_thread(lock.take):
        if loop.time() >= until:
            return False
        await asyncio.sleep(LOOK_EVERY)
    return True
