"""The JSON of the control interface -> the typed values of `views.py`. For the client; the server never reads them. Pure."""

from datetime import datetime
from typing import Any

from bot.simulator.json_types import JsonObject, as_int, as_list, as_object, as_text
from bot.simulator.views import (
    ActionView,
    Button,
    CallView,
    ChatView,
    CommandView,
    FileView,
    Jump,
    Key,
    MessageView,
    ReplyKeyboardView,
    Step,
    TapView,
)  # fmt: skip


def read_chat(value: JsonObject) -> ChatView:
    return ChatView(**{
        **_known(value),
        "actions": tuple(as_text(action) for action in as_list(value["actions"])),
        "messages": tuple(read_message(as_object(entry)) for entry in as_list(value["messages"])),
        "taps": tuple(read_tap(as_object(entry)) for entry in as_list(value["taps"])),
        "reply_keyboard": _read_keyboard(as_object(value["reply_keyboard"])),
        "commands": tuple(
            CommandView(**_known(as_object(entry))) for entry in as_list(value["commands"])
        ),
        "action": ActionView(**_known(as_object(value["action"]))) if value["action"] else None,
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


def _read_keyboard(value: JsonObject) -> ReplyKeyboardView | None:
    if not value:
        return None
    rows = [as_list(row) for row in as_list(value["rows"])]
    keys = tuple(tuple(Key(**_known(as_object(entry))) for entry in row) for row in rows)
    return ReplyKeyboardView(**{**_known(value), "rows": keys})


def _known(value: JsonObject) -> dict[str, Any]:
    """The fields as they are; what they are is fixed by the dataclass that wrote them."""
    return dict(value)


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))
