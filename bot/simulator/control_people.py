"""Control routes for what people do. Translates HTTP to the functions of `people.py` and `groups.py`, no rules here."""

import base64
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator import groups, incoming, people, shapes
from bot.simulator.books import Kind, NewFile, Person
from bot.simulator.json_types import JsonObject
from bot.simulator.people import Deed, Scene
from bot.simulator.pictures import picture_size
from bot.simulator.refusals import Refused
from bot.simulator.request_body import (
    Unclear,
    body_of,
    id_in,
    id_of,
    ids_in,
    name_in,
    shown,
    text_in,
    texts_in,
    username_in,
    whole_in,
)
from bot.simulator.workbench import Workbench

Act = Callable[[Scene, int, JsonObject], Deed]
PNG_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
KINDS: dict[str, tuple[Kind, str, str]] = {  # what a file is when nothing is said of it
    "sticker": ("sticker", "sticker.webp", "image/webp"),
    "voice": ("voice", "voice.ogg", "audio/ogg"),
    "photo": ("photo", "photo.png", "image/png"),
    "document": ("document", "document.txt", "text/plain"),
}


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def add_person(request: web.Request) -> web.Response:
        added = people.add_person(bench.books, _person(await body_of(request)))
        bench.pulse.ring()
        return shown(added)

    async def list_people(_request: web.Request) -> web.Response:
        return shown(list(bench.books.people.values()))

    async def add_group(request: web.Request) -> web.Response:
        body = await body_of(request)
        members = ids_in(body, "people")
        chat, deed = groups.create(_scene(bench, request), text_in(body, "title"), members)
        bench.pulse.ring()
        return shown({"chat": shapes.chat(bench.books, chat), **_deed_fields(deed)})

    async def remove_bot(request: web.Request) -> web.Response:
        return _done(bench, groups.remove_bot(_scene(bench, request), id_of(request)))

    async def upgrade(request: web.Request) -> web.Response:
        chat = groups.upgrade(_scene(bench, request), id_of(request))
        return shown({"chat": shapes.chat(bench.books, chat)})

    acts = [
        web.post(f"/control/people/{{id}}/{name}", _route(bench, act)) for name, act in ACTS.items()
    ]
    files = [web.post(f"/control/people/{{id}}/{kind}", _file_route(bench, kind)) for kind in KINDS]
    return [
        web.post("/control/people", add_person),
        web.get("/control/people", list_people),
        *acts,
        *files,
        web.post("/control/groups", add_group),
        web.post("/control/groups/{id}/remove_bot", remove_bot),
        web.post("/control/groups/{id}/upgrade", upgrade),
    ]


def _route(bench: Workbench, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        return _done(bench, act(_scene(bench, request), id_of(request), await body_of(request)))

    return answer


def _file_route(bench: Workbench, kind: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        file, caption = await _file(request, kind)
        deed = people.send_file(_scene(bench, request), id_of(request), file, caption)
        return _done(bench, deed)

    return answer


def _say(scene: Scene, person_id: int, body: JsonObject) -> Deed:
    return people.say(scene, person_id, text_in(body, "text"), id_in(body, "chat_id"))


def _tap(scene: Scene, person_id: int, body: JsonObject) -> Deed:
    message_id = id_in(body, "message_id")
    if "button" in body:
        return people.tap_button(scene, person_id, text_in(body, "button"), message_id)
    if message_id is None:
        raise Unclear(
            "a tap needs a button (label or data), or a message_id with data or row and column"
        )
    if "data" in body:
        return people.tap(scene, person_id, message_id, text_in(body, "data"))
    place = (whole_in(body, "row"), whole_in(body, "column"))
    return people.tap_at(scene, person_id, message_id, place)


def _contact(scene: Scene, person_id: int, body: JsonObject) -> Deed:
    if not body:
        return people.share_own_contact(scene, person_id)
    owner = id_in(body, "user_id")
    return people.share_contact(scene, person_id, text_in(body, "phone_number"), owner)


def _press(scene: Scene, person_id: int, body: JsonObject) -> Deed:
    return people.press(scene, person_id, text_in(body, "key"))


def _edit(scene: Scene, person_id: int, body: JsonObject) -> Deed:
    message_id = whole_in(body, "message_id")
    return people.edit(scene, person_id, message_id, text_in(body, "text"))


def _forward(scene: Scene, person_id: int, body: JsonObject) -> Deed:
    return people.forward(scene, person_id, texts_in(body, "texts"))


ACTS: dict[str, Act] = {
    "text": _say,
    "tap": _tap,
    "press": _press,
    "contact": _contact,
    "edit": _edit,
    "forward": _forward,
    "block": lambda scene, person_id, _: people.block(scene, person_id),
    "unblock": lambda scene, person_id, _: people.unblock(scene, person_id),
    "deactivate": lambda scene, person_id, _: people.deactivate(scene, person_id),
}


def _scene(bench: Workbench, request: web.Request) -> Scene:
    return bench.scene(request.query.get("bot", ""))


def _done(bench: Workbench, deed: Deed) -> web.Response:
    bench.pulse.ring()
    return shown(_deed_fields(deed))


def _deed_fields(deed: Deed) -> dict[str, object]:
    return {
        "message_ids": deed.message_ids,
        "update_ids": deed.update_ids,
        "query_id": deed.query_id,
    }


def _person(body: JsonObject) -> Person:
    person_id = id_in(body, "id") or 0
    if person_id < 0:
        raise Unclear("a person's id is above 0; groups have those below")
    return Person(
        id=person_id,
        first_name=name_in(body, "first_name"),
        last_name=text_in(body, "last_name", ""),
        username=username_in(body, "username") if body.get("username") else "",
        phone=text_in(body, "phone", ""),
        language_code=text_in(body, "language_code", "id"),
        role=text_in(body, "role", ""),
    )


async def _file(request: web.Request, what: str) -> tuple[NewFile, str]:
    kind, name, mime = KINDS[what]
    if request.content_type == incoming.MULTIPART:
        try:
            form = await incoming.multipart(request)
        except Refused as wrong:
            raise Unclear(f"the form cannot be read: {wrong.description}") from wrong
        part = form.uploads.get("file")
        if part is None:
            raise Unclear("the form has no part `file`")
        return _new(kind, part.name, part.mime, part.content), text_in(
            form.parameters, "caption", ""
        )
    body = await body_of(request)
    content = _decoded(text_in(body, "base64", "")) or (
        PNG_DOT if kind == "photo" else b"simulated"
    )
    file = _new(kind, text_in(body, "name", name), text_in(body, "mime", mime), content)
    return file, text_in(body, "caption", "")


def _new(kind: Kind, name: str, mime: str, content: bytes) -> NewFile:
    return NewFile(kind, name, mime, content, picture_size(content) or (0, 0))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as wrong:
        raise Unclear(f"base64 is not valid: {wrong}") from wrong
