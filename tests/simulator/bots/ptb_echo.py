"""An echo bot as the README of python-telegram-bot shows one. Knows nothing of the simulator but its address."""

import sys

from telegram.ext import Application, MessageHandler, filters


async def echo(update, context):
    await update.message.reply_text(update.message.text)


address, token = sys.argv[1:]
bot = Application.builder().token(token).base_url(f"{address}/bot").build()
bot.add_handler(MessageHandler(filters.TEXT, echo))
bot.run_polling()
