"""Control routes that read the books: chats, files, taps, calls, updates, commands, bots. Changes nothing but raw updates and bots."""

import time

from aiohttp import web

from bot.simulator import shapes
from bot.simulator.books import Account, Call, WrongSecret
from bot.simulator.botapi import TOKEN
from bot.simulator.json_types import JsonObject
from bot.simulator.people import Impossible
from bot.simulator.request_body import (
    Absent,
    Unclear,
    body_of,
    id_of,
    name_in,
    shown,
    text_in,
    username_in,
)
from bot.simulator.views import call_view, chat_view, tap_view
from bot.simulator.workbench import Workbench

# A file of somebody else's, shown in our page: nothing in it may run.
HARMLESS = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    return [*_chats(bench), *_calls(bench), *_bots(bench)]


def _chats(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def chats(request: web.Request) -> web.Response:
        return shown(list(_account(bench, request).chats))

    async def chat(request: web.Request) -> web.Response:
        account = _account(bench, request)
        found = account.chats.get(id_of(request))
        if found is None:
            raise Absent(f"there is no chat {id_of(request)} yet")
        return shown(chat_view(bench.books, account, found, time.monotonic()))

    async def file(request: web.Request) -> web.Response:
        found = _account(bench, request).files.get(request.match_info["file_id"])
        if found is None:
            raise Absent("there is no such file")
        return web.Response(body=found.content, content_type=found.mime, headers=HARMLESS)

    async def tap(request: web.Request) -> web.Response:
        found = _account(bench, request).taps.get(request.match_info["query_id"])
        if found is None:
            raise Absent("there was no such tap")
        return shown(tap_view(found))

    return [
        web.get("/control/chats", chats),
        web.get("/control/chats/{id}", chat),
        web.get("/control/chats/{id}/files/{file_id}", file),
        web.get("/control/taps/{query_id}", tap),
    ]


def _calls(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def calls(request: web.Request) -> web.Response:
        method = request.query.get("method", "")
        return _show_calls([call for call in bench.books.calls if method in {"", call.method}])

    async def invalid(_request: web.Request) -> web.Response:
        return _show_calls([call for call in bench.books.calls if call.problems])

    async def counts(_request: web.Request) -> web.Response:
        return shown(dict(sorted(bench.books.counts.items())))

    async def limited(_request: web.Request) -> web.Response:
        return shown({"refused": sum(found.limits.refused for found in bench.books.accounts)})

    return [
        web.get("/control/calls", calls),
        web.get("/control/calls/counts", counts),
        web.get("/control/calls/invalid", invalid),
        web.get("/control/calls/limited", limited),
    ]


def _bots(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def pending(request: web.Request) -> web.Response:
        updates = _account(bench, request).updates
        waiting = [*updates.again, *updates.waiting]
        return shown({"count": len(waiting), "updates": [entry.update for entry in waiting]})

    async def raw(request: web.Request) -> web.Response:
        updates = _account(bench, request).updates
        update_id = updates.add_raw(await body_of(request), bench.clock.now())
        bench.pulse.ring()
        return shown({"update_id": update_id})

    async def commands(request: web.Request) -> web.Response:
        names = ("scope", "chat_id", "user_id", "language_code")
        kept = _account(bench, request).commands
        return shown(
            [
                {**dict(zip(names, key, strict=True)), "commands": entry}
                for key, entry in kept.items()
            ]
        )

    async def add_bot(request: web.Request) -> web.Response:
        return shown(shapes.bot_user(_added(bench, await body_of(request))))

    async def bots(_request: web.Request) -> web.Response:
        return shown([shapes.bot_user(account) for account in bench.books.accounts])

    return [
        web.get("/control/updates/pending", pending),
        web.post("/control/updates/raw", raw),
        web.get("/control/commands", commands),
        web.post("/control/bots", add_bot),
        web.get("/control/bots", bots),
    ]


def _added(bench: Workbench, body: JsonObject) -> Account:
    token = text_in(body, "token")
    if not TOKEN.fullmatch(token):
        raise Unclear("a token has the form digits:secret, as in 7000000001:AAHsecret")
    username = username_in(body, "username") if "username" in body else ""
    first_name = name_in(body, "first_name") if "first_name" in body else ""
    others = [one.username for one in bench.books.accounts if one.token not in {None, token}]
    if username in others:
        raise Impossible(f"there is a bot @{username} already")
    try:
        account = bench.account(token)
    except WrongSecret as wrong:
        raise Impossible(str(wrong)) from wrong
    account.username = username or account.username
    account.first_name = first_name or account.first_name
    bench.pulse.ring()
    return account


def _account(bench: Workbench, request: web.Request) -> Account:
    return bench.books.account_named(request.query.get("bot", ""))


def _show_calls(calls: list[Call]) -> web.Response:
    return shown([call_view(call) for call in calls])
