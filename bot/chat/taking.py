"""One update that came, by polling or by webhook: read, answered in its chat's turn, or set aside. At least once from Telegram, and
with `once` in every transaction exactly once in effect.

1. Updates are parsed one by one: a poison update is set aside and reported, the others go on.
2. A transaction that the database refuses is tried again; if it stays refused the person is told and the update is set
   aside. If not even that can be stored, `take` is False and nothing may be confirmed: Telegram keeps the update.
3. Nothing of an update's content is logged.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from telegram import Bot, Update

from bot.chat import on_error
from bot.chat.outgoing import Outgoing
from bot.chat.reading import update_of
from bot.chat.texts import Texts
from bot.chat.updates import Lanes
from bot.errors import FieldworkError, StoreError

LOG = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
RETRIES = (0.1, 0.5, 2.0)
LARGEST = 2**63

Answer = Callable[[Update], Awaitable[Sequence[Outgoing]]]


def is_update(raw: object) -> bool:
    """Has a number that the database can hold; without one it could not even be set aside."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return type(number) is int and abs(number) < LARGEST


class Source(Protocol):
    """Where updates come from: polling (receiving.py) or Telegram's calls (webhook.py)."""

    @property
    def busy(self) -> bool: ...

    async def quiet(self) -> None: ...

    async def run(self) -> None: ...

    async def caught_up(self) -> None:
        """Returns when what had waited at Telegram is taken."""

    async def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Reception:
    """Whom a Taker works for."""

    answer: Answer  # one transaction, then what to send
    show: Callable[[int, Sequence[Outgoing]], None]
    set_aside: Callable[[int, str], Awaitable[None]]
    texts: Texts


class Taker:
    def __init__(self, bot: Bot, reception: Reception, turns: Lanes) -> None:
        self._bot = bot
        self._reception = reception
        self._turns = turns
        self._told: set[int] = set()  # apologised to, while nothing could be stored

    async def take(self, raw: Mapping[str, Any]) -> bool:
        """True: its effect, or its being set aside, is committed."""
        try:
            update = update_of(raw, self._bot)
        except Exception as error:  # noqa: BLE001  # whatever a poison update raises, the others go on
            return await self._set_aside(int(raw["update_id"]), f"not read: {type(error).__name__}")
        chat = on_error.chat_of(update)
        return await self._turns.turn(chat, lambda: self._answer(chat, update))

    async def _answer(self, chat: int, update: Update) -> bool:
        try:
            self._reception.show(chat, await self._answered(update))
        except StoreError as refused:
            return await self._not_stored(chat, update, refused)
        except Exception as error:  # noqa: BLE001  # the one place where a handler's mistake is met
            code = on_error.logged(update, error)
            self._reception.show(chat, on_error.apology(self._reception.texts, update, code))
            return await self._set_aside(update.update_id, f"{type(error).__name__}, code {code}")
        self._told.discard(update.update_id)
        return True

    async def _answered(self, update: Update) -> Sequence[Outgoing]:
        try:
            return await self._tried(update)
        except FieldworkError as refused:
            return on_error.refusal(self._reception.texts, update, refused)

    async def _tried(self, update: Update) -> Sequence[Outgoing]:
        for pause in RETRIES:
            try:
                return await self._reception.answer(update)
            except StoreError as refused:
                LOG.warning("update %d is tried again: %s", update.update_id, refused)
                await asyncio.sleep(pause)
        return await self._reception.answer(update)

    async def _not_stored(self, chat: int, update: Update, refused: StoreError) -> bool:
        if update.update_id not in self._told:
            self._told.add(update.update_id)
            code = on_error.logged(update, refused)
            self._reception.show(chat, on_error.apology(self._reception.texts, update, code))
        return await self._set_aside(update.update_id, f"not stored: {refused}")

    async def _set_aside(self, update_id: int, problem: str) -> bool:
        LOG.error("update %d is set aside: %s", update_id, problem)
        try:
            await self._reception.set_aside(update_id, problem)
        except StoreError as refused:
            LOG.critical("the database stores nothing, so no update is confirmed: %s", refused)
            return False
        return True
