"""Fetches a file that somebody sent, by its id. Never more than it may be; tried again, because a person is waiting.

Nothing of the content is looked at, kept or logged here.
"""

import asyncio

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.chat.sending import translated
from bot.errors import DeliveryError, TooLarge, TryLater, Unconfirmed

TRIES = 4
PAUSE = 0.5  # seconds, doubled each time
LONGEST_WAIT = 30.0


async def fetched(bot: Bot, file_id: str, most_bytes: int) -> bytes:
    """Raises TooLarge, or another DeliveryError when Telegram does not give it."""
    for attempt in range(TRIES - 1):
        try:
            return await _once(bot, file_id, most_bytes)
        except TryLater as later:
            if later.after > LONGEST_WAIT:
                raise
            await asyncio.sleep(max(later.after, PAUSE * 2**attempt))
        except Unconfirmed:  # reading it again changes nothing
            await asyncio.sleep(PAUSE * 2**attempt)
    return await _once(bot, file_id, most_bytes)


async def _once(bot: Bot, file_id: str, most_bytes: int) -> bytes:
    try:
        file = await bot.get_file(file_id)
        if (file.file_size or 0) > most_bytes:
            raise TooLarge(f"{file.file_size} bytes")
        content = bytes(await file.download_as_bytearray())
    except BadRequest as refused:
        if "too big" in str(refused).lower():  # Telegram gives bots at most 20 MB
            raise TooLarge(str(refused)) from refused
        raise translated(refused) from refused
    except TelegramError as refused:
        raise translated(refused) from refused
    except RuntimeError as lacking:  # python-telegram-bot's word for an answer without a path
        raise DeliveryError("Telegram named no path for the file") from lacking
    if len(content) > most_bytes:
        raise TooLarge(f"{len(content)} bytes")
    return content
