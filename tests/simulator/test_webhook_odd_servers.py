"""Webhooks of servers that answer oddly, and of bots that cannot decide: nothing is lost and nothing stands still."""

import asyncio

import pytest
from aiohttp import web

from tests.simulator.bench import workbench
from tests.simulator.test_webhooks import bot_server

MULTIPART = "multipart/form-data; boundary=b"
ODD_ANSWERS = [
    ("multipart/form-data", b"x"),
    (MULTIPART, b"x"),
    (MULTIPART, b"--b\r\nContent-Transfer-Encoding: xyz\r\n\r\n1\r\n--b--\r\n"),
    (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--b--\r\n'),
    ("application/json", b"[" * 100_000),
    ("application/json", b'{"method": "sendMessage", "text": "\\ud800"}'),
    ("application/json", b'{"method": 5, "text": NaN}'),
    ("application/x-www-form-urlencoded", b"method=sendMessage&text=%ff"),
]


@pytest.mark.parametrize(("kind", "body"), ODD_ANSWERS)
async def test_an_answer_that_cannot_be_read_takes_the_update_and_the_next_one_comes(kind, body):
    async def odd(_update: dict) -> web.Response:
        return web.Response(body=body, headers={"Content-Type": kind})

    async with bot_server(odd) as server, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("satu")
        await siti.send_text("dua")
        await bench.telegram.wait_quiet()
        assert server.texts == ["satu", "dua"]
        assert (await siti.chat()).from_bot == ()


async def test_a_redirect_is_a_wrong_answer_and_is_not_followed():
    async def elsewhere(_update: dict) -> web.Response:
        return web.Response(status=302, headers={"Location": f"{server.url}?again"})

    async with bot_server(elsewhere) as server, workbench(webhook_retry=5) as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(server.url)
        await siti.send_text("satu")
        await asyncio.sleep(0.2)
        info = await bench.bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 302 Found"
        assert (server.texts, info.pending_update_count) == (["satu"], 1)


async def test_an_answer_that_breaks_off_does_not_take_the_update():
    broken = [True]

    async def answer(request: web.Request) -> web.StreamResponse:
        if not broken:
            return web.Response()
        broken.pop()
        started = web.StreamResponse(headers={"Content-Length": "100"})
        await started.prepare(request)
        await started.write(b"half")
        request.transport.close()
        return started

    app = web.Application()
    seen: list[str] = []

    async def hook(request: web.Request) -> web.StreamResponse:
        seen.append((await request.json())["message"]["text"])
        return await answer(request)

    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
        await siti.send_text("satu")
        await bench.telegram.wait_quiet()
        assert seen == ["satu", "satu"]
    await runner.cleanup()


async def test_a_webhook_set_and_deleted_over_and_over_loses_no_update():
    async with bot_server() as first, bot_server() as second, workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        for number in range(20):
            await siti.send_text(f"{number}")
            await bench.bot.set_webhook(first.url if number % 2 else second.url)
            if number % 3 == 0:
                await bench.bot.delete_webhook()
        await bench.bot.set_webhook(first.url)
        await bench.telegram.wait_quiet()
        assert {*first.texts, *second.texts} == {f"{number}" for number in range(20)}
        assert await bench.telegram.pending() == 0
