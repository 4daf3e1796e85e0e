"""How fast we may send: Telegram's limits on real time, kept before it has to refuse.

1. Only new messages count; edits and answered taps do not.
2. About 30 a second over all and one a second per chat, short bursts pass; we stay a little below.
3. Whoever waits for a reply goes before bulk (invitations, reminders, summaries).
4. One flood-wait halts all bulk for as long as Telegram asks.
"""

import asyncio
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

KEPT_CHATS = 1000


@dataclass(frozen=True, slots=True)
class Rates:
    """Bursts are the buckets' sizes. Telegram's own are not documented; these stay below what users report.

    The rate is a little below Telegram's, for long sendings take their time from it; the burst is half of Telegram's, so that
    what was held up on its way for half a second may arrive together.
    """

    overall_per_second: float = 29.4
    overall_burst: int = 15
    chat_per_second: float = 1.0  # with a burst one below what passes
    chat_burst: int = 2


# aiolimiter serves the smallest amount that waits first: so a reply passes every bulk message in the queue.
REPLY, BULK = 1.0, 1.001


class Limits:
    def __init__(self, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self._overall = _bucket(self._rates.overall_burst, self._rates.overall_per_second)
        self._chats: dict[int, AsyncLimiter] = {}
        self._halted_until = 0.0

    async def for_reply(self, chat_id: int) -> None:
        await self._chat(chat_id).acquire()
        await self._overall.acquire(REPLY)

    async def for_bulk(self) -> None:
        """The place over all, taken before the chat's turn, so that a chat is never held for it."""
        await self._overall.acquire(BULK)

    async def for_bulk_in(self, chat_id: int) -> None:
        await self._chat(chat_id).acquire()

    def halt_bulk(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        self._halted_until = max(self._halted_until, until)

    def bulk_halted_for(self) -> float:
        return max(0.0, self._halted_until - asyncio.get_running_loop().time())

    def _chat(self, chat_id: int) -> AsyncLimiter:
        if len(self._chats) > KEPT_CHATS:
            self._chats = {
                chat: bucket
                for chat, bucket in self._chats.items()
                if not bucket.has_capacity(bucket.max_rate)
            }
        if chat_id not in self._chats:
            self._chats[chat_id] = _bucket(self._rates.chat_burst, self._rates.chat_per_second)
        return self._chats[chat_id]


def _bucket(burst: int, per_second: float) -> AsyncLimiter:
    return AsyncLimiter(burst, burst / per_second)
