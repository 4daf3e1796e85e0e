"""The Bot API over HTTP: /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>. Checks a call, does it, notes it in the books.

1. Telegram ignores parameters it does not know; we refuse them, so that a slip is seen.
2. Every call is noted with what is wrong with it by the API description, whatever it was answered.
3. A call that is made to go wrong (`faults.py`) is noted with whether it had its effect all the same.
"""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.simulator import incoming, polling, wire
from bot.simulator.books import Account, Call, WrongSecret
from bot.simulator.fault_plan import Fault
from bot.simulator.faults import Place, fault_of, is_out
from bot.simulator.incoming import Incoming
from bot.simulator.json_types import Json, JsonObject, as_int, as_text
from bot.simulator.methods.asking import file_at
from bot.simulator.methods.table import METHODS
from bot.simulator.methods.turn import Turn
from bot.simulator.refusals import QUERY_TOO_OLD, Refused, bad_request, not_found, unauthorized
from bot.simulator.spec import Problem, problems
from bot.simulator.workbench import Workbench

GET_UPDATES = "getUpdates"
DOWNLOAD = "download"
NO_ANSWER = 0
TOKEN = re.compile(r"[1-9][0-9]{0,15}:[A-Za-z0-9_-]+")
NOT_INLINE = "reply_markup.inline_keyboard is required"
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


@dataclass(frozen=True, slots=True)
class Outcome:
    result: Json
    refusal: Refused | None
    fault: Fault | None

    @property
    def code(self) -> int:
        if self.fault is not None and wire.drops(self.fault):
            return NO_ANSWER
        return self.refusal.code if self.refusal else 200


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def call(request: web.Request) -> web.Response:
        return await _answer(bench, request)

    async def download(request: web.Request) -> web.StreamResponse:
        return await _download(bench, request)

    return [
        web.route("*", "/bot{token}/{method}", call),
        web.get("/file/bot{token}/{path:.+}", download),
    ]


async def _answer(bench: Workbench, request: web.Request) -> web.Response:
    token, given = request.match_info["token"], request.match_info["method"]
    account = _account(bench, token)
    if isinstance(account, Refused):
        return refusal(account)
    method = bench.spec.method_named(given) or given
    if method == GET_UPDATES:
        outcome = await _attempt(bench, account, method, request)
        await _delay(bench, outcome.fault)
    else:
        with bench.at_work():
            outcome = await _attempt(bench, account, method, request)
            await _delay(bench, outcome.fault)
    await _drop(bench, request, outcome)
    return _response(outcome)


def _account(bench: Workbench, token: str) -> Account | Refused:
    if not TOKEN.fullmatch(token):
        return not_found()
    try:
        return bench.account(token)
    except WrongSecret:
        return unauthorized()


async def _download(bench: Workbench, request: web.Request) -> web.Response:
    """Noted as a call of the method `download`, which a plan of faults covers as well."""
    token, path = request.match_info["token"], request.match_info["path"]
    account = _account(bench, token)
    if isinstance(account, Refused):
        return refusal(account)
    file = file_at(account, path)
    with bench.at_work():
        fault = fault_of(bench.faults, Place(account.id, DOWNLOAD), time.monotonic())
        outcome = _outcome(None, None if file else not_found(), fault)
        effect = file is not None and (fault is None or fault.lets_through)
        _note(bench, account, DOWNLOAD, Incoming({"file_path": path}, {}), outcome, effect=effect)
        await _delay(bench, fault)
    await _drop(bench, request, outcome)
    if outcome.refusal or file is None:
        return _response(outcome)
    return web.Response(body=file.content, content_type=file.mime)


async def carry_out(bench: Workbench, account: Account, given: str, call: Incoming) -> None:
    """A call in the answer to a webhook; the bot is not told what became of it, but the books are."""
    with bench.at_work():
        await _attempt(bench, account, bench.spec.method_named(given) or given, call)


