"""The Bot API over HTTP: /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>. Checks a call, does it, notes it in the books.

1. Telegram ignores parameters it does not know; we refuse them, so that a slip is seen.
2. Every call is noted with what is wrong with it by the API description, whatever it was answered.
"""

import re
import time
from collections.abc import Sequence

from aiohttp import web

from bot.simulator import incoming, polling
from bot.simulator.books import Account, Call
from bot.simulator.incoming import Incoming
from bot.simulator.json_types import Json, JsonObject
from bot.simulator.methods.asking import file_at
from bot.simulator.methods.table import METHODS
from bot.simulator.methods.turn import Turn
from bot.simulator.refusals import QUERY_TOO_OLD, Refused, bad_request, not_found
from bot.simulator.spec import Problem, problems
from bot.simulator.workbench import Workbench

GET_UPDATES = "getUpdates"
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
    "callback_query_id": QUERY_TOO_OLD,
}


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def call(request: web.Request) -> web.Response:
        return await _answer(bench, request)

    async def download(request: web.Request) -> web.Response:
        file = file_at(bench.books.files, request.match_info["path"])
        if file is None or not TOKEN.fullmatch(request.match_info["token"]):
            return _refusal(not_found())
        return web.Response(body=file.content, content_type=file.mime)

    return [
        web.route("*", "/bot{token}/{method}", call),
        web.get("/file/bot{token}/{path:.+}", download),
    ]


async def _answer(bench: Workbench, request: web.Request) -> web.Response:
    token, given = request.match_info["token"], request.match_info["method"]
    if not TOKEN.fullmatch(token):
        return _refusal(not_found())
    account = bench.account(token)
    method = bench.spec.method_named(given) or given
    if method == GET_UPDATES:
        response = await _attempt(bench, account, method, request)
        await bench.latency.pause()
        return response
    with bench.at_work():
        response = await _attempt(bench, account, method, request)
        await bench.latency.pause()
        return response


async def _attempt(
    bench: Workbench, account: Account, method: str, request: web.Request
) -> web.Response:
    call, wrong = Incoming({}, {}), []
    refusal: Refused | None = None
    result: Json = None
    try:
        call = await incoming.read(request)
        wrong = _problems(bench, method, call)
        result = await _do(bench, account, method, call)
    except Refused as refused:
        refusal = refused
    bench.books.note(Call(
        number=len(bench.books.calls) + 1, bot_id=account.id, method=method,
        parameters=call.parameters, files=tuple(call.uploads), at=bench.clock.now(),
        code=refusal.code if refusal else 200,
        description=refusal.description if refusal else "",
        problems=tuple(problem.text for problem in wrong),
    ))  # fmt: skip
    if refusal:
        return _refusal(refusal)
    return web.json_response({"ok": True, "result": result})


async def _do(bench: Workbench, account: Account, method: str, call: Incoming) -> Json:
    if method not in bench.spec.methods:
        raise not_found()
    _refuse_problems(problems(bench.spec, method, call.parameters, call.uploads))
    turn = Turn(
        bench.books, account, call.parameters, call.uploads, bench.clock.now(), time.monotonic()
    )
    if method == GET_UPDATES:
        return await polling.get_updates(bench, turn)
    return METHODS[method](turn)


def _problems(bench: Workbench, method: str, call: Incoming) -> list[Problem]:
    """By the full description when there is one; it knows the methods that we do not offer too."""
    return problems(bench.full_spec or bench.spec, method, call.parameters, call.uploads)


def _refuse_problems(found: Sequence[Problem]) -> None:
    if not found:
        return
    first = found[0]
    if first.kind == "missing" and first.name in MISSING:
        raise bad_request(MISSING[first.name])
    raise bad_request(f"{first.text} (simulator)")


def _refusal(refused: Refused) -> web.Response:
    body: JsonObject = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.parameters:
        body["parameters"] = refused.parameters
    return web.json_response(body, status=refused.code)
