"""/permintaan: what people asked of the office under the law, and the tap that closes it. A handler sends nothing."""

from functools import partial

from telegram import Update

from bot.chat import request_screens
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.fieldwork import requests
from bot.fieldwork.requests import Closed, Outcome, Wishes
from bot.fieldwork.staff import Asked


async def on_requests(desk: Desk, update: Update) -> list[Outgoing]:
    draw = partial(request_screens.wishes_screen, desk.texts)
    return await answered(desk, update, Asked("list requests"), requests.listed, draw)


async def on_one(desk: Desk, update: Update, request_id: int) -> list[Outgoing]:
    def draw(wishes: Wishes) -> Screen:
        for wish in wishes.open:
            if wish.id == request_id:
                return request_screens.wish_screen(desk.texts, wishes.language, wish)
        return request_screens.wishes_screen(desk.texts, wishes)

    return await answered(desk, update, Asked("list requests"), requests.listed, draw)


async def on_done(desk: Desk, update: Update, request_id: int) -> list[Outgoing]:
    return await _closed(desk, update, request_id, "done")


async def on_refused(desk: Desk, update: Update, request_id: int) -> list[Outgoing]:
    return await _closed(desk, update, request_id, "refused")


async def _closed(desk: Desk, update: Update, request_id: int, outcome: Outcome) -> list[Outgoing]:
    told: list[Outgoing] = []

    def draw(closed: Closed) -> Screen:
        if closed.is_first and closed.chat_id is not None:
            screen = request_screens.told_screen(desk.texts, desk.study.office, closed)
            told.append(SendMessage(closed.chat_id, screen))
        return request_screens.closed_screen(desk.texts, closed)

    asked = Asked("close request", detail={"request": request_id, "outcome": outcome})
    event = partial(requests.close, request_id=request_id, outcome=outcome)
    shown = await answered(desk, update, asked, event, draw)
    return [*shown, *told]
