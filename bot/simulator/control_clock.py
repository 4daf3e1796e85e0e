"""Control routes for time: the clock, its followers, waiting for quiet, latency."""

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random

from aiohttp import web

from bot.simulator.following import advance, wait_quiet
from bot.simulator.json_types import JsonObject
from bot.simulator.request_body import Unclear, address_in, body_of, number_in, shown, text_in
from bot.simulator.workbench import Latency, Workbench
from bot.simulator.working_days import next_working_morning

NEXT_WORKING_MORNING = "next_working_morning"
QUIET_SECONDS, STILL_MS = 10.0, 30.0
LAST_MOMENT = datetime(9000, 1, 1, tzinfo=UTC)
MOST_QUIET_SECONDS, MOST_MS = 3600.0, 60_000.0


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    one_jump_at_a_time = asyncio.Lock()

    async def clock(_request: web.Request) -> web.Response:
        return shown({"now": bench.clock.now(), "running": bench.clock.running})

    async def jump(request: web.Request) -> web.Response:
        body = await body_of(request)
        async with one_jump_at_a_time:
            with bench.on_its_way():
                return shown(await advance(bench, _at_most(_target(bench, body))))

    async def follow(request: web.Request) -> web.Response:
        url = address_in(await body_of(request), "url")
        if url not in bench.followers:
            bench.followers.append(url)
        return shown({"now": bench.clock.now()})

    async def unfollow(request: web.Request) -> web.Response:
        url = text_in(await body_of(request), "url")
        bench.followers[:] = [known for known in bench.followers if known != url]
        return shown({"now": bench.clock.now()})

    async def quiet(request: web.Request) -> web.Response:
        body = await body_of(request)
        still = _within(body, "still_ms", STILL_MS, MOST_MS) / 1000
        within = _within(body, "timeout", QUIET_SECONDS, MOST_QUIET_SECONDS)
        restless = await wait_quiet(bench, within, still)
        if restless is None:
            return shown({"quiet": True})
        return web.json_response({"error": f"not quiet: {restless.reason}"}, status=504)

    async def latency(request: web.Request) -> web.Response:
        body = await body_of(request)
        least, most = number_in(body, "min_ms", 0), number_in(body, "max_ms", 0)
        if not 0 <= least <= most <= MOST_MS:
            raise Unclear(f"0 <= min_ms <= max_ms is wanted, and at most {MOST_MS:.0f}")
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


def _at_most(target: datetime) -> datetime:
    """Beyond it a minute more would be no date."""
    if target > LAST_MOMENT:
        raise Unclear(f"the clock goes to the year {LAST_MOMENT.year} at most")
    return target


def _target(bench: Workbench, body: JsonObject) -> datetime:
    if "preset" in body:
        if body["preset"] != NEXT_WORKING_MORNING:
            raise Unclear(f"the only preset is {NEXT_WORKING_MORNING}")
        return next_working_morning(bench.clock.now(), bench.zone)
    if "to" in body:
        try:
            target = datetime.fromisoformat(text_in(body, "to"))
            if target.tzinfo is None:
                raise Unclear("`to` needs its zone, as in 2026-10-16T15:00:00+07:00")
            return target.astimezone(UTC)
        except (ValueError, OverflowError) as wrong:
            raise Unclear(f"`to` is not an ISO time: {wrong}") from wrong
    seconds = number_in(body, "seconds")
    if seconds < 0:
        raise Unclear("the clock goes forward only")
    try:
        return bench.clock.now() + timedelta(seconds=seconds)
    except OverflowError as wrong:
        raise Unclear(f"a clock cannot go {seconds} seconds on") from wrong


def _within(body: JsonObject, name: str, default: float, most: float) -> float:
    number = number_in(body, name, default)
    if not 0 <= number <= most:
        raise Unclear(f"{name} is 0 to {most:.0f}")
    return number
