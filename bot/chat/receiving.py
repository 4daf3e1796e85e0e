"""Getting updates: at least once from Telegram, and with `once` in every transaction exactly once in effect.

1. A batch is confirmed only when every update's transaction is committed; sending is not awaited before confirming.
2. Updates are parsed one by one: a poison update is set aside and reported, the others go on.
3. A transaction that the database refuses is tried again; if it stays refused the person is told and the update is set
   aside. If not even that can be stored, nothing is confirmed: Telegram keeps the update until the database is back.
4. Nothing of an update's content is logged.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from telegram import Bot, Update
from telegram.error import Conflict, NetworkError, TelegramError

from bot.chat import on_error
from bot.chat.outgoing import Outgoing
from bot.chat.request import AiohttpRequest, FloodWait
from bot.chat.texts import Texts
from bot.chat.updates import Lanes
from bot.errors import FieldworkError, StoreError

LOG = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
LONG_POLL = 25
BATCH = 100
BACK_OFF = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
RETRIES = (0.1, 0.5, 2.0)

Answer = Callable[[Update], Awaitable[Sequence[Outgoing]]]


@dataclass(frozen=True, slots=True)
class Reception:
    """Whom a Receiver works for."""

    answer: Answer  # one transaction, then what to send
    show: Callable[[int, Sequence[Outgoing]], None]
    set_aside: Callable[[int, str], Awaitable[None]]
    texts: Texts


class Receiver:
    def __init__(
        self, bot: Bot, request: AiohttpRequest, reception: Reception, turns: Lanes
    ) -> None:
        self._bot = bot
        self._request = request
        self._reception = reception
        self._turns = turns
        self._offset = 0
        self._failures = 0
        self._told: set[int] = set()  # apologised to, while nothing could be stored
        self._stop_asked = asyncio.Event()
        self._batch_done = asyncio.Event()
        self._batch_done.set()
        self._ended = asyncio.Event()
        self._ended.set()

    @property
    def busy(self) -> bool:
        return not self._batch_done.is_set()

    async def quiet(self) -> None:
        await self._batch_done.wait()

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
        poll = asyncio.create_task(self._poll(LONG_POLL))
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
            f"{self._bot.base_url}/getUpdates?{urlencode(asked)}", read_timeout=seconds + 10
        )
        return [raw for raw in answer if isinstance(raw.get("update_id"), int)]

    async def _back_off(self) -> None:
        await asyncio.sleep(BACK_OFF[min(self._failures, len(BACK_OFF) - 1)])
        self._failures += 1

    # ---- taking what came ---------------------------------------------------------------------------

    async def _take(self, batch: Sequence[Mapping[str, Any]]) -> None:
        kept = await asyncio.gather(*(self._take_one(raw) for raw in batch))
        for raw, stands in zip(batch, kept, strict=True):
            if not stands:  # this one and all after it come again
                await self._back_off()
                return
            self._offset = max(self._offset, int(raw["update_id"]) + 1)
        self._failures = 0
        self._told.clear()

    async def _take_one(self, raw: Mapping[str, Any]) -> bool:
        """True: its effect, or its being set aside, is committed."""
        try:
            update = Update.de_json(cleaned(raw), self._bot)
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


def cleaned(value: Any) -> Any:
    """Without what no database stores: NUL characters and halves of surrogate pairs."""
    match value:
        case str():
            return value.replace("\x00", "").encode("utf-8", "ignore").decode()
        case list():
            return [cleaned(one) for one in value]
        case dict():
            return {key: cleaned(one) for key, one in value.items()}
        case _:
            return value
