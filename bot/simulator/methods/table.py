"""Which function serves which method of the Bot API. getUpdates is not here: it waits, so `polling.py` serves it."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.simulator.json_types import Json
from bot.simulator.methods import asking, editing, profile, sending, webhooks
from bot.simulator.methods.turn import Turn

Method = Callable[[Turn], Json]

METHODS: Mapping[str, Method] = {
    "getMe": profile.get_me,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendVoice": sending.send_voice,
    "sendSticker": sending.send_sticker,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": asking.answer_callback_query,
    "getFile": asking.get_file,
    "getChat": asking.get_chat,
    "leaveChat": asking.leave_chat,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": partial(profile.set_word, word="name"),
    "getMyName": partial(profile.get_word, word="name"),
    "setMyDescription": partial(profile.set_word, word="description"),
    "getMyDescription": partial(profile.get_word, word="description"),
    "setMyShortDescription": partial(profile.set_word, word="short_description"),
    "getMyShortDescription": partial(profile.get_word, word="short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
    "logOut": webhooks.leave_server,
    "close": webhooks.leave_server,
}
