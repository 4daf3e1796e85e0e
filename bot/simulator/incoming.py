"""What a bot sends -> parameters and uploads: query string, form, multipart or JSON, as the Bot API takes them.

A bot may call in the answer to a webhook too, where it has no query string. Whatever cannot be read is a refusal.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.multipart import MultipartResponseWrapper

from bot.simulator.json_types import Json, JsonObject, read_json
from bot.simulator.methods.turn import Upload
from bot.simulator.refusals import Refused, bad_request

MULTIPART = "multipart/form-data"
FORMS = frozenset({"application/x-www-form-urlencoded", MULTIPART})
UNREADABLE = (ValueError, LookupError, RuntimeError, HttpProcessingError, web.RequestPayloadError)
TOO_LARGE = 413
MOST_FIELDS = 1000
NOT_UTF8 = "strings must be encoded in UTF-8"  # as tdlib/td says it


@dataclass(frozen=True, slots=True)
class Incoming:
    parameters: JsonObject
    uploads: Mapping[str, Upload]


async def read(request: web.Request) -> Incoming:
    parameters = _pairs(request.rel_url.raw_query_string)
    if request.method != "POST" or not request.can_read_body:
        return Incoming(parameters, {})
    try:
        if request.content_type in FORMS:
            return await _form(request, parameters)
        body = await request.read()
    except web.HTTPRequestEntityTooLarge as large:
        raise Refused(TOO_LARGE, "Request Entity Too Large") from large
    except web.RequestPayloadError as wrong:
        raise bad_request("the body is not what Content-Encoding says (simulator)") from wrong
    return Incoming({**parameters, **_json(body)}, {})


async def read_answer(answer: ClientResponse) -> Incoming:
    if answer.content_type == MULTIPART:
        with _readable_form():
            return await _parts(MultipartReader.from_response(answer))
    body = await answer.read()
    return Incoming(_pairs(body) if answer.content_type in FORMS else _json(body), {})


async def _parts(reader: MultipartResponseWrapper) -> Incoming:
    parameters: JsonObject = {}
    uploads: dict[str, Upload] = {}
    async for part in reader:
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            parameters[part.name] = content.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, content)
    return Incoming(parameters, uploads)


async def _form(request: web.Request, parameters: JsonObject) -> Incoming:
    if request.content_type != MULTIPART:
        return Incoming({**parameters, **_pairs(await request.read())}, {})
    form = await multipart(request)
    return Incoming({**parameters, **form.parameters}, form.uploads)


async def multipart(request: web.Request) -> Incoming:
    parameters: JsonObject = {}
    uploads: dict[str, Upload] = {}
    with _readable_form():
        given = await request.post()
    for name, value in given.items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        elif isinstance(value, bytes | bytearray):
            uploads[name] = Upload(name, "application/octet-stream", bytes(value))
        else:
            parameters[name] = _written(value)
    return Incoming(parameters, uploads)


@contextmanager
def _readable_form() -> Iterator[None]:
    """The library has many words for a form that it cannot read."""
    try:
        yield
    except UnicodeError as wrong:
        raise bad_request(NOT_UTF8) from wrong
    except UNREADABLE as wrong:
        why = " ".join(str(wrong).split())
        raise bad_request(f"can't parse the multipart form: {why} (simulator)") from wrong


def _pairs(source: str | bytes) -> JsonObject:
    """Of a query string or a form; a name that comes twice counts once."""
    try:
        text = source.decode() if isinstance(source, bytes) else source
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeError as wrong:
        raise bad_request(NOT_UTF8) from wrong
    except ValueError as wrong:
        raise bad_request(f"more than {MOST_FIELDS} parameters (simulator)") from wrong
    return dict[str, Json](reversed(pairs))


def _written(value: str) -> str:
    try:
        value.encode()
    except UnicodeError as wrong:
        raise bad_request(NOT_UTF8) from wrong
    return value


def _json(body: bytes) -> JsonObject:
    try:
        parsed = read_json(body)
    except UnicodeError as wrong:
        raise bad_request(NOT_UTF8) from wrong
    except ValueError as wrong:
        raise bad_request("can't parse JSON object") from wrong
    if not isinstance(parsed, dict):
        raise bad_request("expected a JSON object as the request's body (simulator)")
    return {name: value for name, value in parsed.items() if value is not None}
