"""What a bot says about itself: name, descriptions, commands per scope and language. Pure."""

import re

from bot.simulator import shapes
from bot.simulator.books import CommandKey
from bot.simulator.json_types import Json, JsonObject, as_int, as_list, as_object, as_text
from bot.simulator.methods.turn import Turn
from bot.simulator.refusals import bad_request, chat_not_found

MOST_COMMANDS, MOST_DESCRIPTION = 100, 256
WORDS = {"name": 64, "description": 512, "short_description": 120}
SCOPES = {
    "default": (), "all_private_chats": (), "all_group_chats": (), "all_chat_administrators": (),
    "chat": ("chat_id",), "chat_administrators": ("chat_id",), "chat_member": ("chat_id", "user_id"),
}  # fmt: skip


def get_me(turn: Turn) -> Json:
    return shapes.bot_itself(turn.account)


def set_my_commands(turn: Turn) -> Json:
    commands = [as_object(entry) for entry in as_list(turn.json("commands"))]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    turn.account.commands[_key(turn)] = commands
    return True


def get_my_commands(turn: Turn) -> Json:
    return list[Json](turn.account.commands.get(_key(turn), []))


def delete_my_commands(turn: Turn) -> Json:
    turn.account.commands.pop(_key(turn), None)
    return True


def set_chat_menu_button(turn: Turn) -> Json:
    """In one private chat, or everywhere else when no chat is named."""
    button = as_object(turn.json("menu_button")) or {"type": "default"}
    turn.account.menu_buttons[_private_chat(turn)] = button
    return True


def get_chat_menu_button(turn: Turn) -> Json:
    usual: JsonObject = {"type": "commands"}
    found = turn.account.menu_buttons.get(_private_chat(turn), {"type": "default"})
    if found["type"] == "default":
        return turn.account.menu_buttons.get(0, usual)
    return found


def set_word(turn: Turn, word: str) -> Json:
    if len(turn.text(word)) > WORDS[word]:
        raise bad_request(f"BOT_{word.upper()}_TOO_LONG (simulator)")
    turn.account.words[word, _language(turn)] = turn.text(word)
    return True


def get_word(turn: Turn, word: str) -> Json:
    words = turn.account.words
    found = words.get((word, _language(turn)), words.get((word, ""), ""))
    return {word: found or (turn.account.first_name if word == "name" else "")}


def _private_chat(turn: Turn) -> int:
    """0 when the call names none."""
    chat_id = turn.number("chat_id")
    if chat_id and chat_id not in turn.account.chats:
        raise chat_not_found()
    return chat_id


def _key(turn: Turn) -> CommandKey:
    scope = as_object(turn.json("scope"))
    kind = as_text(scope.get("type")) or "default"
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    places = {name: as_int(scope.get(name)) for name in SCOPES[kind]}
    if "chat_id" in places and places["chat_id"] not in turn.account.chats:
        raise chat_not_found()
    return kind, places.get("chat_id", 0), places.get("user_id", 0), _language(turn)


def _language(turn: Turn) -> str:
    code = turn.text("language_code")
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise bad_request("invalid language code specified")
    return code


def _check_command(command: JsonObject) -> None:
    name = as_text(command.get("command")).removeprefix("/")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(as_text(command.get("description"))) <= MOST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
