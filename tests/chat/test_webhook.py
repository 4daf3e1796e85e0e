"""Called by Telegram: 200 only after the commit, nobody else is heard, a stop loses nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from socket import create_server

import aiohttp
import pytest
from telegram import Update

from bot.chat import taking, webhook
from bot.chat.outgoing import Outgoing
from bot.chat.taking import Answer, Reception, Taker
from bot.chat.texts import Texts
from bot.chat.updates import Lanes
from bot.chat.webhook import SECRET_HEADER, Address, WebhookReceiver, secret_of
from bot.errors import SettingsError, StoreError
from tests.chat.free_port import free_port
from tests.chat.scripted_telegram import (
    Refusal,
    ScriptedTelegram,
    bot_of,
    scripted_telegram,
    tap_update,
    text_update,
)

SECRET = secret_of(b"s" * 32)
TEXTS = Texts({"id": {"gangguan_kode": "maaf {kode}"}, "en": {"gangguan_kode": "sorry {kode}"}})


@dataclass
class Door:
    """The bot's address as Telegram, or anybody, sees it."""

    url: str
    receiver: WebhookReceiver
    session: aiohttp.ClientSession
    aside: list[int] = field(default_factory=list)

    async def call(self, body: object, secret: str = SECRET) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(
            f"{self.url}/hook", data=data, headers={SECRET_HEADER: secret}
        ) as answer:
            return answer.status

    async def health(self) -> tuple[int, dict]:
        async with self.session.get(f"{self.url}/health") as answer:
            return answer.status, await answer.json()


async def well() -> Mapping[str, str | int | bool]:
    return {"well": True}


@asynccontextmanager
async def door(
    answer: Answer, telegram: ScriptedTelegram, health: webhook.Health = well
) -> AsyncIterator[Door]:
    port = free_port()
    aside: list[int] = []

    async def set_aside(update_id: int, _: str) -> None:
        aside.append(update_id)

    def show(_: int, __: Sequence[Outgoing]) -> None:
        pass

    async with bot_of(telegram) as bot, aiohttp.ClientSession() as session:
        taker = Taker(bot, Reception(answer, show, set_aside, TEXTS), Lanes())
        address = Address("https://survei.example.go.id/hook", port, SECRET)
        receiver = WebhookReceiver(bot, taker, address, health)
        running = asyncio.create_task(receiver.run())
        async with asyncio.timeout(5):
            while "setWebhook" not in telegram.methods():  # noqa: ASYNC110 - another task's state
                await asyncio.sleep(0.005)
        yield Door(f"http://127.0.0.1:{port}", receiver, session, aside)
        await receiver.stop()
        await running


async def nothing(_: Update) -> list[Outgoing]:
    return []


async def test_telegram_is_told_the_address_the_secret_and_the_kinds_of_updates():
    async with scripted_telegram() as telegram, door(nothing, telegram):
        ((method, given),) = telegram.calls
    assert method == "setWebhook"
    assert given["url"] == "https://survei.example.go.id/hook"
    assert given["secret_token"] == SECRET
    assert json.loads(given["allowed_updates"]) == list(taking.ALLOWED)


async def test_200_comes_only_after_the_transaction():
    committed, begun = asyncio.Event(), asyncio.Event()

    async def slow(_: Update) -> list[Outgoing]:
        begun.set()
        await committed.wait()
        return []

    async with scripted_telegram() as telegram, door(slow, telegram) as at:
        calling = asyncio.create_task(at.call(text_update(1, 1)))
        await begun.wait()
        await asyncio.sleep(0.05)
        assert not calling.done()
        committed.set()
        assert await calling == 200


async def test_what_the_database_does_not_take_is_asked_for_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(taking, "RETRIES", (0.01,))

    async def down(_: Update) -> list[Outgoing]:
        raise StoreError("disk full")

    async def nowhere(_: int, __: str) -> None:
        raise StoreError("disk full")

    async with scripted_telegram() as telegram, door(down, telegram) as at:
        object.__setattr__(at.receiver._taker._reception, "set_aside", nowhere)
        assert await at.call(text_update(1, 1)) == 503


