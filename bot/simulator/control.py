"""The control interface: JSON over HTTP under /control/. People, chats, calls, the clock. See docs/simulator.md for examples.

    POST people {id?, first_name, last_name?, username?, phone?, language_code?} -> person     GET people -> [person]
    POST people/{id}/text {text, chat_id?}                "/start PAYLOAD" is what a deep link sends
    POST people/{id}/tap {button, message_id?}            label, else data, of the newest button that fits
                         {message_id, row, column}        or by its place
                         {message_id, data}               or any data at all: clients can forge it
    POST people/{id}/sticker | voice | photo | document {name?, mime?, base64?, caption?}, or multipart with a part `file`
    POST people/{id}/contact {phone_number?, user_id?}    the own one when nothing is given
    POST people/{id}/edit {message_id, text}              POST people/{id}/forward {texts: [..]}
    POST people/{id}/block | unblock | deactivate
    POST groups {title, people: [id]} -> chat             POST groups/{id}/remove_bot | upgrade
        all of these answer {message_ids, update_ids, query_id}; update_ids is empty when the bot is not told

    GET  chats -> [id]                                    GET chats/{id} -> everything in it, newest last
    GET  chats/{id}/files/{file_id} -> the file           GET taps/{query_id} -> answered?, text, alert
    GET  calls?method= -> [call]                          GET calls/counts -> {"sendMessage 200": n}
    GET  calls/invalid -> [call]                          calls that the API description does not allow
    GET  calls/limited -> {refused}                       how many 429 were given
    GET  updates/pending -> {count, updates}              POST updates/raw {any update}
    GET  commands -> [{scope, chat_id, user_id, language_code, commands}]
    POST bots {token, username?} -> bot                   GET bots

    GET  clock -> {now, running}                          POST clock/advance {seconds} or {to} -> {now, steps, messages}
    POST clock/followers {url} -> {now}                   DELETE clock/followers {url}
    POST wait/quiet {timeout?, still_ms?}                 504 with the reason when it does not become quiet in time
    POST latency {min_ms, max_ms, seed?}                  delays each answer of the Bot API

With several bots, `?bot=USERNAME` says which one is meant; the first is the default. What nobody could do in Telegram is
answered 409, what cannot be understood 400, what is not there 404, always as {"error": sentence}.
"""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator import control_books, control_clock, control_people
from bot.simulator.books import NoSuchBot
from bot.simulator.following import FollowerLost
from bot.simulator.people import Impossible
from bot.simulator.request_body import Absent, Unclear
from bot.simulator.workbench import Workbench

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    return [
        *control_people.routes(bench),
        *control_books.routes(bench),
        *control_clock.routes(bench),
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


def _error(status: int, sentence: str) -> web.Response:
    return web.Response(
        status=status, text=json.dumps({"error": sentence}), content_type="application/json"
    )
