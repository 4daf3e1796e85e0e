"""What waits for a bot: the queue behind getUpdates and webhooks. Pure; waiting and sending are `polling.py`'s and `webhooks.py`'s.

1. Until a getUpdates with a higher offset an update comes again; the offset confirms all below it.
2. A negative offset keeps only the last so many; the earlier ones are forgotten.
3. allowed_updates is remembered and decides at the moment an update is made.
4. Messages wait 24 hours, taps 150 seconds, of the simulator's clock.
5. What is to come again although it was confirmed goes first in the next batch, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.simulator.json_types import JsonObject, as_int

LIFETIME = timedelta(hours=24)
TAP_LIFETIME = timedelta(seconds=150)
FIRST_UPDATE = 100_000_001
KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot",
})  # fmt: skip
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Waiting:
    update_id: int
    update: JsonObject
    since: datetime
    lifetime: timedelta


@dataclass(slots=True)
class Updates:
    waiting: list[Waiting] = field(default_factory=list)
    allowed: frozenset[str] | None = None  # None: all but a few
    next_id: int = FIRST_UPDATE
    confirmed: int = 0
    again: list[Waiting] = field(default_factory=list)

    def add(self, kind: str, content: JsonObject, now: datetime) -> int | None:
        """The update's id, or None when the bot did not ask for this kind."""
        if not self._wants(kind):
            return None
        update_id = self._next()
        lifetime = TAP_LIFETIME if kind == "callback_query" else LIFETIME
        update: JsonObject = {"update_id": update_id, kind: content}
        self.waiting.append(Waiting(update_id, update, now, lifetime))
        return update_id

    def add_raw(self, update: JsonObject, now: datetime) -> int:
        """Any JSON whatever, to see how a bot bears it. Its id is ours unless it brings one."""
        update_id = as_int(update.get("update_id")) or self._next()
        self.next_id = max(self.next_id, update_id + 1)
        self.waiting.append(Waiting(update_id, {**update, "update_id": update_id}, now, LIFETIME))
        return update_id

    def ask(self, offset: int, limit: int, now: datetime) -> list[JsonObject]:
        """Confirms what the offset confirms and gives the next batch."""
        self.confirm(offset)
        return self.batch(limit, now)

    def confirm(self, offset: int) -> list[Waiting]:
        """What the offset confirmed; a negative one confirms nothing, it forgets."""
        before, confirmed = len(self.waiting), list[Waiting]()
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset > 0:
            confirmed = [entry for entry in self.waiting if entry.update_id < offset]
            self.waiting = [entry for entry in self.waiting if entry.update_id >= offset]
        self.confirmed += before - len(self.waiting)
        return confirmed

    def batch(self, limit: int, now: datetime) -> list[JsonObject]:
        self.expire(now)
        most = min(100, max(1, limit))
        first, self.again = self.again[:most], self.again[most:]
        return [entry.update for entry in [*first, *self.waiting[: most - len(first)]]]

    def pending(self) -> int:
        return len(self.again) + len(self.waiting)

    def expire(self, now: datetime) -> None:
        self.waiting = [entry for entry in self.waiting if now - entry.since <= entry.lifetime]
        self.again = [entry for entry in self.again if now - entry.since <= entry.lifetime]

    def take(self, update_id: int) -> Waiting | None:
        """Confirms this one alone, as a webhook does; None when it had been confirmed and only came again."""
        for entries in (self.again, self.waiting):
            for index, entry in enumerate(entries):
                if entry.update_id == update_id:
                    del entries[index]
                    self.confirmed += entries is self.waiting
                    return entry if entries is self.waiting else None
        return None

    def allow(self, kinds: Iterable[str]) -> None:
        """What Telegram does not know it leaves out; without any known one it is the default again."""
        self.allowed = frozenset(kind.lower() for kind in kinds) & KINDS or None

    def drop(self) -> None:
        self.waiting, self.again = [], []

    def _wants(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def _next(self) -> int:
        given = self.next_id
        self.next_id += 1
        return given