async def _attempt(
    bench: Workbench, account: Account, method: str, request: web.Request | Incoming
) -> Outcome:
    call, wrong = Incoming({}, {}), []
    fault, refusal = None, None
    result: Json = None
    effect = False
    try:
        call = request if isinstance(request, Incoming) else await incoming.read(request)
        wrong = _problems(bench, method, call)
        fault = _fault(bench, account, method, call)
        if fault is None or fault.lets_through:
            result = await _do(bench, account, method, call)
            effect = True
    except Refused as refused:
        refusal = refused
    if method == GET_UPDATES and fault is None and is_out(bench.faults, time.monotonic()):
        fault = _fault(bench, account, method, call)  # it began while the bot was waiting
    outcome = _outcome(result, refusal, fault)
    _note(bench, account, method, call, outcome, effect=effect, wrong=wrong)
    return outcome


def _fault(bench: Workbench, account: Account, method: str, call: Incoming) -> Fault | None:
    if method not in bench.spec.methods:
        return None
    place = Place(account.id, method, _chat_of(account, call.parameters))
    return fault_of(bench.faults, place, time.monotonic())


def _chat_of(account: Account, parameters: JsonObject) -> int:
    """The chat that a call is about; 0 for none. An answer to a tap belongs to the chat of the tap."""
    tap = account.taps.get(as_text(parameters.get("callback_query_id")))
    return tap.chat_id if tap else as_int(parameters.get("chat_id"))


def _outcome(result: Json, refusal: Refused | None, fault: Fault | None) -> Outcome:
    told = wire.what_the_bot_is_told(fault) if fault else None
    return Outcome(result, told or refusal, fault)


def _note(
    bench: Workbench, account: Account, method: str, call: Incoming, outcome: Outcome,
    *, effect: bool, wrong: Sequence[Problem] = (),
) -> None:  # fmt: skip
    bench.books.note(Call(
        number=len(bench.books.calls) + 1, bot_id=account.id, method=method,
        parameters=call.parameters, files=tuple(call.uploads), at=bench.clock.now(),
        code=outcome.code, description=outcome.refusal.description if outcome.refusal else "",
        problems=tuple(problem.text for problem in wrong),
        effect=effect, fault=outcome.fault.kind if outcome.fault else "",
    ))  # fmt: skip


async def _drop(bench: Workbench, request: web.Request, outcome: Outcome) -> None:
    if outcome.fault is not None and wire.drops(outcome.fault):
        await wire.drop(bench, request, outcome.fault.seconds)


async def _delay(bench: Workbench, fault: Fault | None) -> None:
    await bench.latency.pause()
    if fault is not None and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)


def _response(outcome: Outcome) -> web.Response:
    if outcome.refusal is None:
        return web.json_response({"ok": True, "result": outcome.result})
    if outcome.fault is not None and outcome.fault.html and wire.is_gateways(outcome.fault):
        return wire.gateway_page(outcome.refusal.code)
    return refusal(outcome.refusal)


async def _do(bench: Workbench, account: Account, method: str, call: Incoming) -> Json:
    if method in bench.spec.not_offered:
        raise bad_request(f"{method} is not offered here (simulator)")
    if method not in bench.spec.methods:
        raise not_found()
    _refuse_problems(method, problems(bench.spec, method, call.parameters, call.uploads))
    turn = Turn(
        bench.books, account, call.parameters, call.uploads, bench.clock.now(), time.monotonic()
    )
    if method == GET_UPDATES:
        return await polling.get_updates(bench, turn)
    return METHODS[method](turn)


def _problems(bench: Workbench, method: str, call: Incoming) -> list[Problem]:
    """By the full description when there is one; it knows the methods that we do not offer too."""
    return problems(bench.full_spec or bench.spec, method, call.parameters, call.uploads)


def _refuse_problems(method: str, found: Sequence[Problem]) -> None:
    if not found:
        return
    first = found[0]
    if first.kind == "missing" and first.name in MISSING:
        raise bad_request(MISSING[first.name])
    if method.startswith("edit") and any(problem.text == NOT_INLINE for problem in found):
        raise bad_request("inline keyboard expected")
    raise bad_request(f"{first.text} (simulator)")


def refusal(refused: Refused) -> web.Response:
    body: JsonObject = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.parameters:
        body["parameters"] = refused.parameters
    return web.json_response(body, status=refused.code)
