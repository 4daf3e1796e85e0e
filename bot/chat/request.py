"""How python-telegram-bot reaches the Bot API: over aiohttp, six times the throughput of its default under concurrency.

It tells two failures apart that mean different things for a message: `NetworkError` (the connection was never made: not
sent) and `TimedOut` (sent, perhaps: nothing is known). A 500 or 502 is of the second kind: what stands in front of Telegram gives
it also after the effect. A flood-wait is a `FloodWait`, because the library's RetryAfter warns when it is looked at. Answers
that are not JSON are not logged: they may be personal.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

DEFAULT = BaseRequest.DEFAULT_NONE
TIMEOUT = 20.0
CONNECTIONS = 128
JSON = {"Content-Type": "application/json"}


async def bare_call(bot: Bot, method: str, parameters: Mapping[str, str]) -> Any:
    """A call and its answer as on the wire: building and reading the library's objects took half of the loop's time in an answer.

    Raises what the library's own methods raise. `RequestParameter` is the library's own and used here only; the version
    is locked, and every test that sends would notice.
    """
    data = RequestData([RequestParameter(name, value, None) for name, value in parameters.items()])
    return await bot.request.post(f"{bot.base_url}/{method}", data)


class FloodWait(TelegramError):
    def __init__(self, answer: dict[str, Any]) -> None:
        self.after = float((answer.get("parameters") or {}).get("retry_after", 1))
        super().__init__(f"flood-wait of {self.after:g} s")


class AiohttpRequest(BaseRequest):
    __slots__ = ("_session", "_timeout")

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeout

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),  # Telegram sets none, and looking took time
                headers={"User-Agent": self.USER_AGENT},
                skip_auto_headers=["Accept-Encoding"],
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0917  # the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = DEFAULT,
        write_timeout: Any = DEFAULT,
        connect_timeout: Any = DEFAULT,
        pool_timeout: Any = DEFAULT,
    ) -> tuple[int, bytes]:
        del write_timeout, connect_timeout, pool_timeout
        if self._session is None:
            raise NetworkError("the request is not initialised")
        total = self._timeout if read_timeout is DEFAULT else read_timeout
        try:
            async with self._session.request(
                method, url, timeout=aiohttp.ClientTimeout(total), **_body(request_data)
            ) as response:
                status, payload = response.status, await response.read()
        except aiohttp.ClientConnectorError as refused:
            raise NetworkError(f"not connected: {type(refused).__name__}") from refused
        except (TimeoutError, aiohttp.ClientError) as broken:
            raise TimedOut(f"no answer: {type(broken).__name__}") from broken
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise FloodWait(self.parse_json_payload(payload))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TimedOut(f"no answer, only status {status}")
        is_call = method == "POST"  # else a file, which may hold anything
        if is_call and status == HTTPStatus.OK and b'"result"' not in payload:
            raise TimedOut("the answer is not Telegram's")  # of what stands in front of it
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        try:
            parsed: Any = json.loads(payload)
        except (ValueError, RecursionError) as wrong:
            raise TimedOut("the server's answer is not JSON") from wrong
        if not isinstance(parsed, dict):
            raise TimedOut("the server's answer is not Telegram's")
        return parsed


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """JSON, which is written in a fraction of the time of a form, unless there are files."""
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": request_data.json_payload, "headers": JSON}
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
