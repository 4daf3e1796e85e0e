"""What is read of an update, and what of it is left alone."""

import pytest
from telegram import InaccessibleMessage

from bot.chat.reading import update_of
from tests.chat.scripted_telegram import bot_of, scripted_telegram, tap_update


async def read(raw: dict):
    async with scripted_telegram() as telegram, bot_of(telegram) as bot:
        return update_of(raw, bot)


async def test_of_a_tapped_message_only_which_one_it_was_is_read():
    update = await read(tap_update(1, 7, "a:1:2:3:skip"))
    message = update.callback_query.message
    assert isinstance(message, InaccessibleMessage)
    assert (message.message_id, message.chat.id, update.effective_user.id) == (5, 7, 7)


async def test_what_no_database_stores_is_taken_out_of_a_tap():
    raw = tap_update(1, 7, "a:1:2\x00:3:skip\ud83d")
    assert (await read(raw)).callback_query.data == "a:1:2:3:skip"


async def test_a_tap_in_no_chat_is_not_read():
    raw = tap_update(1, 7, "a:1:2:3:skip")
    raw["callback_query"]["message"]["chat"] = {}
    with pytest.raises(TypeError):
        await read(raw)
