"""The only one that sends. Each chat has a queue of its own, in order; a failure here loses nothing: the state stands.

1. Replies (`show`) are not awaited by the handler. A person is waiting, so each is tried until it is delivered, for hours if
   Telegram asks for hours. A card seen twice is better than none: old buttons are answered.
2. What we begin ourselves (`initiate`) is bulk: it waits behind replies, is prepared in that chat's turn, so that no answer
   can come between the re-check and the message, and its fate is reported, never guessed.
3. One flood-wait halts all bulk for as long as Telegram asks.
"""

import asyncio
import itertools
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from telegram import Bot

from bot.chat.fetching import fetched
from bot.chat.limits import Limits
from bot.chat.outgoing import AnswerTap, EditMessage, Outgoing, ShowCard, ShowClassCard
from bot.chat.sending import NOT_CONNECTED_SECONDS, send
from bot.chat.splitting import fitting
from bot.chat.updates import Lanes
from bot.errors import DeliveryError, TryLater, Unconfirmed, Unreachable
from bot.fieldwork.records import Posed

LOG = logging.getLogger(__name__)
KEPT_SECONDS = (
    6 * 3600.0
)  # a reply that is older is dropped: the person has gone, and /lanjut shows it again
SPINNER_SECONDS = (
    10.0  # an answer to a tap only stops the spinner; the next card must not wait long for it
)
FIRST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE_UNCONFIRMED = 0.5, 30.0, 600.0
LANE_SECONDS = 5.0  # so long bulk waits for a chat whose replies wait themselves
UNCONFIRMED_IN_A_ROW, HALT_SECONDS = 3, 60.0  # an outage must not use up everybody's reminder

Prepare = Callable[[], Awaitable[Sequence[Outgoing] | None]]
Delivered = Literal["sent", "unreachable", "unknown", "refused", "withdrawn"]