REFUSED = [
    (text_update(1, 1), "", 403),
    (text_update(1, 1), SECRET[:-1], 403),
    (text_update(1, 1), "é", 403),
    (b"{", SECRET, 400),
    (b"\xff", SECRET, 400),
    ([], SECRET, 400),
    ({"message": {}}, SECRET, 400),
    ({"update_id": "1"}, SECRET, 400),
    ({"update_id": True}, SECRET, 400),
    ({"update_id": 2**70}, SECRET, 400),
    (b"[" * 200_000, SECRET, 400),
    (b" " * (webhook.MOST_BYTES + 1), SECRET, 413),
]


@pytest.mark.parametrize(("body", "secret", "status"), REFUSED)
async def test_who_does_not_know_the_secret_or_sends_no_update_is_refused(
    body: object, secret: str, status: int
):
    heard: list[int] = []

    async def hears(update: Update) -> list[Outgoing]:
        heard.append(update.update_id)
        return []

    async with scripted_telegram() as telegram, door(hears, telegram) as at:
        assert await at.call(body, secret) == status
    assert heard == []


async def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(webhook, "BODY_SECONDS", 0.05)

    async def trickle() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(1)

    async with (
        scripted_telegram() as telegram,
        door(nothing, telegram) as at,
        at.session.post(
            f"{at.url}/hook", data=trickle(), headers={SECRET_HEADER: SECRET}
        ) as answer,
    ):
        assert answer.status == 408


async def test_a_poison_update_is_set_aside_and_not_asked_for_again():
    async with scripted_telegram() as telegram, door(nothing, telegram) as at:
        assert await at.call({"update_id": 7, "message": {"chat": "not a chat"}}) == 200
        assert at.aside == [7]


async def test_a_text_and_a_tap_of_one_chat_keep_their_order_and_hold_up_no_other():
    order: list[int] = []
    go = asyncio.Event()

    async def answer(update: Update) -> list[Outgoing]:
        if update.update_id == 1:
            await go.wait()
        order.append(update.update_id)
        return []

    async with scripted_telegram() as telegram, door(answer, telegram) as at:
        first = asyncio.create_task(at.call(text_update(1, 5)))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(at.call(tap_update(2, 5)))
        assert await at.call(text_update(3, 6)) == 200
        go.set()
        assert await asyncio.gather(first, second) == [200, 200]
    assert order == [3, 1, 2]


async def test_a_stop_finishes_what_is_in_hand_and_sends_the_rest_away():
    go, begun = asyncio.Event(), asyncio.Event()

    async def slow(_: Update) -> list[Outgoing]:
        begun.set()
        await go.wait()
        return []

    async with scripted_telegram() as telegram, door(slow, telegram) as at:
        in_hand = asyncio.create_task(at.call(text_update(1, 1)))
        await begun.wait()
        stopping = asyncio.create_task(at.receiver.stop())
        await asyncio.sleep(0.02)
        assert await at.call(text_update(2, 2)) == 503
        go.set()
        assert await in_hand == 200
        await stopping


async def test_an_address_that_telegram_refuses_is_a_sentence():
    async with scripted_telegram() as telegram, bot_of(telegram) as bot:
        telegram.will_answer("setWebhook", Refusal(400, "Bad Request: bad webhook: HTTPS"))
        address = Address("http://x/hook", free_port(), SECRET)
        with pytest.raises(SettingsError, match="WEBHOOK_URL"):
            await WebhookReceiver(bot, None, address, well).run()  # type: ignore[arg-type]


async def test_a_port_that_is_taken_is_a_sentence():
    async with scripted_telegram() as telegram, bot_of(telegram) as bot:
        with create_server(("", 0)) as taken:
            address = Address("https://x/hook", taken.getsockname()[1], SECRET)
            with pytest.raises(SettingsError, match="PORT"):
                await WebhookReceiver(bot, None, address, well).run()  # type: ignore[arg-type]


@pytest.mark.parametrize(("found", "status"), [({"well": True}, 200), ({"well": False}, 503)])
async def test_health_is_asked_without_the_secret(found: dict, status: int):
    async def health() -> Mapping[str, str | int | bool]:
        return found

    async with scripted_telegram() as telegram, door(nothing, telegram, health) as at:
        assert await at.health() == (status, found)


def test_the_secret_is_of_the_kind_that_telegram_takes_and_not_the_bots_own():
    assert SECRET.isalnum()
    assert 32 <= len(SECRET) <= 256
    assert secret_of(b"t" * 32) != SECRET
