"""A whole bot process for the killing test: our receiving, outbox and database; each update leaves one row, whatever happens.

python tests/chat/counting_bot.py API_URL DATABASE_URL
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from sqlalchemy import Connection
from telegram import Bot, Update

from bot.chat.limits import Limits, Rates
from bot.chat.outbox import Hooks, Outbox
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.chat.receiving import Receiver
from bot.chat.request import AiohttpRequest
from bot.chat.taking import Reception, Taker
from bot.chat.texts import Texts
from bot.chat.updates import Lanes
from bot.fieldwork.once import once
from bot.store import tables
from bot.store.database import Database

NOW = datetime(2026, 10, 16, 8, 0, tzinfo=UTC)
UNLIMITED = Rates(100_000, 10_000, 100_000, 10_000)


def effect(connection: Connection, update_id: int) -> None:
    if once(connection, update_id, NOW):
        connection.execute(
            tables.audit.insert().values(at=NOW, actor=str(update_id), action="effect", detail={})
        )


async def answer(database: Database, update: Update) -> list[Outgoing]:
    await database.run(effect, update.update_id)
    chat = update.effective_chat
    return [SendMessage(chat.id, Screen("tercatat"))] if chat else []


async def nothing(*_: object) -> None:
    pass


async def main(api: str, url: str) -> None:
    bot = Bot(
        "123456:TEST",
        base_url=f"{api}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    turns = Lanes()
    async with await Database.open(url) as database, bot, AiohttpRequest() as request:
        outbox = Outbox(bot, Hooks(nothing, nothing), turns, Limits(UNLIMITED))

        def show(chat_id: int, outgoing: Sequence[Outgoing]) -> None:
            outbox.show(chat_id, outgoing)

        reception = Reception(partial(answer, database), show, nothing, Texts({"id": {}}))
        await Receiver(bot, request, Taker(bot, reception, turns)).run()


asyncio.run(main(*sys.argv[1:]))
