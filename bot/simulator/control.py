"""The control interface: JSON over HTTP under /control/. People, chats, calls, the clock, faults. docs/simulator.md lists every route.

With several bots, `?bot=USERNAME` says which one is meant; the first is the default. What nobody could do in Telegram is
answered 409, what cannot be understood 400, what is not there 404, always as {"error": sentence}.
"""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator import (
    botapi,
    control_books,
    control_clock,
    control_faults,
    control_live,
    control_people,
    control_tour,
)
from bot.simulator.books import NoSuchBot
from bot.simulator.following import FollowerLost
from bot.simulator.people import Impossible
from bot.simulator.refusals import Refused
from bot.simulator.request_body import Absent, Unclear
from bot.simulator.workbench import Workbench

PREFIX, BOT_API = "/control/", ("/bot", "/file/bot")
STATUS = {Unclear: 400, Absent: 404, NoSuchBot: 404, Impossible: 409, FollowerLost: 502}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    return [
        *control_people.routes(bench),
        *control_books.routes(bench),
        *control_clock.routes(bench),
        *control_faults.routes(bench),
        *control_tour.routes(bench),
        *control_live.routes(bench),
    ]


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whoever steers the simulator gets a sentence, not a traceback."""
    try:
        return await handler(request)
    except tuple(STATUS) as refused:
        status = next(number for kind, number in STATUS.items() if isinstance(refused, kind))
        return _error(status, str(refused))
    except web.HTTPError as refused:
        if request.path.startswith(BOT_API):
            return botapi.refusal(Refused(refused.status, refused.reason))
        if request.path.startswith(PREFIX):
            return _error(refused.status, _sentence(request, refused))
        raise


def _sentence(request: web.Request, refused: web.HTTPError) -> str:
    if isinstance(refused, web.HTTPMethodNotAllowed):
        verbs = ", ".join(sorted(refused.allowed_methods - {"HEAD"}))
        return f"{request.path} takes {verbs}, not {request.method}"
    if isinstance(refused, web.HTTPNotFound):
        return f"there is no {request.path}; docs/simulator.md lists what there is"
    return f"{request.path}: {refused.reason}"


def _error(status: int, sentence: str) -> web.Response:
    return web.Response(
        status=status, text=json.dumps({"error": sentence}), content_type="application/json"
    )
