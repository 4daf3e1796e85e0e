"""What a faulty connection does to an answer: no answer, a late one, a dropped connection, a gateway's page. Knows HTTP, decides nothing.

Bodies are as Telegram's servers send them: JSON as in tdlib/telegram-bot-api issue 868, or the page of the nginx before them
as in nickoala/telepot issue 31 (502) and eternnoir/pyTelegramBotAPI issue 406 (500).
"""

import asyncio
import contextlib
import math
import socket
import struct
from http import HTTPStatus

from aiohttp import web

from bot.simulator.fault_plan import Fault
from bot.simulator.refusals import Refused, too_many
from bot.simulator.workbench import Workbench

LOOK_AGAIN = 0.05
LINGER_NOT = struct.pack("ii", 1, 0)  # closing then sends a RST and throws away what was not sent
GATEWAY = {
    "server_error_500": HTTPStatus.INTERNAL_SERVER_ERROR,
    "bad_gateway_502": HTTPStatus.BAD_GATEWAY,
    "bad_gateway_after": HTTPStatus.BAD_GATEWAY,
    "outage": HTTPStatus.BAD_GATEWAY,
}


def what_the_bot_is_told(fault: Fault) -> Refused | None:
    """Instead of the call's own answer; None when no answer comes, or the own one does."""
    if fault.kind == "too_many":
        return too_many(max(1, math.ceil(fault.seconds)))
    status = GATEWAY.get(fault.kind)
    if status is None or (fault.kind == "outage" and fault.mode == "reset"):
        return None
    return Refused(status, status.phrase)


def drops(fault: Fault) -> bool:
    """Whether the bot gets no answer at all."""
    return fault.kind != "slow" and what_the_bot_is_told(fault) is None


def is_gateways(fault: Fault) -> bool:
    """Whether the answer may be the page of the server before Telegram's."""
    return fault.kind in GATEWAY


def gateway_page(code: int) -> web.Response:
    title = f"{code} {HTTPStatus(code).phrase}"
    lines = (
        "<html>", f"<head><title>{title}</title></head>", "<body>",
        f"<center><h1>{title}</h1></center>", "<hr><center>nginx/1.18.0</center>",
        "</body>", "</html>", "",
    )  # fmt: skip
    return web.Response(status=code, text="\r\n".join(lines), content_type="text/html")


async def drop(bench: Workbench, request: web.Request, seconds: float) -> None:
    """Holds the connection so long, or until the bot hangs up, and resets it."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while (left := until - loop.time()) > 0 and not (_gone(request) or bench.closing):
        await bench.pulse.wait(min(left, LOOK_AGAIN))
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        with contextlib.suppress(OSError):  # the bot closed it in this moment
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    transport.abort()


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()
