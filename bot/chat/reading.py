"""From an update as it came to the library's object. Reads nothing that no handler looks at; decides nothing.

A tap is what comes most by far, and it brings its whole message along, keyboard and all: of that only which one it was is read.
Building the library's Message for it took a tenth of the loop's time in an answer.
"""

from collections.abc import Mapping
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User


def update_of(raw: Mapping[str, Any], bot: Bot) -> Update:
    """Raises whatever the library raises when it cannot be read."""
    match raw:
        case {
            "update_id": int() as number,
            "callback_query": {
                "id": str(), "from": _, "chat_instance": str(), "data": str(),
                "message": {"message_id": int(), "chat": _},
            } as query,
        }:  # fmt: skip
            return Update(number, callback_query=_tap(query, bot))
    return Update.de_json(cleaned(raw), bot)


def cleaned(value: Any) -> Any:
    """Without what no database stores: NUL characters and halves of surrogate pairs."""
    match value:
        case str():
            return value.replace("\x00", "").encode("utf-8", "ignore").decode()
        case list():
            return [cleaned(one) for one in value]
        case dict():
            return {key: cleaned(one) for key, one in value.items()}
        case _:
            return value


def _tap(query: Mapping[str, Any], bot: Bot) -> CallbackQuery:
    message = query["message"]
    chat = Chat.de_json(cleaned(message["chat"]), bot)
    return CallbackQuery(
        query["id"],
        User.de_json(cleaned(query["from"]), bot),
        query["chat_instance"],
        InaccessibleMessage(chat, message["message_id"]),
        data=cleaned(query["data"]),
    )
