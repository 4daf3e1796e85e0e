"""The live stream to a page: server-sent events, at most ten times a second however much happens, and nothing is piled up for slow readers."""

import asyncio
import contextlib

from aiohttp import web

from bot.simulator.live import Seen, news
from bot.simulator.views import as_json_text
from bot.simulator.workbench import Workbench

BETWEEN = 0.1  # seconds; what happens in between goes out together
AGAIN_MS = 1000  # after which a page that lost the connection tries again
ALIVE = 15.0  # seconds without news after which a comment keeps the connection


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def events(request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-cache",
            }
        )
        await stream.prepare(request)
        with contextlib.suppress(ConnectionError):
            await _tell(bench, stream)
        return stream

    return [web.get("/control/events", events)]


async def _tell(bench: Workbench, stream: web.StreamResponse) -> None:
    loop = asyncio.get_running_loop()
    seen = Seen()
    await stream.write(f"retry: {AGAIN_MS}\n\n".encode())
    while not bench.closing:
        rings = bench.pulse.rings
        found = news(bench, seen, loop.time())
        said = "".join(f"data: {as_json_text(event)}\n\n" for event in found) or ": alive\n\n"
        await stream.write(said.encode())
        await asyncio.sleep(BETWEEN)
        await bench.pulse.wait_beyond(rings, ALIVE)
