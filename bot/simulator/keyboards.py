"""Reply markup: what Telegram accepts of it, and refuses with which words. Pure.

Its limits are not documented; bots report 100 buttons and about 10 kB of JSON ("reply markup is too long"). Words on buttons are
those of `KeyboardButton.cpp` in tdlib/td and of `get_reply_markup` in tdlib/telegram-bot-api.
"""

import json
import re

from bot.simulator.json_types import Json, JsonObject, as_list, as_object, as_text, read_json
from bot.simulator.refusals import bad_request

MOST_BUTTONS, MOST_BYTES, MOST_DATA_BYTES, MOST_PLACEHOLDER = 100, 10_000, 64, 64
PRIVATE_ONLY = {"request_contact": "phone number", "request_location": "location"}
KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
ACTIONS = frozenset({
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "callback_game", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
})  # fmt: skip


def reply_markup(value: Json, *, private: bool = True) -> JsonObject | None:
    """The markup as an object, or a refusal; an empty keyboard is none at all."""
    if value is None or value == "":
        return None
    markup = _parsed(value)
    if not any(kind in markup for kind in KINDS):
        raise bad_request("object expected as reply markup")
    _check_size(markup)
    if "inline_keyboard" in markup:
        return _inline(markup)
    return _keyboard(markup, private=private) if "keyboard" in markup else _other(markup)


def buttons(markup: JsonObject | None) -> list[list[JsonObject]]:
    rows = as_list(as_object(markup).get("inline_keyboard"))
    return [[as_object(button) for button in as_list(row)] for row in rows]


def _parsed(value: Json) -> JsonObject:
    if isinstance(value, str):
        try:
            value = read_json(value)
        except ValueError as wrong:
            raise bad_request("can't parse reply keyboard markup JSON object") from wrong
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    return value


def _inline(markup: JsonObject) -> JsonObject | None:
    rows = _rows(markup, "inline_keyboard", "InlineKeyboardMarkup")
    for row in rows:
        for button in row:
            _check_button(as_object(button))
    return {"inline_keyboard": list[Json](map(list, rows))} if rows else None


def _keyboard(markup: JsonObject, *, private: bool) -> JsonObject | None:
    rows = _rows(markup, "keyboard", "ReplyKeyboardMarkup")
    for row in rows:
        for button in row:
            _check_key(button, private=private)
    _check_placeholder(markup)
    return {**markup, "keyboard": list[Json](map(list, rows))} if rows else None


def _other(markup: JsonObject) -> JsonObject | None:
    """Removing a keyboard or forcing a reply; `false` means neither."""
    _check_placeholder(markup)
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def _rows(markup: JsonObject, name: str, kind: str) -> list[list[Json]]:
    given = markup[name]
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request(f'field "{name}" of the {kind} should be an Array of Arrays')
    return [row for row in map(as_list, given) if row]


def _check_placeholder(markup: JsonObject) -> None:
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(as_text(placeholder)) <= MOST_PLACEHOLDER:
        raise bad_request("input_field_placeholder must have 1-64 characters (simulator)")


def _check_key(button: Json, *, private: bool) -> None:
    key = {"text": button} if isinstance(button, str) else as_object(button)
    if not as_text(key.get("text")).strip():
        raise bad_request("keyboard button text must be non-empty")
    for field, words in PRIVATE_ONLY.items():
        if key.get(field) and not private:
            raise bad_request(f"{words} can be requested in private chats only")


def _check_size(markup: JsonObject) -> None:
    rows = as_list(markup.get("inline_keyboard", markup.get("keyboard")))
    count = sum(len(as_list(row)) for row in rows)
    size = len(json.dumps(markup, ensure_ascii=False, separators=(",", ":")).encode())
    if count > MOST_BUTTONS or size > MOST_BYTES:
        raise bad_request("reply markup is too long")


def _check_button(button: JsonObject) -> None:
    if not as_text(button.get("text")).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = ACTIONS & set(button)
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request(f"an inline button has one action, not {len(actions)} (simulator)")
    if "callback_data" in button:
        size = len(as_text(button["callback_data"]).encode())
        if not 1 <= size <= MOST_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        url = as_text(button["url"])
        if not re.match(r"(?i)(https?|tg)://\S+|[\w-]+(\.[\w-]+)+", url):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
