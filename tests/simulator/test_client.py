"""The typed clients reach every route of the control interface, and what comes back has types."""

from datetime import timedelta

import pytest
from aiohttp import web

from bot.simulator import client_faults, client_rest, client_tour
from bot.simulator.books import Person
from bot.simulator.client import SimulatorClient, SimulatorRefused
from bot.simulator.client_rest import BotView, ClockView
from bot.simulator.clock import SimulatorClock
from bot.simulator.fault_plan import FaultPlan
from bot.simulator.limits import Rates
from bot.simulator.server import build_app, serving
from bot.simulator.tour import Action, Step, Tour
from tests.simulator.bench import BOT, NOON, keyboard, workbench

# Not for a typed client: a stream that a browser reads.
UNTYPED = frozenset({"GET /control/events"})
NOBODY = "http://127.0.0.1:9/clock"


async def play_people(telegram: SimulatorClient) -> None:
    siti = await telegram.create_person("Siti", person_id=1)
    await siti.start()
    raw = {"chat_id": 1, "text": "?", "reply_markup": keyboard([("Ya", "y")])}
    async with telegram._open().post(f"{telegram.base_url}/bot{BOT}/sendMessage", json=raw):
        pass
    query_id = (await siti.tap("Ya")).query_id
    assert not (await telegram.answer_to(query_id)).answered
    raw["reply_markup"] = {"keyboard": [["Lanjut"]]}
    async with telegram._open().post(f"{telegram.base_url}/bot{BOT}/sendMessage", json=raw):
        pass
    await siti.press("Lanjut")
    (text_id,) = (await siti.send_text("satu")).message_ids
    await siti.edit(text_id, "dua")
    await siti.forward(["tiga", "empat"])
    for send in (siti.send_sticker, siti.send_voice, siti.send_photo, siti.share_contact):
        await send()
    await siti.send_document("a.txt", b"isi")
    file = (await siti.chat()).messages[-1].file
    assert await telegram.file(1, file.file_id) == b"isi"
    await siti.block()
    await siti.unblock()
    group = await telegram.create_group("Kelas", [siti])
    await client_rest.remove_bot(telegram, await client_rest.upgrade(telegram, group))
    await siti.deactivate()


async def play_books(telegram: SimulatorClient) -> None:
    await telegram.name_bot(BOT, "kelas_bot")
    await client_rest.bots(telegram)
    await client_rest.people(telegram)
    await telegram.chats()
    await telegram.calls()
    await telegram.call_counts()
    await telegram.invalid_calls()
    await telegram.times_limited()
    await telegram.push_raw({"message": {}})
    assert await telegram.pending() == len(await client_rest.waiting_updates(telegram))
    await telegram.commands()


async def play_clock_and_faults(telegram: SimulatorClient) -> None:
    await telegram.follow_clock(NOBODY)
    await client_rest.unfollow_clock(telegram, NOBODY)
    await telegram.advance(timedelta(days=2))
    await telegram.set_latency(0, 1)
    await client_rest.clock(telegram)
    with pytest.raises(SimulatorRefused, match="updates wait"):
        await telegram.wait_quiet(within=0.05)
    await client_faults.set_limits(telegram, Rates())
    await client_faults.limits(telegram)
    await client_faults.set_faults(telegram, FaultPlan())
    await client_faults.faults(telegram)
    await client_faults.fail_next(telegram, "slow")
    await client_faults.begin_outage(telegram)
    await client_faults.end_outage(telegram)
    await client_faults.end_faults(telegram)


async def play_tour(telegram: SimulatorClient) -> None:
    press = Action("play", "Mainkan kelas")
    await client_tour.begin(telegram, Tour("Tur", "", (Step("a", "Pindai", ""),), (press,), NOBODY))
    await client_tour.tick_off(telegram, "a")
    await client_tour.say_progress(telegram, "1 dari 2", action="play")
    with pytest.raises(SimulatorRefused, match="does not answer"):
        await client_tour.press(telegram, "play")
    assert (await client_tour.tour(telegram)).steps[0].done
    await client_tour.end(telegram)


async def test_every_route_is_reached_through_the_typed_clients():
    app = build_app(SimulatorClock(NOON))
    reached: set[str] = set()

    @web.middleware
    async def note(request: web.Request, handler) -> web.StreamResponse:
        reached.add(f"{request.method} {request.match_info.route.resource.canonical}")
        return await handler(request)

    app.middlewares.append(note)
    async with serving(app) as url, SimulatorClient(url) as telegram:
        await play_people(telegram)
        await play_books(telegram)
        await play_clock_and_faults(telegram)
        await play_tour(telegram)
    routes = {
        f"{route.method} {resource.canonical}"
        for resource in app.router.resources()
        for route in resource
        if resource.canonical.startswith("/control/") and route.method != "HEAD"
    }
    assert routes - reached - UNTYPED == set()


async def test_lists_come_back_with_types():
    async with workbench(with_bot=False) as bench:
        await bench.telegram.create_person(
            "Siti", "Aminah", person_id=1, phone="+628125550901", username="siti"
        )
        await bench.telegram.name_bot(BOT, "kelas_bot")
        assert await client_rest.people(bench.telegram) == [
            Person(1, "Siti", "Aminah", "siti", "+628125550901", "id")
        ]
        assert await client_rest.bots(bench.telegram) == [
            BotView(7_000_000_001, "kelas_bot", "Simulator")
        ]
        assert await client_rest.clock(bench.telegram) == ClockView(NOON, running=False)


async def test_a_group_becomes_a_supergroup_and_loses_its_bot():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti")
        group = await bench.telegram.create_group("Kelas", [siti])
        supergroup = await client_rest.upgrade(bench.telegram, group)
        assert supergroup != group
        assert (await bench.telegram.chat(supergroup)).member
        await client_rest.remove_bot(bench.telegram, supergroup)
        assert not (await bench.telegram.chat(supergroup)).member
