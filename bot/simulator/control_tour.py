"""Control routes for the guided tour. Reads and checks what was sent, and passes a pressed action on to whoever leads the tour."""

import re
from collections.abc import Callable
from typing import TypeVar

import aiohttp
from aiohttp import web

from bot.simulator import tour
from bot.simulator.following import FollowerLost
from bot.simulator.json_types import Json, JsonObject
from bot.simulator.request_body import Absent, Unclear, address_in, body_of, id_in, shown, text_in
from bot.simulator.tour import Action, NoSuchPart, Step, Tour
from bot.simulator.workbench import Workbench

CALLBACK_SECONDS = 10.0
Found = TypeVar("Found")


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    def keep(changed: Tour | None) -> web.Response:
        bench.tour = changed
        bench.pulse.ring()
        return shown(changed)

    async def begin(request: web.Request) -> web.Response:
        found = _tour(await body_of(request))
        if wrong := tour.unclear(found):
            raise Unclear(wrong)
        return keep(found)

    async def show(_request: web.Request) -> web.Response:
        return shown(_present(bench))

    async def end(_request: web.Request) -> web.Response:
        return keep(None)

    async def tick(request: web.Request) -> web.Response:
        note = text_in(await body_of(request), "note", "")
        return keep(_found(lambda: tour.ticked(_present(bench), request.match_info["step"], note)))

    async def progress(request: web.Request) -> web.Response:
        body = await body_of(request)
        action = text_in(body, "action", "") if body.get("action") is not None else ""
        text = text_in(body, "text", "")
        return keep(_found(lambda: tour.at_work(_present(bench), action, text)))

    async def press(request: web.Request) -> web.Response:
        leader = _present(bench)
        action = _found(lambda: tour.action_named(leader, request.match_info["action"]))
        await _tell(leader.callback, action.name)
        return web.json_response({"told": action.name}, status=202)

    return [
        web.put("/control/tour", begin),
        web.get("/control/tour", show),
        web.delete("/control/tour", end),
        web.post("/control/tour/steps/{step}/done", tick),
        web.post("/control/tour/progress", progress),
        web.post("/control/tour/actions/{action}", press),
    ]


def _present(bench: Workbench) -> Tour:
    if bench.tour is None:
        raise Absent("there is no tour; PUT /control/tour begins one")
    return bench.tour


def _found(look: Callable[[], Found]) -> Found:
    try:
        return look()
    except NoSuchPart as missing:
        raise Absent(str(missing)) from missing


async def _tell(url: str, action: str) -> None:
    timeout = aiohttp.ClientTimeout(total=CALLBACK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, json={"action": action}, raise_for_status=True),
        ):
            pass
    except (aiohttp.ClientError, TimeoutError, ValueError) as wrong:
        raise FollowerLost(f"whoever leads the tour does not answer at {url}") from wrong


def _tour(body: JsonObject) -> Tour:
    return Tour(
        title=text_in(body, "title"),
        intro=text_in(body, "intro", ""),
        steps=tuple(_step(one) for one in _objects(body, "steps")),
        actions=tuple(_action(one) for one in _objects(body, "actions")),
        callback=address_in(body, "callback") if body.get("callback") else "",
    )


def _step(body: JsonObject) -> Step:
    return Step(
        id=_name(body, "id"),
        title=text_in(body, "title"),
        text=text_in(body, "text", ""),
        person=id_in(body, "person") or 0,
        action=text_in(body, "action", ""),
    )


def _action(body: JsonObject) -> Action:
    return Action(_name(body, "name"), text_in(body, "label"), text_in(body, "text", ""))


def _name(body: JsonObject, field: str) -> str:
    name = text_in(body, field)
    if not re.fullmatch(r"[a-z0-9_-]{1,40}", name):
        raise Unclear(f"{field} {name!r} is not 1 to 40 of a-z, 0-9, _ and -")
    return name


def _objects(body: JsonObject, name: str) -> list[JsonObject]:
    value: Json = body.get(name, [])
    objects = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(objects) < len(value):
        raise Unclear(f"{name} must be a list of objects")
    return objects
