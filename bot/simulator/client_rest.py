"""The rest of the typed client, which few need: lists, a group's fate, raw followers. Functions that take a SimulatorClient."""

from dataclasses import dataclass
from datetime import datetime

from bot.simulator.books import Person
from bot.simulator.client import SimulatorClient
from bot.simulator.json_types import Json, JsonObject, as_int, as_list, as_object, as_text


@dataclass(frozen=True, slots=True)
class ClockView:
    now: datetime
    running: bool


@dataclass(frozen=True, slots=True)
class BotView:
    id: int
    username: str
    first_name: str


async def people(telegram: SimulatorClient) -> list[Person]:
    return [_person(as_object(one)) for one in as_list(await telegram.get("people"))]


async def bots(telegram: SimulatorClient) -> list[BotView]:
    found = [as_object(one) for one in as_list(await telegram.get("bots"))]
    return [
        BotView(as_int(one["id"]), as_text(one["username"]), as_text(one["first_name"]))
        for one in found
    ]


async def clock(telegram: SimulatorClient) -> ClockView:
    found = as_object(await telegram.get("clock"))
    return ClockView(datetime.fromisoformat(as_text(found["now"])), bool(found["running"]))


async def unfollow_clock(telegram: SimulatorClient, url: str) -> None:
    await telegram.ask("DELETE", "clock/followers", {"url": url})


async def waiting_updates(telegram: SimulatorClient) -> list[JsonObject]:
    """What the bot has not confirmed yet."""
    found = as_object(await telegram.get("updates/pending"))
    return [as_object(update) for update in as_list(found["updates"])]


async def remove_bot(telegram: SimulatorClient, group_id: int) -> None:
    await telegram.post(f"groups/{group_id}/remove_bot", {})


async def upgrade(telegram: SimulatorClient, group_id: int) -> int:
    """The id of the supergroup that the group has become."""
    done = await telegram.post(f"groups/{group_id}/upgrade", {})
    return as_int(as_object(done["chat"])["id"])


def _person(value: dict[str, Json]) -> Person:
    return Person(
        as_int(value["id"]),
        as_text(value["first_name"]),
        as_text(value["last_name"]),
        as_text(value["username"]),
        as_text(value["phone"]),
        as_text(value["language_code"]),
        as_text(value["role"]),
    )
