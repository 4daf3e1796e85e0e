"""Starts the simulator: `python -m bot simulator --port N`, or `build_app` inside a test's own process."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from bot.simulator import botapi, control, page, spec, webhooks
from bot.simulator.clock import SimulatorClock, clock_at
from bot.simulator.workbench import Workbench

BENCH = web.AppKey("bench", Workbench)
MOST_BYTES = (
    64 * 1024 * 1024
)  # a little above the 50 MB a bot may send, which is then refused in words
SPEC_VARIABLE = "BOT_API_SPEC"


def main(argv: list[str]) -> int:
    arguments = _arguments(argv)
    try:
        clock = clock_at(arguments.clock)
        app = build_app(clock, zone=arguments.zone)
        asyncio.run(_serve(app, arguments.host, arguments.port))
    except (ValueError, TypeError, OSError, OverflowError, ZoneInfoNotFoundError) as wrong:
        sys.stderr.write(f"The simulator cannot start: {wrong}\n")
        return 2
    return 0


def build_app(
    clock: SimulatorClock,
    *,
    full_spec: spec.Spec | None = None,
    webhook_retry: float = webhooks.FIRST_RETRY_SECONDS,
    zone: str = "Asia/Jakarta",
) -> web.Application:
    """Every call is also judged by `full_spec`, or by the one that BOT_API_SPEC names, if there is any."""
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[control.plain_errors])
    bench = Workbench(clock, spec.built_in(), full_spec or spec_from_environment())
    bench.zone = ZoneInfo(zone)
    app[BENCH] = bench
    app.add_routes([*control.routes(bench), *botapi.routes(bench), *page.routes()])
    app.cleanup_ctx.append(_webhooks(bench, webhook_retry))
    app.on_shutdown.append(_release_pollers)
    return app


@asynccontextmanager
async def serving(
    app: web.Application, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[str]:
    """Yields the base URL; port 0 takes a free one."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def spec_from_environment() -> spec.Spec | None:
    path = os.environ.get(SPEC_VARIABLE)
    return spec.from_file(Path(path)) if path else None


async def _serve(app: web.Application, host: str, port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with serving(app, host, port) as url:
        now = app[BENCH].clock.now().isoformat()
        sys.stdout.write(f"simulator ready at {url} (clock {now})\n")
        sys.stdout.flush()
        await stop.wait()


async def _release_pollers(app: web.Application) -> None:
    """A long poll would otherwise hold the shutdown for its whole timeout."""
    app[BENCH].closing = True
    app[BENCH].pulse.ring()


def _webhooks(bench: Workbench, retry: float) -> Callable[[web.Application], AsyncIterator[None]]:
    async def deliver(_app: web.Application) -> AsyncIterator[None]:
        async with webhooks.delivering(bench, retry):
            yield

    return deliver


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bot simulator", description="A local, strict Telegram Bot API server."
    )
    parser.add_argument("--port", type=int, default=8080, help="0 takes a free one and prints it")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--clock", default="real",
        help="real, or an ISO time with zone at which the clock stands still until it is advanced",
    )  # fmt: skip
    parser.add_argument("--zone", default="Asia/Jakarta", help="in which the page shows the time")
    return parser.parse_args(argv)