async def _unremembered(_card: ShowClassCard, _message_id: int) -> None:
    """Where no class is held."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """What fieldwork wants to know of a delivery; each is one transaction."""

    remember_card: Callable[[int, int, Posed | None], Awaitable[None]]
    blocked: Callable[[int], Awaitable[None]]
    class_card: Callable[[ShowClassCard, int], Awaitable[None]] = _unremembered


class Outbox:
    def __init__(
        self,
        bot: Bot,
        hooks: Hooks,
        turns: Lanes,
        limits: Limits | None = None,
        posing: Counter[int] | None = None,
    ) -> None:
        """`turns` are the queues in which the handlers run; `posing` counts by chat the new questions on their way."""
        self._bot = bot
        self._hooks = hooks
        self._turns = turns
        self._limits = limits or Limits()
        self._posing = Counter[int]() if posing is None else posing
        self._sending = Lanes()
        self._initiating = 0
        self._unconfirmed = 0  # of bulk, since the last that was confirmed

    def show(self, chat_id: int, outgoing: Sequence[Outgoing]) -> None:
        """Into the chat's queue, or into that of another whom it is for; returns at once."""
        for one in fitting(outgoing):
            whose = chat_id if isinstance(one, AnswerTap) else one.chat_id
            self._posing[whose] += _poses(one)
            self._sending.put(whose, lambda whose=whose, one=one: self._reply(whose, one))  # type: ignore[misc]  # mypy cannot type a lambda's default

    async def initiate(
        self, chat_id: int, outgoing: Sequence[Outgoing] | Prepare
    ) -> Delivered | TryLater:
        """`outgoing` may be a function, called in the chat's turn right before sending, which holds the turn; None from it: withdrawn."""
        if halted := self._limits.bulk_halted_for():
            return TryLater(halted)
        self._initiating += 1
        try:
            if _is_new(outgoing):
                await self._limits.for_bulk()
            # A reply in a flood-wait must hold neither the chat's turn nor the tick.
            if not await self._is_free(chat_id):
                return TryLater(HALT_SECONDS)
            if callable(outgoing):
                return await self._turns.turn(chat_id, lambda: self._initiated(chat_id, outgoing))
            # What is not looked at again needs no turn: an upload would keep the person's own updates waiting.
            return await self._sending.turn(chat_id, lambda: self._bulk(chat_id, outgoing))
        finally:
            self._initiating -= 1

    @property
    def is_halted(self) -> bool:
        """Nothing that we begin ourselves goes out now."""
        return self._limits.bulk_halted_for() > 0

    async def fetch(self, file_id: str, most_bytes: int) -> bytes:
        """A file that somebody sent."""
        return await fetched(self._bot, file_id, most_bytes)

    @property
    def busy(self) -> bool:
        return self._sending.busy or self._initiating > 0

    async def quiet(self) -> None:
        while self.busy:
            await self._sending.quiet()
            await asyncio.sleep(0.002 if self._initiating else 0)

    async def close(self, patience: float = 2.0) -> None:
        await self._sending.close(patience)

    # ---- replies ---------------------------------------------------------------------------------

    async def _reply(self, chat_id: int, outgoing: Outgoing) -> None:
        try:
            await self._until_delivered(chat_id, outgoing)
        finally:
            self._posing[chat_id] -= _poses(outgoing)
            if not self._posing[chat_id]:
                del self._posing[chat_id]

    async def _until_delivered(self, chat_id: int, outgoing: Outgoing) -> None:
        loop = asyncio.get_running_loop()
        kept = SPINNER_SECONDS if isinstance(outgoing, AnswerTap) else KEPT_SECONDS
        until = loop.time() + kept
        for failed in itertools.count():
            pause = await self._tried(chat_id, outgoing, failed)
            if pause is None:
                return
            if loop.time() + pause > until:
                break
            await asyncio.sleep(pause)
        LOG.warning("%s was given up", type(outgoing).__name__)

    async def _tried(self, chat_id: int, outgoing: Outgoing, failed: int) -> float | None:
        """None: there is nothing more to try; else the seconds until the next time."""
        try:
            await self._send(chat_id, outgoing, self._counted_reply(chat_id))
        except TryLater as later:
            return later.after if _is_flood(later) else _pause(failed, LONGEST_PAUSE)
        except Unconfirmed:
            return _pause(failed, LONGEST_PAUSE_UNCONFIRMED)
        except Unreachable:
            await self._hooks.blocked(chat_id)
        except DeliveryError as refused:
            LOG.error("Telegram refused %s: %s", type(outgoing).__name__, refused)  # noqa: TRY400  # a traceback says no more
        return None

    def _counted_reply(self, chat_id: int) -> Callable[[], Awaitable[None]]:
        return lambda: self._limits.for_reply(chat_id)

    async def _send(
        self, chat_id: int, outgoing: Outgoing, counted: Callable[[], Awaitable[None]]
    ) -> None:
        try:
            card = await send(self._bot, outgoing, counted)
        except TryLater as later:
            if _is_flood(later):
                self._limits.halt_bulk(later.after)
            raise
        if card is None:
            return
        if isinstance(outgoing, ShowClassCard):
            await self._hooks.class_card(outgoing, card)
        else:
            posed = outgoing.posed if isinstance(outgoing, ShowCard) else None
            await self._hooks.remember_card(chat_id, card, posed)

    # ---- what we begin -----------------------------------------------------------------------------

    async def _initiated(self, chat_id: int, prepare: Prepare) -> Delivered | TryLater:
        if not await self._is_free(chat_id):
            return TryLater(HALT_SECONDS)
        prepared = await prepare()
        if prepared is None:
            return "withdrawn"
        return await self._sending.turn(chat_id, lambda: self._bulk(chat_id, prepared))

    async def _bulk(self, chat_id: int, outgoing: Sequence[Outgoing]) -> Delivered | TryLater:
        if halted := self._limits.bulk_halted_for():  # by another one, while this one waited
            return TryLater(halted)
        for sent, one in enumerate(fitting(outgoing)):
            try:
                await self._send(chat_id, one, self._counted_bulk(chat_id, first=not sent))
            except TryLater as later:
                # Half of it stands in the chat already: sending all of it again would double that half.
                return later if not sent else "unknown"
            except Unconfirmed:
                self._note_unconfirmed()
                return "unknown"
            except Unreachable:
                await self._hooks.blocked(chat_id)
                return "unreachable"
            except DeliveryError as refused:
                LOG.error("Telegram refused %s: %s", type(one).__name__, refused)  # noqa: TRY400  # a traceback says no more
                return "refused"
        self._unconfirmed = 0
        return "sent"

    def _note_unconfirmed(self) -> None:
        self._unconfirmed += 1
        if self._unconfirmed >= UNCONFIRMED_IN_A_ROW:
            LOG.warning("Telegram confirms nothing: bulk waits for %g s", HALT_SECONDS)
            self._limits.halt_bulk(HALT_SECONDS)

    async def _is_free(self, chat_id: int) -> bool:
        try:
            await asyncio.wait_for(self._sending.turn(chat_id, _nothing), LANE_SECONDS)
        except TimeoutError:
            return False
        return True

    def _counted_bulk(self, chat_id: int, *, first: bool) -> Callable[[], Awaitable[None]]:
        async def counted() -> None:
            if not first:  # the first place over all was taken before the turn
                await self._limits.for_bulk()
            await self._limits.for_bulk_in(chat_id)

        return counted


def _is_new(outgoing: Sequence[Outgoing] | Prepare) -> bool:
    """Telegram counts no edits."""
    return callable(outgoing) or not all(isinstance(one, EditMessage) for one in outgoing)


def _poses(outgoing: Outgoing) -> bool:
    """A question that nobody has seen before."""
    return isinstance(outgoing, ShowCard) and outgoing.posed is not None and outgoing.posed.is_new


def _is_flood(later: TryLater) -> bool:
    return later.after > NOT_CONNECTED_SECONDS


def _pause(failed: int, longest: float) -> float:
    return min(FIRST_PAUSE * 2.0 ** min(failed, 20), longest)


async def _nothing() -> None:
    pass
