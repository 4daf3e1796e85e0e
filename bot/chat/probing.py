"""What Telegram says of this bot, for `python -m bot doctor`: its name, its webhook, and how far the clocks are apart. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.chat.request import AiohttpRequest

SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    waiting: int
    last_error: str


@dataclass(frozen=True, slots=True)
class Probe:
    username: str = ""  # "": not reached, or refused
    refused: bool = False  # the token is not known there
    webhook: Webhook | None = None
    server_time: datetime | None = None


async def probe(api_url: str, token: str) -> Probe:
    api = api_url.rstrip("/")
    request = AiohttpRequest(SECONDS)
    bot = Bot(token, base_url=f"{api}/bot", request=request, get_updates_request=AiohttpRequest())
    try:
        async with bot:
            info = await bot.get_webhook_info()
            webhook = Webhook(info.url, info.pending_update_count, info.last_error_message or "")
            return Probe(bot.username, webhook=webhook, server_time=await _server_time(api))
    except InvalidToken:
        return Probe(refused=True)
    except TelegramError:
        return Probe()


async def _server_time(api: str) -> datetime | None:
    """Of the answer's own header: every HTTP server says it."""
    timeout = aiohttp.ClientTimeout(SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(api) as answer:
            return parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None
