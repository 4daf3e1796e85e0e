"""Telegram's sending limits as token buckets on real time. Pure: the monotonic seconds are given.

Telegram publishes no exact figures. These are what bots observe: 30 messages a second over all with a burst of 30; one a
second in a chat, where a burst of 3 passes; 20 a minute in a group. Only new messages count, not edits or answered taps.
A refused message costs nothing.
"""

import math
from dataclasses import dataclass, field

MOST_RATE = 1_000_000


@dataclass(frozen=True, slots=True)
class Rates:
    overall_per_second: float = 30.0
    overall_burst: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_second: float = 20 / 60
    group_burst: int = 20

    def __post_init__(self) -> None:
        for name in ("overall_per_second", "chat_per_second", "group_per_second"):
            if not 0 < getattr(self, name) <= MOST_RATE:
                raise ValueError(f"{name} is above 0 and at most {MOST_RATE}")
        for name in ("overall_burst", "chat_burst", "group_burst"):
            if not 1 <= getattr(self, name) <= MOST_RATE:
                raise ValueError(f"{name} is 1 to {MOST_RATE}")


@dataclass(slots=True)
class Bucket:
    per_second: float
    burst: int
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more message fits; 0 when it fits now."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (1.0 - self.tokens) / self.per_second)

    def take(self) -> None:
        self.tokens -= 1.0


@dataclass(slots=True)
class Limits:
    rates: Rates = field(default_factory=Rates)
    refused: int = 0
    overall: Bucket | None = None
    chats: dict[int, Bucket] = field(default_factory=dict)

    def retry_after(self, chat_id: int, now: float) -> int | None:
        """None when the message may pass, and it is then counted; else whole seconds as in a 429."""
        buckets = (self._overall(now), self._chat(chat_id, now))
        longest = max(bucket.wait(now) for bucket in buckets)
        if longest > 0:
            self.refused += 1
            return max(1, math.ceil(longest))
        for bucket in buckets:
            bucket.take()
        return None

    def _overall(self, now: float) -> Bucket:
        if self.overall is None:
            self.overall = _full(self.rates.overall_per_second, self.rates.overall_burst, now)
        return self.overall

    def _chat(self, chat_id: int, now: float) -> Bucket:
        if chat_id not in self.chats:
            rates = self.rates
            group = chat_id < 0
            self.chats[chat_id] = _full(
                rates.group_per_second if group else rates.chat_per_second,
                rates.group_burst if group else rates.chat_burst,
                now,
            )
        return self.chats[chat_id]


def _full(per_second: float, burst: int, now: float) -> Bucket:
    return Bucket(per_second, burst, float(burst), now)
