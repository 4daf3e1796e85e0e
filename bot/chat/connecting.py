"""The Bot, connected: waits for Telegram when the network is down at the start, refuses a token that Telegram refuses."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.chat.request import AiohttpRequest
from bot.errors import SettingsError

LOG = logging.getLogger(__name__)
CONNECT_AGAIN = 5.0


@asynccontextmanager
async def connected(api_url: str, token: str, *, by_webhook: bool = False) -> AsyncIterator[Bot]:
    api = api_url.rstrip("/")
    bot = Bot(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        await _until_connected(bot, by_webhook=by_webhook)
        yield bot
    finally:
        await bot.shutdown()


async def _until_connected(bot: Bot, *, by_webhook: bool) -> None:
    while True:
        try:
            await bot.initialize()
            if not by_webhook:
                # getUpdates is refused while a webhook is set; nothing that waits is dropped
                await bot.delete_webhook()
        except InvalidToken as refused:
            raise SettingsError(
                "TELEGRAM_TOKEN: Telegram does not know this token. Ask @BotFather for it with /token."
            ) from refused
        except TelegramError as broken:
            LOG.warning("Telegram is not reached yet: %s", type(broken).__name__)
            await asyncio.sleep(CONNECT_AGAIN)
        else:
            return
