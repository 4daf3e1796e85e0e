"""One call as its method sees it, and the arguments every method reads in the same way. Pure."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.simulator import entities
from bot.simulator.books import Account, Books, Chat, Message
from bot.simulator.entities import Formatted
from bot.simulator.given_entities import given_entities
from bot.simulator.json_types import (
    Json,
    JsonObject,
    as_int,
    as_list,
    as_text,
    read_json,
)
from bot.simulator.refusals import bad_request, chat_not_found, forbidden, migrated

MOST_TEXT, MOST_CAPTION = 4096, 1024


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Turn:
    books: Books
    account: Account
    parameters: JsonObject
    uploads: Mapping[str, Upload]
    now: datetime  # the simulator's clock
    instant: float  # monotonic seconds, for the limits

    def text(self, name: str) -> str:
        value = self.parameters.get(name)
        return str(value) if isinstance(value, int | float) else as_text(value)

    def number(self, name: str, default: int = 0) -> int:
        return as_int(self.parameters.get(name), default)

    def flag(self, name: str) -> bool:
        value = self.parameters.get(name)
        return value.lower() in {"true", "1", "yes"} if isinstance(value, str) else bool(value)

    def json(self, name: str) -> Json:
        value = self.parameters.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return read_json(value)
        except ValueError as wrong:
            raise bad_request(f"can't parse {name} JSON object") from wrong


def chat_known(turn: Turn) -> Chat:
    """The chat of `chat_id`, which the bot may have lost the right to write in."""
    given = turn.text("chat_id").strip()
    if not given:
        raise bad_request("chat_id is empty")
    if turn.text("business_connection_id"):
        raise bad_request("business connection not found")
    if turn.number("message_thread_id"):
        raise bad_request("message thread not found")
    chat = turn.account.chats.get(as_int(given))
    if chat is not None:
        return chat
    if _met_in_a_group(turn.account, as_int(given)):
        raise forbidden("bot can't initiate conversation with a user")
    raise chat_not_found()


def chat_to_write_in(turn: Turn) -> Chat:
    chat = chat_known(turn)
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.member:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def message_in(turn: Turn, chat: Chat, what: str) -> Message:
    """`what` completes Telegram's sentence: "message to edit"."""
    if "message_id" not in turn.parameters:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(turn.number("message_id"))
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def formatted_text(turn: Turn) -> Formatted:
    formatted = _formatted(turn, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if entities.utf16(formatted.text) > MOST_TEXT:
        raise bad_request("message is too long")
    return formatted


def formatted_caption(turn: Turn) -> Formatted:
    formatted = _formatted(turn, "caption", "caption_entities")
    if entities.utf16(formatted.text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def source_html(turn: Turn, name: str) -> str:
    """The text as HTML: as sent, or escaped when it was sent plain."""
    source = turn.text(name)
    return source if turn.text("parse_mode") else html.escape(source, quote=False)


def _formatted(turn: Turn, name: str, marks: str) -> Formatted:
    source = turn.text(name).replace("\x00", "").replace("\r", "")
    mode = turn.text("parse_mode").lower()
    if mode == "html":
        return entities.with_detected(entities.parse_html(source))
    if mode in {"markdown", "markdownv2"}:
        raise bad_request("parse mode Markdown is not offered here, use HTML (simulator)")
    if mode not in {"", "none"}:
        raise bad_request("unsupported parse_mode")
    given = given_entities(source, as_list(turn.json(marks)))
    return entities.with_detected(entities.trimmed(Formatted(source, given)))


def _met_in_a_group(account: Account, person_id: int) -> bool:
    return any(person_id in chat.people for chat in account.chats.values())
