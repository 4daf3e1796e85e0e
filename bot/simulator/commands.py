"""Which of a bot's commands a person sees: Telegram's order of scopes, the person's language before none in each. Pure."""

from collections.abc import Mapping

from bot.simulator.books import Chat, CommandKey
from bot.simulator.json_types import JsonObject

Kept = Mapping[CommandKey, list[JsonObject]]
CommandScope = tuple[str, int, int]  # scope, chat, member


def commands_for(
    kept: Kept, chat: Chat, person_id: int = 0, language_code: str = ""
) -> list[JsonObject]:
    """As "Determining list of commands" of the Bot API says; nobody is an administrator of a group here."""
    for scope, place, member in _scopes(chat, person_id):
        for language in dict.fromkeys((language_code, "")):
            if found := kept.get((scope, place, member, language)):
                return found
    return []


def _scopes(chat: Chat, person_id: int) -> list[CommandScope]:
    if chat.type == "private":
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    return [
        ("chat_member", chat.id, person_id),
        ("chat", chat.id, 0),
        ("all_group_chats", 0, 0),
        ("default", 0, 0),
    ]
