"""Control routes for time: the clock, its followers, waiting for quiet, latency."""

import asyncio
from datetime import datetime, timedelta
from random import Random

from aiohttp import web

from bot.simulator.following import advance, wait_quiet
from bot.simulator.json_types import JsonObject
from bot.simulator.request_body import Unclear, body_of, number_in, shown, text_in
from bot.simulator.workbench import Latency, Workbench

QUIET_SECONDS, STILL_MS = 10.0, 30.0


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    one_jump_at_a_time = asyncio.Lock()

    async def clock(_request: web.Request) -> web.Response:
        return shown({"now": bench.clock.now(), "running": bench.clock.running})

    async def jump(request: web.Request) -> web.Response:
        body = await body_of(request)
        async with one_jump_at_a_time:
            return shown(await advance(bench, _target(bench, body)))

    async def follow(request: web.Request) -> web.Response:
        url = text_in(await body_of(request), "url")
        if url not in bench.followers:
            bench.followers.append(url)
        return shown({"now": bench.clock.now()})

    async def unfollow(request: web.Request) -> web.Response:
        url = text_in(await body_of(request), "url")
        bench.followers[:] = [known for known in bench.followers if known != url]
        return shown({"now": bench.clock.now()})

    async def quiet(request: web.Request) -> web.Response:
        body = await body_of(request)
        still = number_in(body, "still_ms", STILL_MS) / 1000
        restless = await wait_quiet(bench, number_in(body, "timeout", QUIET_SECONDS), still)
        if restless is None:
            return shown({"quiet": True})
        return web.json_response({"error": f"not quiet: {restless.reason}"}, status=504)

    async def latency(request: web.Request) -> web.Response:
        body = await body_of(request)
        least, most = number_in(body, "min_ms", 0), number_in(body, "max_ms", 0)
        if not 0 <= least <= most:
            raise Unclear("0 <= min_ms <= max_ms is wanted")
        bench.latency = Latency(least, most, Random(int(number_in(body, "seed", 0))))
        return shown({"min_ms": least, "max_ms": most})

    return [
        web.get("/control/clock", clock),
        web.post("/control/clock/advance", jump),
        web.post("/control/clock/followers", follow),
        web.delete("/control/clock/followers", unfollow),
        web.post("/control/wait/quiet", quiet),
        web.post("/control/latency", latency),
    ]


def _target(bench: Workbench, body: JsonObject) -> datetime:
    if "to" in body:
        try:
            target = datetime.fromisoformat(text_in(body, "to"))
        except ValueError as wrong:
            raise Unclear(f"`to` is not an ISO time: {wrong}") from wrong
        if target.tzinfo is None:
            raise Unclear("`to` needs its zone, as in 2026-10-16T15:00:00+07:00")
        return target
    return bench.clock.now() + timedelta(seconds=number_in(body, "seconds"))
