"""Webhooks, with a bot that is a real HTTP server: who is called when, in which order, and what a refusal leads to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest
from aiohttp import FormData, MultipartWriter, web
from telegram.error import BadRequest, Conflict

from bot.simulator import client_faults
from bot.simulator.client import SimulatorRefused
from bot.simulator.control_people import PNG_DOT
from bot.simulator.fault_plan import FaultPlan
from tests.simulator.bench import keyboard, workbench

WORD = "kata-sandi_1"
Answer = Callable[[dict], Awaitable[web.StreamResponse]]


async def ok(_update: dict) -> web.Response:
    return web.Response()


@dataclass(slots=True)
class Server:
    """A bot as its webhook sees it."""

    url: str = ""
    answer: Answer = ok
    updates: list[dict] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates if "message" in update]

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        update = await request.json()
        self.updates.append(update)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self.answer(update)
        finally:
            self.at_once -= 1


@asynccontextmanager
async def bot_server(answer: Answer = ok) -> AsyncIterator[Server]:
    server = Server(answer=answer)
    app = web.Application()
    app.router.add_post("/hook", server.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield server
    finally:
        await runner.cleanup()


def answering(*statuses: int, **headers: str) -> Answer:
    """One after another, then 200."""
    left = list(statuses)

    async def answer(_update: dict) -> web.Response:
        return web.Response(status=left.pop(0) if left else 200, headers=headers)

    return answer


async def until(count: int, server: Server) -> None:
    async with asyncio.timeout(5):
        while len(server.updates) < count:  # noqa: ASYNC110 - the server of the test has no event for it
            await asyncio.sleep(0.005)


async def test_updates_come_to_the_url_with_the_secret_and_what_waited_comes_first():
    async with bot_server() as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.send_text("satu")
        await bench.bot.set_webhook(server.url, secret_token=WORD)
        await siti.send_text("dua")
        await bench.telegram.wait_quiet()
        assert (server.texts, server.secrets) == (["satu", "dua"], [WORD] * 2)
        assert await bench.telegram.pending() == 0


async def test_without_a_secret_no_header_is_sent():
    async with bot_server() as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("satu")
        await bench.telegram.wait_quiet()
        assert server.secrets == [None]


async def test_get_updates_beside_a_webhook_is_a_conflict_until_it_is_deleted():
    async with bot_server() as server, workbench() as bench:
        await bench.bot.set_webhook(server.url)
        with pytest.raises(Conflict) as refused:
            await bench.bot.get_updates()
        assert refused.value.message == (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
        await bench.bot.delete_webhook()
        assert await bench.bot.get_updates() == ()


async def test_setting_a_webhook_ends_a_waiting_poll():
    async with bot_server() as server, workbench() as bench:
        polling = asyncio.create_task(bench.bot.get_updates(timeout=20))
        await asyncio.sleep(0.05)
        await bench.bot.set_webhook(server.url)
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await polling


async def test_the_info_says_everything_of_the_webhook():
    async with bot_server() as server, workbench() as bench:
        kinds = ["message", "callback_query"]
        await bench.bot.set_webhook(server.url, max_connections=7, allowed_updates=kinds)
        info = await bench.bot.get_webhook_info()
        assert (info.url, info.max_connections, info.pending_update_count) == (server.url, 7, 0)
        assert sorted(info.allowed_updates) == sorted(kinds)
        assert (info.last_error_message, info.has_custom_certificate) == (None, False)


@pytest.mark.parametrize(("given", "taken"), [(None, 40), (0, 1), (500, 100)])
async def test_the_number_of_connections_is_brought_into_its_bounds(given, taken):
    async with workbench(with_bot=False) as bench:
        given_it = {} if given is None else {"max_connections": given}
        await bench.raw("setWebhook", url="http://127.0.0.1:9/hook", **given_it)
        _, answer = await bench.raw("getWebhookInfo")
        assert answer["result"]["max_connections"] == taken


REFUSED = [
    ({"url": "ftp://127.0.0.1/"}, "Invalid webhook url specified"),
    ({"url": "https://"}, "Invalid webhook url specified"),
    ({"url": "https://example.org:99999/"}, "Invalid webhook url specified"),
    ({"url": "http://example.org/hook"}, "Bad webhook: an https url must be provided for webhook"),
    ({"url": "https://example.org:8080/"}, "Bad webhook: webhook can be set up only on ports 80, 88, 443 or 8443"),
    ({"url": "https://example.org", "secret_token": "a b"}, "Secret token contains unallowed characters"),
    ({"url": "https://example.org", "secret_token": "a" * 257}, "Secret token is too long"),
    ({"url": "https://example.org", "ip_address": "127.0.0.1"}, "Ip_address is not taken, put it into the url (simulator)"),
    ({"url": "https://example.org", "certificate": b"x"}, "Certificates of the bot's own are not taken, use http here (simulator)"),
]  # fmt: skip


@pytest.mark.parametrize(("parameters", "words"), REFUSED)
async def test_a_webhook_that_cannot_be_is_refused_and_changes_nothing(parameters, words):
    async with workbench() as bench:
        with pytest.raises(BadRequest) as refused:
            await bench.bot.set_webhook(**parameters)
        assert refused.value.message.lower() == words.lower()
        assert (await bench.bot.get_webhook_info()).url == ""


@pytest.mark.parametrize("url", ["example.org", "https://example.org:8443/x", "https://[::1]:9/"])
async def test_a_webhook_that_telegram_would_take_is_taken(url):
    async with workbench() as bench:
        await bench.bot.set_webhook(url)
        assert (await bench.bot.get_webhook_info()).url == f"https://{url.removeprefix('https://')}"


async def test_messages_of_one_chat_come_in_order_though_the_first_is_slow():
    async def slow_first(update: dict) -> web.Response:
        await asyncio.sleep(0.05 if update["message"]["text"] == "satu" else 0)
        return web.Response()

    async with bot_server(slow_first) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.forward(["satu", "dua", "tiga"])
        await bench.telegram.wait_quiet()
        assert (server.texts, server.most_at_once) == (["satu", "dua", "tiga"], 1)


async def test_a_tap_does_not_wait_for_a_text():
    release = asyncio.Event()

    async def texts_wait(update: dict) -> web.Response:
        if "message" in update:
            await release.wait()
        return web.Response()

    async with bot_server(texts_wait) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        card = await bench.bot.send_message(siti.id, "?", reply_markup=keyboard([("Ya", "y")]))
        await bench.bot.set_webhook(server.url)
        await siti.send_text("Halo")
        await siti.forge_tap(card.message_id, "y")
        await until(2, server)
        assert [kind for update in server.updates for kind in update if kind != "update_id"] == [
            "message",
            "callback_query",
        ]
        release.set()
        await bench.telegram.wait_quiet()


async def test_no_more_connections_than_allowed_are_used_and_all_of_them():
    async def slow(_update: dict) -> web.Response:
        await asyncio.sleep(0.03)
        return web.Response()

    async with bot_server(slow) as server, workbench() as bench:
        await bench.bot.set_webhook(server.url, max_connections=3)
        people = [await bench.telegram.create_person(f"P{number}") for number in range(9)]
        await asyncio.gather(*(person.start() for person in people))
        await bench.telegram.wait_quiet()
        assert (len(server.updates), server.most_at_once) == (9, 3)


async def test_what_was_not_taken_comes_again_and_the_info_says_why():
    async with bot_server(answering(500, 302)) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.forward(["satu", "dua"])
        await bench.telegram.wait_quiet()
        assert server.texts == ["satu", "satu", "satu", "dua"]
        info = await bench.bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 302 Found"
        assert info.last_error_date == await bench.telegram.now()


async def test_the_wait_before_the_next_attempt_doubles():
    moments = []

    async def failing(_update: dict) -> web.Response:
        moments.append(asyncio.get_running_loop().time())
        return web.Response(status=500 if len(moments) < 4 else 200)

    async with bot_server(failing) as server, workbench(webhook_retry=0.05) as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("satu")
        await bench.telegram.wait_quiet()
        waits = [later - earlier for earlier, later in pairwise(moments)]
        assert all(wait >= least for wait, least in zip(waits, (0.05, 0.1, 0.2), strict=True))


async def test_the_answer_may_say_when_to_come_again():
    answer = answering(503, **{"Retry-After": "1"})
    async with bot_server(answer) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("satu")
        with pytest.raises(SimulatorRefused, match="1 updates wait"):
            await bench.telegram.wait_quiet(within=0.5)
        await bench.telegram.wait_quiet()
        assert server.texts == ["satu", "satu"]


async def test_an_update_that_is_never_taken_expires():
    async with bot_server(answering(*[500] * 500)) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("satu")
        await until(1, server)
        await bench.telegram.advance(timedelta(hours=24, seconds=1))
        await bench.telegram.wait_quiet()


async def test_a_server_that_is_not_there_is_a_refused_connection():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook("http://127.0.0.1:9/hook")
        await siti.send_text("satu")
        with pytest.raises(SimulatorRefused, match="1 updates wait"):
            await bench.telegram.wait_quiet(within=0.2)
        info = await bench.bot.get_webhook_info()
        assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)


async def test_pending_updates_are_dropped_when_asked_for():
    async with bot_server() as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.send_text("satu")
        await bench.bot.set_webhook(server.url, drop_pending_updates=True)
        await siti.send_text("dua")
        await bench.telegram.wait_quiet()
        assert server.texts == ["dua"]


async def test_a_webhook_that_was_replaced_gets_nothing_more():
    async with bot_server() as old, bot_server() as new, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(old.url)
        await siti.send_text("satu")
        await bench.telegram.wait_quiet()
        await bench.bot.set_webhook(new.url)
        await siti.send_text("dua")
        await bench.telegram.wait_quiet()
        assert (old.texts, new.texts) == (["satu"], ["dua"])


async def test_what_a_deleted_webhook_did_not_take_waits_for_get_updates():
    release = asyncio.Event()

    async def never(_update: dict) -> web.Response:
        await release.wait()
        return web.Response()

    async with bot_server(never) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("satu")
        await until(1, server)
        await bench.bot.delete_webhook()
        (update,) = await bench.bot.get_updates()
        assert update.message.text == "satu"
        release.set()


async def as_json(fields: dict) -> web.StreamResponse:
    return web.json_response(fields)


async def as_form(fields: dict) -> web.StreamResponse:
    body = FormData({name: str(value) for name, value in fields.items()})()
    return web.Response(body=body, content_type="application/x-www-form-urlencoded")


async def as_multipart(fields: dict) -> web.StreamResponse:
    writer = MultipartWriter("form-data")
    for name, value in fields.items():
        writer.append(str(value)).set_content_disposition("form-data", name=name)
    return web.Response(body=writer)


@pytest.mark.parametrize("way", [as_json, as_form, as_multipart])
async def test_a_call_in_the_answer_is_carried_out(way):
    async def reply(update: dict) -> web.StreamResponse:
        message = update["message"]
        return await way({
            "method": "sendMessage", "chat_id": message["chat"]["id"], "text": message["text"],
        })  # fmt: skip

    async with bot_server(reply) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("Selamat pagi")
        await bench.telegram.wait_quiet()
        assert (await siti.chat()).last.text == "Selamat pagi"
        (call,) = await bench.telegram.calls("sendMessage")
        assert (call.code, call.problems) == (200, ())


async def test_a_call_in_the_answer_may_bring_a_file():
    async def reply(update: dict) -> web.StreamResponse:
        writer = MultipartWriter("form-data")
        fields = {
            "method": "sendPhoto",
            "chat_id": update["message"]["chat"]["id"],
            "photo": "attach://a",
        }
        for name, value in fields.items():
            writer.append(str(value)).set_content_disposition("form-data", name=name)
        picture = writer.append(PNG_DOT)
        picture.set_content_disposition("form-data", name="a", filename="a.png")
        return web.Response(body=writer)

    async with bot_server(reply) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("foto")
        await bench.telegram.wait_quiet()
        shown = (await siti.chat()).last
        assert await bench.telegram.file(siti.id, shown.file.file_id) == PNG_DOT


@pytest.mark.parametrize("method", ["deleteWebhook", "setWebhook", "logOut", "close", "getMe"])
async def test_some_methods_are_not_called_by_an_answer(method):
    async def reply(_update: dict) -> web.Response:
        return web.json_response({"method": method, "url": ""})

    async with bot_server(reply) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        before = await bench.telegram.calls(method)
        await siti.send_text("satu")
        await bench.telegram.wait_quiet()
        assert await bench.telegram.calls(method) == before
        assert (await bench.bot.get_webhook_info()).url == server.url


async def test_a_refused_call_in_an_answer_is_in_the_books():
    async def reply(_update: dict) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 1})

    async with bot_server(reply) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti", person_id=1)
        await bench.bot.set_webhook(server.url)
        await siti.send_text("satu")
        await bench.telegram.wait_quiet()
        (call,) = await bench.telegram.calls("sendMessage")
        assert call.description == "Bad Request: message text is empty"


@pytest.mark.parametrize("kind", ["duplicate_update", "redelivery"])
async def test_a_plan_of_faults_makes_updates_come_twice(kind):
    async with bot_server() as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await client_faults.set_faults(bench.telegram, FaultPlan(**{kind: 1.0}))
        await siti.forward(["satu", "dua"])
        await bench.telegram.wait_quiet()
        assert sorted(server.texts) == ["dua", "dua", "satu", "satu"]


async def test_both_faults_together_make_an_update_come_three_times():
    async with bot_server() as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await client_faults.set_faults(
            bench.telegram, FaultPlan(duplicate_update=1.0, redelivery=1.0)
        )
        await siti.send_text("satu")
        await bench.telegram.wait_quiet()
        assert server.texts == ["satu"] * 3


@pytest.mark.parametrize("end", [client_faults.end_outage, client_faults.end_faults])
async def test_nothing_is_brought_during_an_outage_and_all_of_it_afterwards(end):
    async with bot_server() as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await client_faults.begin_outage(bench.telegram)
        await siti.send_text("satu")
        with pytest.raises(SimulatorRefused, match="1 updates wait"):
            await bench.telegram.wait_quiet(within=0.2)
        assert server.texts == []
        await end(bench.telegram)
        await bench.telegram.wait_quiet()
        assert server.texts == ["satu"]


async def test_an_outage_that_is_over_by_itself_lets_updates_through_again():
    async with bot_server() as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await client_faults.begin_outage(bench.telegram, seconds=0.2)
        await siti.send_text("satu")
        await bench.telegram.wait_quiet()
        assert server.texts == ["satu"]


async def test_logging_out_and_closing_are_accepted():
    async with workbench() as bench:
        assert await bench.bot.log_out()
        assert await bench.bot.close()
