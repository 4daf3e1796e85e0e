"""A sign given again and again while something long is under way, so that nobody takes it for dead: not who watches the bot, and not
who would take up a claim that lapses. It ends by itself after a time in which anything long has either ended or hangs.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.errors import BotError

LOG = logging.getLogger(__name__)
EVERY_SECONDS = 60.0
LONGEST_SECONDS = 20 * 60.0  # what takes longer hangs


@asynccontextmanager
async def signs_meanwhile(sign: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    async def give_signs() -> None:
        for _ in range(int(LONGEST_SECONDS / EVERY_SECONDS)):
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await sign()
            except BotError as failed:
                LOG.warning("no sign of life can be given: %s", failed)

    signs = asyncio.create_task(give_signs(), name="signs of life")
    try:
        yield
    finally:
        signs.cancel()
        await asyncio.gather(signs, return_exceptions=True)
