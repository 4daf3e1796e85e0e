"""An echo bot as the documentation of aiogram shows one behind a webhook: it answers in the answer. Knows no simulator."""

import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

address, token, port = sys.argv[1:]
dispatcher = Dispatcher()
SECRET = "rahasia"  # noqa: S105 - of this test only


@dispatcher.message()
async def echo(message):
    return message.answer(message.text)


@dispatcher.startup()
async def begin(bot):
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET)


bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
app = web.Application()
SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(
    app, path="/hook"
)
setup_application(app, dispatcher, bot=bot)
web.run_app(app, host="127.0.0.1", port=int(port), print=None)
