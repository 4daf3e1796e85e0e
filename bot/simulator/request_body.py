"""Reading what a controller sent, with a clear sentence when a field is missing or wrong."""

import json

from aiohttp import web

from bot.simulator.json_types import Json, JsonObject
from bot.simulator.views import as_json_text


class Unclear(Exception):
    """400: what was sent cannot be understood."""


class Absent(Exception):
    """404: there is no such chat, file or tap."""


async def body_of(request: web.Request) -> JsonObject:
    text = await request.text()
    try:
        value: Json = json.loads(text) if text else {}
    except ValueError as wrong:
        raise Unclear(f"the body is not JSON: {wrong}") from wrong
    if not isinstance(value, dict):
        raise Unclear("the body must be a JSON object")
    return value


def text_in(body: JsonObject, name: str, default: str | None = None) -> str:
    value = body.get(name, default)
    if not isinstance(value, str):
        raise Unclear(f"{name} is missing" if value is None else f"{name} must be a text")
    return value


def number_in(body: JsonObject, name: str, default: float | None = None) -> float:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unclear(f"{name} is missing" if value is None else f"{name} must be a number")
    return value


def id_in(body: JsonObject, name: str) -> int | None:
    return int(number_in(body, name)) if body.get(name) is not None else None


def id_of(request: web.Request) -> int:
    try:
        return int(request.match_info["id"])
    except ValueError as wrong:
        raise Unclear(f"{request.match_info['id']} is not an id") from wrong


def shown(value: object) -> web.Response:
    return web.Response(text=as_json_text(value), content_type="application/json")
