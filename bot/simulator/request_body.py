"""Reading what a controller sent, with a clear sentence when a field is missing or wrong."""

import math
import re

from aiohttp import web
from yarl import URL

from bot.simulator.json_types import JsonObject, read_json
from bot.simulator.views import as_json_text

USERNAME = re.compile(r"[A-Za-z0-9_]{1,32}")
MOST_NUMBER = 2**53  # ids have at most 52 significant bits


class Unclear(Exception):
    """400: what was sent cannot be understood."""


class Absent(Exception):
    """404: there is no such chat, file or tap."""


async def body_of(request: web.Request) -> JsonObject:
    try:
        text = await request.text()
        value = read_json(text) if text else {}
    except (ValueError, LookupError, web.RequestPayloadError) as wrong:
        raise Unclear(f"the body is not JSON in UTF-8: {wrong}") from wrong
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
    if not math.isfinite(value) or abs(value) > MOST_NUMBER:
        raise Unclear(f"{name} is too large")
    return value


def whole_in(body: JsonObject, name: str) -> int:
    number = number_in(body, name)
    if number != int(number):
        raise Unclear(f"{name} must be a whole number")
    return int(number)


def name_in(body: JsonObject, name: str, default: str | None = None) -> str:
    text = text_in(body, name, default)
    if not text.strip():
        raise Unclear(f"{name} is empty")
    return text


def username_in(body: JsonObject, name: str, default: str | None = None) -> str:
    text = text_in(body, name, default)
    if not USERNAME.fullmatch(text):
        raise Unclear(f"{name} is 1 to 32 of A-Z, a-z, 0-9 and _, without @")
    return text


def address_in(body: JsonObject, name: str) -> str:
    url = text_in(body, name)
    try:
        parsed = URL(url)
    except ValueError as wrong:
        raise Unclear(f"{url} is not an address: {wrong}") from wrong
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise Unclear(f"{url} is not an address, as in http://127.0.0.1:8081/clock")
    return url


def texts_in(body: JsonObject, name: str) -> list[str]:
    value = body.get(name)
    if not isinstance(value, list):
        raise Unclear(f"{name} is missing" if value is None else f"{name} must be a list of texts")
    texts = [entry for entry in value if isinstance(entry, str)]
    if len(texts) < len(value):
        raise Unclear(f"{name} must be a list of texts")
    return texts


def ids_in(body: JsonObject, name: str) -> list[int]:
    value = body.get(name, [])
    ids = [entry for entry in value if type(entry) is int] if isinstance(value, list) else []
    if not isinstance(value, list) or len(ids) < len(value):
        raise Unclear(f"{name} must be a list of ids")
    return ids


def id_in(body: JsonObject, name: str) -> int | None:
    return whole_in(body, name) if body.get(name) is not None else None


def id_of(request: web.Request) -> int:
    try:
        return int(request.match_info["id"])
    except ValueError as wrong:
        raise Unclear(f"{request.match_info['id']} is not an id") from wrong


def shown(value: object) -> web.Response:
    return web.Response(text=as_json_text(value), content_type="application/json")
