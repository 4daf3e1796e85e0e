"""Getting updates by webhook: a small HTTP server that Telegram calls. 200 only after the commit; anything else comes again.

1. Only who knows the secret is heard; it is compared in constant time, before anything of the body is read. It is derived from
   BOT_SECRET, so there is none to forget.
2. A body is small and comes soon, or it is refused: 413, 408.
3. Telegram calls for one chat in order and for many at once; the lanes keep the order also between a text and a tap.
4. `GET /health` says whether the database answers and when the last tick was. It tells nothing about anybody.
5. While stopping, what is in hand is finished and everything else is sent away with 503: it comes again, to the next one.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.chat.taking import ALLOWED, Taker, is_update
from bot.errors import SettingsError

LOG = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name, no secret
MOST_BYTES = 512 * 1024  # of an update; the longest that Telegram makes have some 50 kB
BODY_SECONDS = 10.0
SET_AGAIN = 5.0
CATCH_UP_SECONDS = 2.0
COME_AGAIN = {"Retry-After": "2"}

Health = Callable[[], Awaitable[Mapping[str, str | int | bool]]]


@dataclass(frozen=True, slots=True)
class Address:
    url: str  # what Telegram calls; its path is the path here too
    port: int  # where we listen, usually behind something that speaks https
    secret: str = field(repr=False)


def secret_of(bot_secret: bytes) -> str:
    """What Telegram shows with every call: letters and digits, as it demands."""
    return hmac.new(bot_secret, b"webhook", hashlib.sha256).hexdigest()


class WebhookReceiver:
    def __init__(self, bot: Bot, taker: Taker, address: Address, health: Health) -> None:
        self._bot = bot
        self._taker = taker
        self._address = address
        self._health = health
        self._in_hand = 0
        self._nothing_in_hand = asyncio.Event()
        self._nothing_in_hand.set()
        self._stop_asked = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._is_set = asyncio.Event()

    @property
    def busy(self) -> bool:
        return self._in_hand > 0

    async def quiet(self) -> None:
        await self._nothing_in_hand.wait()

    async def caught_up(self) -> None:
        """Telegram brings what waited as soon as it knows the address; it does not say when that was all."""
        await self._is_set.wait()
        await asyncio.sleep(CATCH_UP_SECONDS)
        await self.quiet()

    async def run(self) -> None:
        """Until stopped or cancelled. What cannot be helped by waiting is a SettingsError."""
        self._ended.clear()
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await self._listen(runner)
            await self._ask_telegram()
            await self._stop_asked.wait()
            await self.quiet()
        finally:
            await runner.cleanup()
            self._ended.set()

    async def stop(self) -> None:
        self._stop_asked.set()
        await self._ended.wait()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=MOST_BYTES)
        application.router.add_post(urlsplit(self._address.url).path or "/", self._called)
        application.router.add_get("/health", self._asked_for_health)
        return application

    async def _listen(self, runner: web.AppRunner) -> None:
        try:
            await web.TCPSite(runner, None, self._address.port).start()
        except OSError as taken:
            raise SettingsError(
                f"PORT: {self._address.port} cannot be listened on ({taken.strerror}). "
                "Is another instance running? Stop it, or choose another port."
            ) from taken

    async def _ask_telegram(self) -> None:
        """Every replica says the same, so it does not matter who was last."""
        while not self._stop_asked.is_set():
            try:
                await self._bot.set_webhook(
                    self._address.url,
                    allowed_updates=ALLOWED,
                    secret_token=self._address.secret,
                )
            except BadRequest as refused:
                raise SettingsError(
                    f"WEBHOOK_URL: Telegram refuses it: {refused}. It must be the public https address of this "
                    "bot, on port 443, 80, 88 or 8443."
                ) from refused
            except TelegramError as broken:
                LOG.warning("Telegram is not reached yet: %s", type(broken).__name__)
                await asyncio.sleep(SET_AGAIN)
            else:
                self._is_set.set()
                return

    # ---- being called ---------------------------------------------------------------------------------

    async def _called(self, request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(shown, self._address.secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        if self._stop_asked.is_set():
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=COME_AGAIN)
        self._in_hand += 1
        self._nothing_in_hand.clear()
        try:
            return await self._taken(request)
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._nothing_in_hand.set()

    async def _taken(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                raw: Any = json.loads(await request.read())
        except TimeoutError:
            return web.Response(status=HTTPStatus.REQUEST_TIMEOUT)
        except (ValueError, RecursionError):  # JSON's and Unicode's errors are ValueErrors
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if not is_update(raw):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if await self._taker.take(raw):
            return web.Response()
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=COME_AGAIN)

    async def _asked_for_health(self, _: web.Request) -> web.Response:
        found = await self._health()
        well = bool(found["well"])
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response(dict(found), status=status)
