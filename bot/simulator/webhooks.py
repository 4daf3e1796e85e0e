"""Brings updates to the bots that set a webhook, as the `WebhookActor` of tdlib/telegram-bot-api does. Decides nothing about methods.

1. Messages of one chat in order, taps of one person in order, but not a text against a tap; at most `max_connections` at once.
2. An answer other than 2xx, or none within a minute: again after 1 s, doubling to 2 min of real time (or after the answer's
   Retry-After), until the update expires by the simulator's clock. What comes later in the same order waits for it.
3. The body of a 2xx may be a call of a method; it is carried out, but nobody is told the result. get*, setWebhook and the like are not.
4. During an outage nothing is brought; a plan of faults can make an update come once or twice more, as with getUpdates.
5. An update counts as waiting until it is taken, so that it is not quiet before.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp

from bot.simulator import incoming
from bot.simulator.books import Account, Webhook, WebhookError
from bot.simulator.botapi import carry_out
from bot.simulator.faults import Faults, comes_again, given_twice, outage_left
from bot.simulator.incoming import Incoming
from bot.simulator.json_types import JsonObject, as_int, as_object, as_text
from bot.simulator.refusals import Refused
from bot.simulator.updates import Waiting
from bot.simulator.workbench import Workbench

FIRST_RETRY_SECONDS = 1.0
MOST_DOUBLINGS = 7  # 1 s -> 128 s
ANSWER_SECONDS = 60.0
MOST_RETRY_AFTER = 3600
LOOK_AGAIN = 60.0
NOT_IN_AN_ANSWER = frozenset({"deletewebhook", "setwebhook", "close", "logout"})
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, no secret

Order = tuple[str, int]  # updates of the same order wait for each other


class NotTaken(Exception):
    """The bot did not answer 2xx; the text is what getWebhookInfo says of it."""

    def __init__(self, message: str, retry_after: int = 0) -> None:
        super().__init__(message)
        self.retry_after = min(MOST_RETRY_AFTER, max(0, retry_after))


@asynccontextmanager
async def delivering(
    bench: Workbench, first_retry: float = FIRST_RETRY_SECONDS
) -> AsyncIterator[None]:
    """Delivers for all bots as long as the block lasts."""
    task = asyncio.create_task(_deliver_for_all(bench, first_retry))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@dataclass(slots=True)
class Delivery:
    """One webhook of one bot from when it is set until it is deleted or replaced."""

    bench: Workbench
    account: Account
    webhook: Webhook
    session: aiohttp.ClientSession
    first_retry: float
    under_way: dict[Order, asyncio.Task[None]] = field(default_factory=dict)
    failures: dict[int, int] = field(default_factory=dict)  # by update
    not_before: dict[int, float] = field(default_factory=dict)  # by update; seconds of the loop

    async def run(self) -> None:
        try:
            while True:
                await self.bench.pulse.wait(self._begin_what_is_due())
        finally:
            await _cancel(self.under_way.values())

    def _begin_what_is_due(self) -> float:
        """The seconds until the next one is due."""
        self.account.updates.expire(self.bench.clock.now())
        now = asyncio.get_running_loop().time()
        out = outage_left(self.bench.faults, now)
        if out:
            return min(LOOK_AGAIN, out)
        soonest = LOOK_AGAIN
        for order, entry in self._first_of_each().items():
            wait = self.not_before.get(entry.update_id, 0.0) - now
            if order in self.under_way or len(self.under_way) >= self.webhook.max_connections:
                continue
            if wait > 0:
                soonest = min(soonest, wait)
            else:
                self.under_way[order] = asyncio.create_task(self._bring(order, entry))
        return soonest

    def _first_of_each(self) -> dict[Order, Waiting]:
        first: dict[Order, Waiting] = {}
        updates = self.account.updates
        for entry in [*updates.again, *updates.waiting]:
            first.setdefault(order_of(entry.update), entry)
        return first

    async def _bring(self, order: Order, entry: Waiting) -> None:
        try:
            await self._post(entry)
        except NotTaken as refused:
            self._try_later(entry.update_id, refused)
        finally:
            del self.under_way[order]
            self.bench.pulse.ring()

    async def _post(self, entry: Waiting) -> None:
        headers = {SECRET_HEADER: self.webhook.secret} if self.webhook.secret else {}
        try:
            async with self.session.post(
                self.webhook.url, json=entry.update, headers=headers, allow_redirects=False
            ) as answer:
                if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                    raise NotTaken(_wrong_answer(answer), _retry_after(answer))
                call = await _call_in(answer)
                with self.bench.at_work():
                    self._forget(entry.update_id)
                    await self._carry_out(call)
        except (aiohttp.ClientError, TimeoutError, OSError) as wrong:
            raise NotTaken(_words(wrong)) from wrong

    async def _carry_out(self, call: Incoming) -> None:
        method = as_text(call.parameters.pop("method", ""))
        name = method.lower()
        if method and name not in NOT_IN_AN_ANSWER and not name.startswith("get"):
            await carry_out(self.bench, self.account, method, call)

    def _forget(self, update_id: int) -> None:
        """But for a plan of faults, which may make it come again."""
        taken = self.account.updates.take(update_id)
        if taken is not None:
            again = [taken] * _times_more(self.bench.faults, self.account.id, update_id)
            self.account.updates.again += again
        self.failures.pop(update_id, None)
        self.not_before.pop(update_id, None)

    def _try_later(self, update_id: int, refused: NotTaken) -> None:
        failed = self.failures.get(update_id, 0)
        self.failures[update_id] = failed + 1
        wait = refused.retry_after or self.first_retry * 2 ** min(failed, MOST_DOUBLINGS)
        self.not_before[update_id] = asyncio.get_running_loop().time() + wait
        self.account.webhook_error = WebhookError(str(refused), self.bench.clock.now())


def order_of(update: JsonObject) -> Order:
    for kind in ("message", "edited_message"):
        if kind in update:
            return "chat", as_int(as_object(as_object(update[kind]).get("chat")).get("id"))
    for kind in ("callback_query", "my_chat_member"):
        if kind in update:
            return kind, as_int(as_object(as_object(update[kind]).get("from")).get("id"))
    return "alone", as_int(update.get("update_id"))


def _times_more(faults: Faults, bot_id: int, update_id: int) -> int:
    return given_twice(faults, bot_id, update_id) + comes_again(faults, bot_id, update_id)


async def _deliver_for_all(bench: Workbench, first_retry: float) -> None:
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    running: dict[int, tuple[Webhook, asyncio.Task[None]]] = {}
    async with aiohttp.ClientSession(timeout=timeout) as session:
        try:
            while True:
                await _end_what_changed(bench, running)
                for number, account in enumerate(bench.books.accounts):
                    if account.webhook is not None and number not in running:
                        delivery = Delivery(bench, account, account.webhook, session, first_retry)
                        running[number] = account.webhook, asyncio.create_task(delivery.run())
                await bench.pulse.wait(LOOK_AGAIN)
        finally:
            await _cancel([task for _, task in running.values()])


async def _end_what_changed(
    bench: Workbench, running: dict[int, tuple[Webhook, asyncio.Task[None]]]
) -> None:
    for number, (webhook, task) in list(running.items()):
        if bench.books.accounts[number].webhook is not webhook:
            del running[number]
            await _cancel([task])


async def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    waiting = list(tasks)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def _call_in(answer: aiohttp.ClientResponse) -> Incoming:
    """Whatever is no call of a method means nothing: many servers answer "ok"."""
    try:
        return await incoming.read_answer(answer)
    except Refused:
        return Incoming({}, {})


def _wrong_answer(answer: aiohttp.ClientResponse) -> str:
    return f"Wrong response from the webhook: {answer.status} {answer.reason}"


def _retry_after(answer: aiohttp.ClientResponse) -> int:
    return as_int(answer.headers.get("Retry-After"))


def _words(wrong: Exception) -> str:
    match wrong:
        case TimeoutError():
            return "Read timeout expired"
        case aiohttp.ClientConnectorDNSError():
            return f"Failed to resolve host: {wrong.host}"
        case aiohttp.ClientSSLError():
            return f"SSL error: {wrong.os_error}"
        case OSError() if wrong.errno:
            return os.strerror(wrong.errno)
        case _:
            return "Webhook connection closed"
