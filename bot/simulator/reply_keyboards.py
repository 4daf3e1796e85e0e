"""Which reply keyboard a chat shows and what its buttons do. Pure functions on the books' values.

1. The newest of the bot's messages with a keyboard or a forced reply decides; `remove_keyboard`, or deleting the message, ends it.
2. A one-time keyboard is hidden after a use, not removed; a forced reply is over with the person's next message.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.simulator.books import Chat, Keyboard, Message
from bot.simulator.json_types import JsonObject, as_object, as_text

REQUESTS = ("contact", "location", "poll", "users", "chat", "managed_bot")
LASTING = ("keyboard", "force_reply")


def follow_bot(chat: Chat, message: Message) -> None:
    """What the bot's new message does to the keyboard below the chat, and to "typing"."""
    chat.action = None
    markup = as_object(message.markup)
    if any(kind in markup for kind in LASTING):
        chat.keyboard = Keyboard(message.message_id)
    elif "remove_keyboard" in markup:
        chat.keyboard = None


def follow_person(chat: Chat) -> None:
    """A forced reply is answered by whatever the person sends."""
    if "force_reply" in shown(chat):
        chat.keyboard = None


def shown(chat: Chat) -> JsonObject:
    """The markup that is in force; empty when there is none."""
    message = chat.messages.get(chat.keyboard.message_id) if chat.keyboard else None
    return as_object(message.markup) if message else {}


def keys(markup: Mapping[str, object]) -> list[list[JsonObject]]:
    """The buttons in their rows; a button may come as its bare text."""
    rows = markup.get("keyboard")
    return [
        [{"text": button} if isinstance(button, str) else as_object(button) for button in row]
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, list)
    ]


def key_labelled(chat: Chat, label: str) -> JsonObject | None:
    found = (key for row in keys(shown(chat)) for key in row)
    return next((key for key in found if as_text(key.get("text")) == label), None)


def asks(key: JsonObject) -> str:
    """What a button wants instead of sending its label: "contact", "location", ..."""
    if key.get("web_app"):
        return "web app"
    return next((what for what in REQUESTS if key.get(f"request_{what}")), "")


def labels(chat: Chat) -> list[str]:
    return [as_text(key.get("text")) for row in keys(shown(chat)) for key in row]


def used(chat: Chat) -> None:
    if chat.keyboard and shown(chat).get("one_time_keyboard"):
        chat.keyboard = replace(chat.keyboard, hidden=True)
