"""The same twenty questions as the documentation of python-telegram-bot would have them asked: ConversationHandler, PicklePersistence.

python tests/bench/conversation_bot.py API_URL TOKEN FILE. Every setting is the library's own. What it keeps is written out once a
minute and at the end, so a crash loses it; it is here to be compared with in speed.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

from tests.bench.twenty import ANSWERS, NUMBER, question


def card(number: int) -> tuple[str, InlineKeyboardMarkup]:
    rows = [
        [InlineKeyboardButton(label, callback_data=f"{number}:{code}")]
        for code, label in enumerate(ANSWERS, 1)
    ]
    return f"Pertanyaan {number} dari {NUMBER}\n\n{question(number)}", InlineKeyboardMarkup(rows)


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data["answers"] = {}
    text, keyboard = card(1)
    await update.message.reply_text(text, reply_markup=keyboard)
    return 1


async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    number, code = map(int, query.data.split(":"))
    context.user_data["answers"][number] = code
    await query.answer()
    if number == NUMBER:
        await query.edit_message_text("Terima kasih, jawaban Bapak/Ibu sudah tersimpan.")
        return ConversationHandler.END
    text, keyboard = card(number + 1)
    await query.edit_message_text(text, reply_markup=keyboard)
    return number + 1


def main(api: str, token: str, file: str) -> None:
    asking = ConversationHandler(
        entry_points=[CommandHandler("start", start)],
        states={
            number: [CallbackQueryHandler(answered, pattern=rf"^{number}:\d$")]
            for number in range(1, NUMBER + 1)
        },
        fallbacks=[CommandHandler("start", start)],
        name="twenty", persistent=True,
    )  # fmt: skip
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .persistence(PicklePersistence(file))
        .build()
    )
    application.add_handler(asking)
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main(*sys.argv[1:])
