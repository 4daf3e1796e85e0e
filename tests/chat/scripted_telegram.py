"""A Bot API server that answers as a test scripts it: the faults that a well-behaved simulator does not have.

getUpdates keeps Telegram's offset semantics; every other method answers its next scripted answer, or success.
Every call is judged by the Bot API description (the full one where BOT_API_SPEC names it): a test whose bot made an
invalid call fails at its end.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from telegram import Bot

from bot.chat.request import AiohttpRequest
from bot.simulator import spec
from bot.simulator.server import spec_from_environment

ME = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bungo_test_bot"}


@dataclass
class Refusal:
    code: int
    description: str
    retry_after: int | None = None

    def body(self) -> dict[str, object]:
        parameters = {"parameters": {"retry_after": self.retry_after}} if self.retry_after else {}
        return {"ok": False, "error_code": self.code, "description": self.description, **parameters}


UNHURRIED = 10.0  # a busy machine must not look like a Telegram that is silent
SOON = 0.5  # for a bot that is to meet a Telegram that is silent


class Hangs:
    """No answer at all: the client's time runs out (give it a bot that gives up SOON)."""


class HangsUp:
    """The connection ends without an answer."""


@dataclass
class Slow:
    """The answer comes, but late."""

    seconds: float


@dataclass
class ScriptedTelegram:
    updates: list[dict] = field(default_factory=list)
    confirmed: int = 0
    calls: list[tuple[str, dict]] = field(default_factory=list)
    script: dict[str, deque] = field(default_factory=dict)
    url: str = ""
    messages: int = 100
    polls: int = 0
    offset: int = 0  # that was asked for last
    invalid: list[str] = field(default_factory=list)

    def will_answer(self, method: str, *answers: object) -> None:
        self.script.setdefault(method, deque()).extend(answers)

    def texts(self) -> list[str]:
        return [call["text"] for method, call in self.calls if method == "sendMessage"]

    def methods(self) -> list[str]:
        return [method for method, _ in self.calls]

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        is_json = request.content_type == "application/json"
        given = {**request.query, **(await (request.json() if is_json else request.post()))}
        self.judge(method, given)
        answer = self.script[method].popleft() if self.script.get(method) else None
        if method == "getUpdates":
            self.polls += 1
            self.offset = int(given["offset"])
        else:
            self.calls.append((method, given))
        match answer:
            case Slow():
                await asyncio.sleep(answer.seconds)
            case Hangs():
                await asyncio.sleep(30)
            case HangsUp():
                assert request.transport is not None
                request.transport.close()
            case Refusal():
                return web.json_response(answer.body(), status=answer.code)
            case bytes():
                return web.Response(body=answer)
        return web.json_response({"ok": True, "result": await self.result(method, given)})

    def judge(self, method: str, given: dict) -> None:
        sent = {name for name, value in given.items() if isinstance(value, web.FileField)}
        words = {name: value for name, value in given.items() if name not in sent}
        described = spec_from_environment() or spec.built_in()
        self.invalid += [
            f"{method}: {problem.text}" for problem in spec.problems(described, method, words, sent)
        ]

    async def result(self, method: str, given: dict) -> object:
        match method:
            case "getUpdates":
                return await self.pending(given)
            case "getMe":
                return ME
            case "sendMessage" | "editMessageText" | "sendPhoto" | "sendDocument":
                self.messages += 1
                chat = {"id": int(given["chat_id"]), "type": "private"}
                return {"message_id": self.messages, "date": 0, "chat": chat, "text": "."}
        return True

    async def pending(self, given: dict) -> list[dict]:
        self.confirmed = max(self.confirmed, int(given["offset"]))
        for _ in range(max(1, int(given["timeout"]) * 100)):
            found = [raw for raw in self.updates if raw["update_id"] >= self.confirmed]
            if found:
                return found[: int(given["limit"])]
            await asyncio.sleep(0.01)
        return []


@asynccontextmanager
async def scripted_telegram() -> AsyncIterator[ScriptedTelegram]:
    telegram = ScriptedTelegram()
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", telegram.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield telegram
        assert telegram.invalid == []
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_of(telegram: ScriptedTelegram, patience: float = UNHURRIED) -> AsyncIterator[Bot]:
    """A Bot whose calls give up after `patience` seconds; its polling request waits as long as it must."""
    bot = Bot(
        "1:TEST",
        base_url=f"{telegram.url}/bot",
        request=AiohttpRequest(patience),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        telegram.calls.clear()
        yield bot


def text_update(number: int, chat: int, text: str = "halo") -> dict:
    person = {"id": chat, "is_bot": False, "first_name": "Uji", "language_code": "id"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_790_000_000,
            "chat": {"id": chat, "type": "private"},
            "from": person,
            "text": text,
        },
    }


def tap_update(number: int, chat: int, data: str = "x") -> dict:
    person = {"id": chat, "is_bot": False, "first_name": "Uji", "language_code": "en"}
    message = {"message_id": 5, "date": 0, "chat": {"id": chat, "type": "private"}}
    query = {"id": f"q{number}", "from": person, "chat_instance": "1", "data": data}
    return json.loads(
        json.dumps({"update_id": number, "callback_query": {**query, "message": message}})
    )
