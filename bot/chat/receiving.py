"""Getting updates by polling. An update is confirmed only when its transaction and those of all before it are committed, or they are
set aside; sending is not awaited before confirming. What is done with one update is taking.py's.

Telegram confirms in order, so while a busy chat keeps one update waiting it gives those after it again, and new ones with them: what is
in hand already is passed over, what is new is taken. So nobody waits for another's chat, as long as fewer than BATCH are in hand.
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
from bot.chat.taking import ALLOWED, Taker, is_update

LOG = logging.getLogger(__name__)

LONG_POLL = 25
POLL_GRACE = 10  # seconds beyond it; then the connection is taken for dead
PATIENCE = 0.3  # with what is in hand, before it is looked for more
BATCH = 100
BACK_OFF = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)


class Receiver:
    def __init__(self, bot: Bot, request: AiohttpRequest, taker: Taker) -> None:
        self._bot = bot
        self._request = request
        self._taker = taker
        self._offset = 0
        self._failures = 0
        self._in_hand: dict[int, asyncio.Task[bool]] = {}  # by update, in the order they came
        self._stop_asked = asyncio.Event()
        self._nothing_in_hand = asyncio.Event()
        self._nothing_in_hand.set()
        self._ended = asyncio.Event()
        self._ended.set()
        self._caught_up = asyncio.Event()

    @property
    def busy(self) -> bool:
        return not self._nothing_in_hand.is_set()

    async def quiet(self) -> None:
        await self._nothing_in_hand.wait()

    async def caught_up(self) -> None:
        await self._caught_up.wait()

    async def run(self) -> None:
        """Until stopped or cancelled; no failure ends it."""
        self._ended.clear()
        try:
            while (batch := await self._next_batch()) is not None:
                self._begin(batch)
                await self._settle(PATIENCE)
            await self._settle(None)
        finally:
            for task in self._in_hand.values():
                task.cancel()
            self._nothing_in_hand.set()
            self._ended.set()

    async def stop(self) -> None:
        """Finish what is in hand and confirm it; what comes after stays at Telegram."""
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
        may_wait = self._caught_up.is_set() and not self._in_hand
        poll = asyncio.create_task(self._poll(LONG_POLL if may_wait else 0))
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
        if not isinstance(answer, list):  # whatever stands in front of Telegram said it
            raise NetworkError("the updates are no list")
        return [raw for raw in answer if is_update(raw)]

    async def _back_off(self) -> None:
        await asyncio.sleep(BACK_OFF[min(self._failures, len(BACK_OFF) - 1)])
        self._failures += 1

    # ---- taking what came ---------------------------------------------------------------------------

    def _begin(self, batch: Sequence[Mapping[str, Any]]) -> None:
        for raw in batch:
            number = int(raw["update_id"])
            if number not in self._in_hand:
                self._in_hand[number] = asyncio.create_task(self._taker.take(raw))
                self._nothing_in_hand.clear()

    async def _settle(self, patience: float | None) -> None:
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=patience)
        if not self._may_confirm():
            await asyncio.wait(self._in_hand.values())  # they come again after it, as they came
            self._in_hand.clear()
            await self._back_off()
        if not self._in_hand:
            self._nothing_in_hand.set()

    def _may_confirm(self) -> bool:
        """All from the first on that is done. False: one does not stand, so it and all after it come again.

        The offset is of these alone: after a quiet week Telegram's numbers begin anew, often lower than before.
        """
        offset = 0
        for number, task in list(self._in_hand.items()):
            if not task.done():
                break
            if not task.result():
                return False
            del self._in_hand[number]
            offset = max(offset, number + 1)
            self._offset = offset
            self._failures = 0
        return True
