"""The guided tour's state: steps ticked off, actions passed on, nonsense refused in words."""

import pytest
from aiohttp import web

from bot.simulator import client_tour
from bot.simulator.client import SimulatorRefused
from bot.simulator.server import serving
from bot.simulator.tour import Action, Progress, Step, Tour
from tests.simulator.bench import workbench

STEPS = (
    Step("scan", "Pindai QR kelas", "Ketuk gambarnya", person=7),
    Step("answer", "Isi", "", action="play"),
)
PLAY = Action("play", "Mainkan kelas", "30 orang menjawab")
TOUR = Tour("Tur lima menit", "Selamat datang", STEPS, (PLAY,), "http://127.0.0.1:9/tour")


async def test_a_tour_comes_back_as_it_was_begun():
    async with workbench(with_bot=False) as bench:
        await client_tour.begin(bench.telegram, TOUR)
        assert await client_tour.tour(bench.telegram) == TOUR


async def test_a_step_is_ticked_off_once_and_keeps_its_first_note():
    async with workbench(with_bot=False) as bench:
        await client_tour.begin(bench.telegram, TOUR)
        await client_tour.tick_off(bench.telegram, "answer", "selesai 15.04")
        await client_tour.tick_off(bench.telegram, "answer", "selesai 16.00")
        found = await client_tour.tour(bench.telegram)
        assert [(step.done, step.note) for step in found.steps] == [
            (False, ""), (True, "selesai 15.04"),
        ]  # fmt: skip


async def test_what_is_running_is_said_until_it_has_ended():
    async with workbench(with_bot=False) as bench:
        await client_tour.begin(bench.telegram, TOUR)
        await client_tour.say_progress(bench.telegram, "3 dari 29", action="play")
        assert (await client_tour.tour(bench.telegram)).progress == Progress("3 dari 29", "play")
        await client_tour.say_progress(bench.telegram, "29 selesai")
        assert (await client_tour.tour(bench.telegram)).progress == Progress("29 selesai")


async def test_a_pressed_action_reaches_who_leads_the_tour():
    pressed: list[str] = []

    async def leader(request: web.Request) -> web.Response:
        pressed.append((await request.json())["action"])
        return web.Response()

    app = web.Application()
    app.router.add_post("/tour", leader)
    async with serving(app) as url, workbench(with_bot=False) as bench:
        await client_tour.begin(bench.telegram, Tour("T", "", STEPS, (PLAY,), f"{url}/tour"))
        await client_tour.press(bench.telegram, "play")
    assert pressed == ["play"]


WRONG = [
    ({}, "title is missing"),
    ({"title": "T"}, "a tour needs steps"),
    ({"title": "T", "steps": [1]}, "steps must be a list of objects"),
    ({"title": "T", "steps": [{"id": "A b", "title": "x"}]}, "id 'A b' is not 1 to 40"),
    ({"title": "T", "steps": [{"id": "a", "title": "x"}] * 2}, "'a' is there twice"),
    ({"title": "T", "steps": [{"id": "a", "title": "x", "action": "b"}]}, "names the action 'b'"),
    ({"title": "T", "steps": [{"id": "a", "title": "x"}], "actions": [{"name": "b", "label": "B"}]}, "need a callback"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words"), WRONG)
async def test_a_tour_that_makes_no_sense_is_refused_in_words(body, words):
    async with workbench(with_bot=False) as bench:
        with pytest.raises(SimulatorRefused) as refused:
            await bench.telegram.ask("PUT", "tour", body)
        assert words in str(refused.value)


async def test_what_is_not_there_is_said():
    async with workbench(with_bot=False) as bench:
        with pytest.raises(SimulatorRefused, match="there is no tour"):
            await client_tour.tour(bench.telegram)
        await client_tour.begin(bench.telegram, TOUR)
        with pytest.raises(SimulatorRefused, match="has no step 'x'"):
            await client_tour.tick_off(bench.telegram, "x")
        with pytest.raises(SimulatorRefused, match="has no action 'x'"):
            await client_tour.press(bench.telegram, "x")
        await client_tour.end(bench.telegram)
        with pytest.raises(SimulatorRefused, match="there is no tour"):
            await client_tour.tick_off(bench.telegram, "scan")
