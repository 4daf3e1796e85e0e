"""Changing and deleting what was sent. Edits make no sound and do not count for the limits. Pure."""

from dataclasses import replace
from datetime import timedelta

from bot.simulator import shapes
from bot.simulator.books import Message
from bot.simulator.json_types import Json
from bot.simulator.keyboards import reply_markup
from bot.simulator.methods.turn import (
    Turn,
    chat_known,
    chat_to_write_in,
    formatted_caption,
    formatted_text,
    message_in,
    source_html,
)
from bot.simulator.refusals import NOT_MODIFIED, bad_request

DELETABLE = timedelta(hours=48)
CAPTIONED = frozenset({"photo", "document", "voice"})


def edit_message_text(turn: Turn) -> Json:
    formatted = formatted_text(turn)
    message = _own_message(turn)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _edit(turn, message, replace(
        message, text=formatted.text, entities=formatted.entities, source=source_html(turn, "text"),
        markup=reply_markup(turn.parameters.get("reply_markup")),
    ))  # fmt: skip


def edit_message_caption(turn: Turn) -> Json:
    formatted = formatted_caption(turn)
    message = _own_message(turn)
    if message.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    return _edit(turn, message, replace(
        message, text=formatted.text, entities=formatted.entities, source=source_html(turn, "caption"),
        markup=reply_markup(turn.parameters.get("reply_markup")),
    ))  # fmt: skip


def edit_message_reply_markup(turn: Turn) -> Json:
    message = _own_message(turn)
    markup = reply_markup(turn.parameters.get("reply_markup"))
    return _edit(turn, message, replace(message, markup=markup))


def delete_message(turn: Turn) -> Json:
    chat = chat_known(turn)
    message = message_in(turn, chat, "message to delete")
    foreign_in_group = message.sender_id != turn.account.id and chat.type != "private"
    if foreign_in_group or turn.now - message.date > DELETABLE:
        raise bad_request("message can't be deleted")
    del chat.messages[message.message_id]
    return True


def _own_message(turn: Turn) -> Message:
    if turn.text("inline_message_id"):
        raise bad_request("inline messages are not offered here (simulator)")
    chat = chat_to_write_in(turn)
    message = message_in(turn, chat, "message to edit")
    if message.sender_id != turn.account.id or _has_reply_keyboard(message):
        raise bad_request("message can't be edited")
    return message


def _has_reply_keyboard(message: Message) -> bool:
    """Telegram edits no message that brought a keyboard of the other kind."""
    return message.markup is not None and "inline_keyboard" not in message.markup


def _edit(turn: Turn, old: Message, new: Message) -> Json:
    if old == replace(new, source=old.source):
        raise bad_request(NOT_MODIFIED)
    edited = replace(new, edited=turn.now)
    turn.account.chats[old.chat_id].messages[old.message_id] = edited
    return shapes.message(turn.books, turn.account, edited)
