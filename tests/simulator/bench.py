"""A simulator in the test's own process, with a control client and python-telegram-bot pointed at it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.simulator.client import SimulatorClient
from bot.simulator.clock import SimulatorClock
from bot.simulator.server import build_app, serving

BOT = "7000000001:AAHsimulated_token_of_nobody_at_all"
NOON = datetime.fromisoformat("2026-10-16T12:00:00+07:00")


@dataclass(frozen=True, slots=True)
class Bench:
    url: str
    telegram: SimulatorClient
    bot: Bot

    async def raw(self, method: str, **parameters) -> tuple[int, dict]:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/bot{BOT}/{method}", json=parameters) as answer,
        ):
            return answer.status, await answer.json()


@asynccontextmanager
async def workbench(
    *, with_bot: bool = True, clock: datetime = NOON, webhook_retry: float = 0.02
) -> AsyncIterator[Bench]:
    app = build_app(SimulatorClock(clock), webhook_retry=webhook_retry)
    async with serving(app) as url, SimulatorClient(url) as telegram:
        bot = Bot(
            BOT, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot",
            request=plain_http(), get_updates_request=plain_http(),
        )  # fmt: skip
        if with_bot:
            await bot.initialize()
        try:
            yield Bench(url, telegram, bot)
        finally:
            await bot.shutdown()


def plain_http() -> HTTPXRequest:
    """The library's own request class; without certificates, whose loading takes longer than a test."""
    return HTTPXRequest(httpx_kwargs={"verify": False})


def keyboard(*rows: list[tuple[str, str]]) -> dict:
    return {
        "inline_keyboard": [
            [{"text": label, "callback_data": data} for label, data in row] for row in rows
        ]
    }
