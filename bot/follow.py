"""In the demo the simulator owns the time: it announces every moment here and waits until the bot has done its work.

1. `POST /clock {"now": iso}` moves the clock, ticks until nothing is due at that moment, waits for quiet and answers
   `{"next_due": iso | null}`, so that a jump of ninety days goes from due time to due time.
2. `POST /clock {"quiet": true}` answers once no work is in progress.

Only 127.0.0.1 can reach it, and only a bot with CLOCK_URL has it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
from aiohttp import web

from bot.clock import FollowedClock
from bot.errors import SettingsError

LOG = logging.getLogger(__name__)
FOLLOWERS = "/control/clock/followers"
MOST_TICKS = 100  # at one moment; more means that a row stays due whatever is done


@dataclass(frozen=True, slots=True)
class Follower:
    clock: FollowedClock
    tick: Callable[[datetime], Awaitable[object]]
    next_due: Callable[[datetime], Awaitable[datetime | None]]
    quiet: Callable[[], Awaitable[None]]

    async def move_to(self, moment: datetime) -> datetime | None:
        self.clock.move_to(moment)
        now = self.clock.now()
        for _ in range(MOST_TICKS):
            await self.tick(now)
            await self.quiet()
            due = await self.next_due(now)
            if due is None or due > now:
                return due
        LOG.error("something stays due at %s whatever is done", now.isoformat())
        return now + timedelta(minutes=1)


async def ask_time(url: str) -> datetime:
    """The simulator's clock at the start."""
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{url.rstrip('/')}/control/clock", raise_for_status=True) as answer,
        ):
            return datetime.fromisoformat((await answer.json())["now"])
    except (aiohttp.ClientError, KeyError, ValueError) as wrong:
        raise SettingsError(
            f"CLOCK_URL: no simulator answers at {url}. Start one with `python -m bot simulator`, "
            "or leave CLOCK_URL empty for the real clock."
        ) from wrong


@asynccontextmanager
async def following(url: str, follower: Follower) -> AsyncIterator[None]:
    runner = web.AppRunner(_application(follower), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        async with _registered(f"{url.rstrip('/')}{FOLLOWERS}", f"http://{host}:{port}/clock"):
            yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _registered(followers: str, own: str) -> AsyncIterator[None]:
    async with aiohttp.ClientSession() as session:
        await session.post(followers, json={"url": own}, raise_for_status=True)
        try:
            yield
        finally:
            with suppress(aiohttp.ClientError, TimeoutError):  # the simulator may be gone before us
                await session.delete(
                    followers, json={"url": own}, timeout=aiohttp.ClientTimeout(total=1)
                )


def _application(follower: Follower) -> web.Application:
    one_at_a_time = asyncio.Lock()

    async def announced(request: web.Request) -> web.Response:
        said = await request.json()
        if said.get("quiet"):
            await follower.quiet()
            return web.json_response({"quiet": True})
        async with one_at_a_time:
            due = await follower.move_to(datetime.fromisoformat(said["now"]))
        return web.json_response({"next_due": due.isoformat() if due else None})

    application = web.Application()
    application.router.add_post("/clock", announced)
    return application
