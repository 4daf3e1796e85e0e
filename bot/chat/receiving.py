"""Getting updates by polling. A batch is confirmed only when every update's transaction is committed, or the update is set
aside; sending is not awaited before confirming. What is done with one update is taking.py's.
"""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, NetworkError, TelegramError

from bot.chat.request import AiohttpRequest, FloodWait
from bot.chat.taking import ALLOWED, Taker

LOG = logging.getLogger(__name__)

LONG_POLL = 25
POLL_GRACE = 10  # seconds beyond it; then the connection is taken for dead
BATCH = 100
BACK_OFF = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)


class Receiver:
    def __init__(self, bot: Bot, request: AiohttpRequest, taker: Taker) -> None:
        self._bot = bot
        self._request = request
        self._taker = taker
        self._offset = 0
        self._failures = 0
        self._stop_asked = asyncio.Event()
        self._batch_done = asyncio.Event()
        self._batch_done.set()
        self._ended = asyncio.Event()
        self._ended.set()
        self._caught_up = asyncio.Event()

    @property
    def busy(self) -> bool:
        return not self._batch_done.is_set()

    async def quiet(self) -> None:
        await self._batch_done.wait()

    async def caught_up(self) -> None:
        await self._caught_up.wait()

    async def run(self) -> None:
        """Until stopped or cancelled; no failure ends it."""
        self._ended.clear()
        try:
            while (batch := await self._next_batch()) is not None:
                self._batch_done.clear()
                await self._take(batch)
                self._batch_done.set()
        finally:
            self._batch_done.set()
            self._ended.set()

    async def stop(self) -> None:
        """Finish the batch in hand and confirm it; what comes after stays at Telegram."""
        self._stop_asked.set()
        await self._ended.wait()
        if self._offset:
            try:
                await self._get_updates(0, limit=1)
            except TelegramError:
                LOG.info(
                    "the last updates were not confirmed; they will come again and change nothing"
                )

    async def _next_batch(self) -> list[Mapping[str, Any]] | None:
        """None: stop. A long poll under way is given up, because two at a time are refused."""
        poll = asyncio.create_task(self._poll(LONG_POLL if self._caught_up.is_set() else 0))
        stop = asyncio.create_task(self._stop_asked.wait())
        try:
            await asyncio.wait({poll, stop}, return_when=asyncio.FIRST_COMPLETED)
            return poll.result() if poll.done() and not self._stop_asked.is_set() else None
        finally:
            for task in (poll, stop):
                task.cancel()
            await asyncio.gather(poll, stop, return_exceptions=True)

    # ---- asking Telegram ----------------------------------------------------------------------------

    async def _poll(self, seconds: int) -> list[Mapping[str, Any]]:
        try:
            batch = await self._get_updates(seconds, limit=BATCH)
        except Conflict:
            LOG.error("a second instance of this bot is running with the same token; stop one")  # noqa: TRY400
        except FloodWait as flood:
            await asyncio.sleep(flood.after)
        except NetworkError as broken:
            LOG.warning("Telegram is not reached: %s", type(broken).__name__)
        except TelegramError as refused:
            LOG.error("Telegram refuses to give updates: %s", refused)  # noqa: TRY400
        else:
            self._failures = 0
            if not batch:
                self._caught_up.set()
            return batch
        await self._back_off()
        return []

    async def _get_updates(self, seconds: int, limit: int) -> list[Mapping[str, Any]]:
        asked = {
            "offset": self._offset,
            "limit": limit,
            "timeout": seconds,
            "allowed_updates": json.dumps(ALLOWED),
        }
        answer: Any = await self._request.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(asked)}", read_timeout=seconds + POLL_GRACE
        )
        return [raw for raw in answer if isinstance(raw.get("update_id"), int)]

    async def _back_off(self) -> None:
        await asyncio.sleep(BACK_OFF[min(self._failures, len(BACK_OFF) - 1)])
        self._failures += 1

    # ---- taking what came ---------------------------------------------------------------------------

    async def _take(self, batch: Sequence[Mapping[str, Any]]) -> None:
        """Of this batch alone: after a quiet week the numbers begin anew, often lower than before."""
        offset = 0
        kept = await asyncio.gather(*(self._taker.take(raw) for raw in batch))
        for raw, stands in zip(batch, kept, strict=True):
            if not stands:  # this one and all after it come again
                await self._back_off()
                return
            offset = max(offset, int(raw["update_id"]) + 1)
            self._offset = offset
        self._failures = 0
