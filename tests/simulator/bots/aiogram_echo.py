"""An echo bot as the README of aiogram shows one. Knows nothing of the simulator but its address."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

address, token = sys.argv[1:]
dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message):
    await message.send_copy(message.chat.id)


session = AiohttpSession(api=TelegramAPIServer.from_base(address))
asyncio.run(dispatcher.start_polling(Bot(token, session=session)))
