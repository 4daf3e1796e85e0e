"""An echo bot as the README of python-telegram-bot shows one. Knows nothing of the simulator but its address."""

import sys

from telegram.ext import Application, MessageHandler, filters


async def echo(update, context):
    if update.message.photo:
        await update.message.reply_photo(update.message.photo[-1], update.message.caption)
    else:
        await update.message.reply_text(update.message.text)


address, token = sys.argv[1:]
bot = Application.builder().token(token).base_url(f"{address}/bot").build()
bot.add_handler(MessageHandler(filters.TEXT | filters.PHOTO, echo))
bot.run_polling()
