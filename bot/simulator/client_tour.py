"""Typed calls of the control interface for the guided tour. Functions that take a SimulatorClient."""

from dataclasses import asdict

from bot.simulator.client import SimulatorClient
from bot.simulator.json_types import Json, JsonObject, as_int, as_list, as_object, as_text
from bot.simulator.tour import Action, Progress, Step, Tour


async def begin(telegram: SimulatorClient, tour: Tour) -> None:
    await telegram.ask("PUT", "tour", {
        "title": tour.title, "intro": tour.intro, "callback": tour.callback,
        "steps": list[Json](asdict(step) for step in tour.steps),
        "actions": list[Json](asdict(action) for action in tour.actions),
    })  # fmt: skip


async def tour(telegram: SimulatorClient) -> Tour:
    return _read(as_object(await telegram.get("tour")))


async def end(telegram: SimulatorClient) -> None:
    await telegram.ask("DELETE", "tour")


async def tick_off(telegram: SimulatorClient, step: str, note: str = "") -> None:
    await telegram.post(f"tour/steps/{step}/done", {"note": note})


async def say_progress(telegram: SimulatorClient, text: str, *, action: str = "") -> None:
    """`action` is the one that is running; none when it has ended."""
    await telegram.post("tour/progress", {"action": action, "text": text})


async def press(telegram: SimulatorClient, action: str) -> None:
    """As the visitor does on the page."""
    await telegram.post(f"tour/actions/{action}", {})


def _read(value: JsonObject) -> Tour:
    progress = as_object(value["progress"])
    return Tour(
        title=as_text(value["title"]),
        intro=as_text(value["intro"]),
        steps=tuple(_step(as_object(one)) for one in as_list(value["steps"])),
        actions=tuple(_action(as_object(one)) for one in as_list(value["actions"])),
        callback=as_text(value["callback"]),
        progress=Progress(as_text(progress["text"]), as_text(progress["action"])),
    )


def _step(value: JsonObject) -> Step:
    return Step(
        as_text(value["id"]), as_text(value["title"]), as_text(value["text"]), as_int(value["person"]),
        as_text(value["action"]), value["done"] is True, as_text(value["note"]),
    )  # fmt: skip


def _action(value: JsonObject) -> Action:
    return Action(as_text(value["name"]), as_text(value["label"]), as_text(value["text"]))
