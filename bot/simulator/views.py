"""What the control interface shows: typed values that the server writes as JSON (`reading.py` reads them back). Pure."""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bot.simulator import reply_keyboards, shapes
from bot.simulator.books import Account, Books, Call, Chat, Message, StoredFile, Tap
from bot.simulator.commands import commands_for
from bot.simulator.json_types import JsonObject, as_text
from bot.simulator.keyboards import buttons

ACTION_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    file_id: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class MessageView:
    message_id: int
    date: datetime
    sender_id: int
    sender: str
    from_bot: bool
    kind: str
    text: str  # or the caption
    html: str
    entities: tuple[JsonObject, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    markup: JsonObject | None = None
    file: FileView | None = None
    edited: datetime | None = None
    extra: JsonObject | None = None

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.rows for button in row]

    def button(self, label: str) -> Button:
        return next(button for row in self.rows for button in row if button.label == label)


@dataclass(frozen=True, slots=True)
class TapView:
    query_id: str
    message_id: int
    data: str
    at: datetime
    answered: bool
    text: str
    alert: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A button of a reply keyboard: pressing it sends its label, or what it asks for."""

    label: str
    asks: str = ""  # "contact", or another thing that only real Telegram can give


@dataclass(frozen=True, slots=True)
class ReplyKeyboardView:
    """What is below the chat now. No rows: the bot forces a reply."""

    message_id: int
    rows: tuple[tuple[Key, ...], ...]
    placeholder: str = ""
    resize: bool = False
    one_time: bool = False
    persistent: bool = False
    hidden: bool = False  # used once already: the person has to open it


@dataclass(frozen=True, slots=True)
class CommandView:
    command: str
    description: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """What the bot says it is doing, for at most 5 s of real time; `at` (the server's monotonic seconds) tells one from the next."""

    action: str
    at: float


@dataclass(frozen=True, slots=True)
class ChatView:
    id: int
    type: str
    title: str
    blocked: bool
    member: bool
    actions: tuple[str, ...]
    messages: tuple[MessageView, ...]
    taps: tuple[TapView, ...]
    reply_keyboard: ReplyKeyboardView | None = None
    commands: tuple[CommandView, ...] = ()  # those this person sees in the menu
    action: ActionView | None = None

    @property
    def from_bot(self) -> tuple[MessageView, ...]:
        return tuple(message for message in self.messages if message.from_bot)

    @property
    def last(self) -> MessageView:
        """The newest message of the bot."""
        return self.from_bot[-1]

    @property
    def card(self) -> MessageView | None:
        """The newest message that has buttons."""
        return next((message for message in reversed(self.messages) if message.rows), None)


@dataclass(frozen=True, slots=True)
class CallView:
    number: int
    method: str
    parameters: JsonObject
    files: tuple[str, ...]
    at: datetime
    code: int
    description: str
    problems: tuple[str, ...]
    effect: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    at: datetime
    messages: int
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Jump:
    now: datetime
    steps: tuple[Step, ...]
    messages: int


def chat_view(books: Books, account: Account, chat: Chat, instant: float) -> ChatView:
    """`instant` is the server's monotonic time: an action older than 5 s is over."""
    person = books.people.get(chat.id)
    action = chat.action if chat.action and instant - chat.action.at < ACTION_SECONDS else None
    return ChatView(
        id=chat.id,
        type=chat.type,
        title=f"{person.first_name} {person.last_name}".strip() if person else chat.title,
        blocked=chat.blocked,
        member=chat.member,
        actions=tuple(chat.actions),
        messages=tuple(_message(books, account, message) for message in chat.messages.values()),
        taps=tuple(tap_view(tap) for tap in account.taps.values() if tap.chat_id == chat.id),
        reply_keyboard=_reply_keyboard(chat),
        commands=_commands(account, chat, person.language_code if person else ""),
        action=ActionView(action.action, action.at) if action else None,
    )


def tap_view(tap: Tap) -> TapView:
    return TapView(
        tap.query_id, tap.message_id, tap.data, tap.at, tap.answered, tap.text, tap.alert
    )


def call_view(call: Call) -> CallView:
    return CallView(
        call.number, call.method, call.parameters, call.files, call.at, call.code,
        call.description, call.problems, call.effect, call.fault,
    )  # fmt: skip


def as_json_text(value: object) -> str:
    """Views, and whatever holds them, as JSON; times as ISO text."""
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _message(books: Books, account: Account, message: Message) -> MessageView:
    sender = shapes.sender(books, account, message.sender_id)
    names = (as_text(sender.get("first_name")), as_text(sender.get("last_name")))
    return MessageView(
        message_id=message.message_id,
        date=message.date,
        sender_id=message.sender_id,
        sender=" ".join(names).strip(),
        from_bot=message.sender_id == account.id,
        kind=message.kind,
        text=message.text,
        html=message.source,
        entities=tuple(entity.as_json() for entity in message.entities),
        rows=tuple(tuple(_button(entry) for entry in row) for row in buttons(message.markup)),
        markup=message.markup,
        file=_file(message.file) if message.file else None,
        edited=message.edited,
        extra=message.extra,
    )


def _reply_keyboard(chat: Chat) -> ReplyKeyboardView | None:
    markup = reply_keyboards.shown(chat)
    if not markup or chat.keyboard is None:
        return None
    return ReplyKeyboardView(
        message_id=chat.keyboard.message_id,
        rows=tuple(tuple(_key(key) for key in row) for row in reply_keyboards.keys(markup)),
        placeholder=as_text(markup.get("input_field_placeholder")),
        resize=bool(markup.get("resize_keyboard")),
        one_time=bool(markup.get("one_time_keyboard")),
        persistent=bool(markup.get("is_persistent")),
        hidden=chat.keyboard.hidden,
    )


def _key(entry: JsonObject) -> Key:
    return Key(as_text(entry.get("text")), reply_keyboards.asks(entry))


def _commands(account: Account, chat: Chat, language_code: str) -> tuple[CommandView, ...]:
    return tuple(
        CommandView(as_text(entry.get("command")), as_text(entry.get("description")))
        for entry in commands_for(account.commands, chat, language_code=language_code)
    )


def _button(entry: JsonObject) -> Button:
    return Button(
        as_text(entry.get("text")), as_text(entry.get("callback_data")), as_text(entry.get("url"))
    )


def _file(stored: StoredFile) -> FileView:
    return FileView(
        stored.file_id, stored.name, stored.mime, len(stored.content), stored.width, stored.height
    )


def _plain(value: Any) -> object:
    """One view less deep: its own views come here in turn. `asdict` copies all that is in it, and a chat is asked for at each tap."""
    if isinstance(value, datetime):
        return value.isoformat()
    return {field.name: getattr(value, field.name) for field in fields(value)}
