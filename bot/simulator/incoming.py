"""What a bot sends -> parameters and uploads: query string, form, multipart or JSON, as the Bot API takes them.

A bot may call in the answer to a webhook too, where it has no query string.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web
from aiohttp.multipart import MultipartResponseWrapper

from bot.simulator.json_types import Json, JsonObject
from bot.simulator.methods.turn import Upload
from bot.simulator.refusals import Refused, bad_request

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class Incoming:
    parameters: JsonObject
    uploads: Mapping[str, Upload]


async def read(request: web.Request) -> Incoming:
    parameters: JsonObject = dict(request.query)
    if request.method != "POST" or not request.can_read_body:
        return Incoming(parameters, {})
    try:
        if request.content_type in FORMS:
            return await _form(request, parameters)
        body = await request.read()
    except web.HTTPRequestEntityTooLarge as large:
        raise Refused(TOO_LARGE, "Request Entity Too Large") from large
    return Incoming({**parameters, **_json(body)}, {})


async def read_answer(answer: ClientResponse) -> Incoming:
    if answer.content_type == "multipart/form-data":
        return await _parts(MultipartReader.from_response(answer))
    body = await answer.read()
    if answer.content_type in FORMS:
        return Incoming(dict[str, Json](parse_qsl(body.decode(errors="replace"))), {})
    return Incoming(_json(body), {})


async def _parts(reader: MultipartResponseWrapper) -> Incoming:
    parameters: JsonObject = {}
    uploads: dict[str, Upload] = {}
    async for part in reader:
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            parameters[part.name] = content.decode(errors="replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, content)
    return Incoming(parameters, uploads)


async def _form(request: web.Request, parameters: JsonObject) -> Incoming:
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        elif isinstance(value, bytes | bytearray):
            uploads[name] = Upload(name, "application/octet-stream", bytes(value))
        else:
            parameters[name] = value
    return Incoming(parameters, uploads)


def _json(body: bytes) -> JsonObject:
    try:
        parsed: Json = json.loads(body)
    except ValueError as wrong:
        raise bad_request("can't parse JSON object") from wrong
    if not isinstance(parsed, dict):
        raise bad_request("expected a JSON object as the request's body (simulator)")
    return {name: value for name, value in parsed.items() if value is not None}
