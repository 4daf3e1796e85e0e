"""What the control interface shows: typed values that the server writes as JSON and the client reads back. Pure."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.simulator import shapes
from bot.simulator.books import Account, Books, Call, Chat, Message, StoredFile, Tap
from bot.simulator.json_types import JsonObject, as_int, as_list, as_object, as_text
from bot.simulator.keyboards import buttons


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
class ChatView:
    id: int
    type: str
    title: str
    blocked: bool
    member: bool
    actions: tuple[str, ...]
    messages: tuple[MessageView, ...]
    taps: tuple[TapView, ...]

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


def chat_view(books: Books, account: Account, chat: Chat) -> ChatView:
    person = books.people.get(chat.id)
    return ChatView(
        id=chat.id,
        type=chat.type,
        title=f"{person.first_name} {person.last_name}".strip() if person else chat.title,
        blocked=chat.blocked,
        member=chat.member,
        actions=tuple(chat.actions),
        messages=tuple(_message(books, account, message) for message in chat.messages.values()),
        taps=tuple(tap_view(tap) for tap in account.taps.values() if tap.chat_id == chat.id),
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


def read_chat(value: JsonObject) -> ChatView:
    return ChatView(**{
        **_known(value),
        "actions": tuple(as_text(action) for action in as_list(value["actions"])),
        "messages": tuple(read_message(as_object(entry)) for entry in as_list(value["messages"])),
        "taps": tuple(read_tap(as_object(entry)) for entry in as_list(value["taps"])),
    })  # fmt: skip


def read_message(value: JsonObject) -> MessageView:
    rows = [as_list(row) for row in as_list(value["rows"])]
    return MessageView(**{
        **_known(value),
        "date": _moment(value["date"]),
        "edited": _moment(value["edited"]) if value["edited"] else None,
        "entities": tuple(as_object(entity) for entity in as_list(value["entities"])),
        "rows": tuple(tuple(Button(**_known(as_object(entry))) for entry in row) for row in rows),
        "file": FileView(**_known(as_object(value["file"]))) if value["file"] else None,
    })  # fmt: skip


def read_tap(value: JsonObject) -> TapView:
    return TapView(**{**_known(value), "at": _moment(value["at"])})


def read_call(value: JsonObject) -> CallView:
    return CallView(**{
        **_known(value),
        "at": _moment(value["at"]),
        "files": tuple(as_text(name) for name in as_list(value["files"])),
        "problems": tuple(as_text(problem) for problem in as_list(value["problems"])),
    })  # fmt: skip


def read_jump(value: JsonObject) -> Jump:
    steps = [as_object(step) for step in as_list(value["steps"])]
    return Jump(
        _moment(value["now"]),
        tuple(
            Step(
                _moment(step["at"]),
                as_int(step["messages"]),
                _moment(step["next_due"]) if step["next_due"] else None,
            )
            for step in steps
        ),
        as_int(value["messages"]),
    )


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


def _button(entry: JsonObject) -> Button:
    return Button(
        as_text(entry.get("text")), as_text(entry.get("callback_data")), as_text(entry.get("url"))
    )


def _file(stored: StoredFile) -> FileView:
    return FileView(
        stored.file_id, stored.name, stored.mime, len(stored.content), stored.width, stored.height
    )


def _plain(value: Any) -> object:
    return value.isoformat() if isinstance(value, datetime) else asdict(value)


def _known(value: JsonObject) -> dict[str, Any]:
    """The fields as they are; what they are is fixed by the dataclass that wrote them."""
    return dict(value)


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))
