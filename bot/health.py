"""Whether the running bot is well, for whoever watches it: the database can be written to, and the last tick is not long ago.

Numbers only; nothing about anybody.
"""

import asyncio
from collections.abc import Mapping

from bot.chat.desk import Desk
from bot.errors import StoreError
from bot.fieldwork import life

PATIENCE = 3.0
LATE_SECONDS = 300  # signs come each minute, also while a tick takes longer


async def health(desk: Desk) -> Mapping[str, str | int | bool]:
    try:
        async with asyncio.timeout(PATIENCE):
            last = await desk.run(life.last_sign_checked)
    except (StoreError, TimeoutError):
        return {"well": False, "database": "does not answer"}
    if last is None:
        return {"well": False, "database": "answers", "tick": "never"}
    ago = int((desk.clock.now() - last).total_seconds())
    return {"well": ago < LATE_SECONDS, "database": "answers", "last_tick_seconds": ago}
