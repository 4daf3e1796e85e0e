"""The control interface: JSON over HTTP under /control/. People, chats, calls, the clock, faults. docs/simulator.md lists every route.

With several bots, `?bot=USERNAME` says which one is meant; the first is the default. What nobody could do in Telegram is
answered 409, what cannot be understood 400, what is not there 404, always as {"error": sentence}.
"""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator import (
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
from bot.simulator.request_body import Absent, Unclear
from bot.simulator.workbench import Workbench

PREFIX = "/control/"
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
    except Unclear as unclear:
        return _error(400, str(unclear))
    except (Absent, NoSuchBot) as absent:
        return _error(404, str(absent))
    except Impossible as impossible:
        return _error(409, str(impossible))
    except FollowerLost as lost:
        return _error(502, str(lost))
    except web.HTTPError as refused:
        if not request.path.startswith(PREFIX):
            raise
        return _error(refused.status, _sentence(request, refused))


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
