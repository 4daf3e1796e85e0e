"""Callback data: what a button carries, in at most 64 bytes, and how it is read again. Pure.

1. `a:RESPONSE:POSITION:REVISION:ACTION:VALUE` answers a questionnaire: the position of the item, the revision the
   button was drawn at, an action of survey.response.Tap, and an option's code (or `#INDEX` when the code is long).
2. `p:ACTION:ID:MORE` is any other button of a participant. ID is a round for the ACTIONS about a survey.
3. Callback data is untrusted: `decode` is total, an unknown text is None; whose response it is, the store checks.

Prefixes `k` (coordinator) and `m` (administrator) belong to staff_buttons.py.
"""

import re
from dataclasses import dataclass

MOST_BYTES = 64
MOST_CODE_BYTES = 20
LARGEST_ID = 2**31 - 1  # what a column of ours can hold

ACTIONS = frozenset({
    # about a round: the invitation and reminders carry these too
    "begin", "refuse", "enough", "tomorrow", "evening", "morning", "hour", "other_time", "no_reminder", "call",
    # about a round: notice and consent
    "self", "behalf", "not_for_me", "notice", "whole_notice", "who_sees", "agree",
    # about a personal link that was opened and is tied to nobody yet
    "link_self", "link_behalf", "link_not_mine",
    # about a response
    "take", "pause", "look", "change", "quotes", "permit",
    # in class: a training, a person
    "pick_name", "not_listed", "name", "not_me", "join", "share_phone", "use_code",
    # about oneself
    "continue", "help", "language", "stop_survey", "stop_contact", "erase", "erase_yes", "data_file", "cancel",
})  # fmt: skip

_ANSWER = re.compile(r"a:(\d{1,10}):(\d{1,4}):(\d{1,9}):([a-z_]{1,9}):(.*)", re.DOTALL | re.ASCII)
_PRESS = re.compile(r"p:([a-z_]{1,16}):(\d{1,10}):(.*)", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class AnswerButton:
    response_id: int
    position: int
    revision: int
    action: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    action: str
    id: int = 0
    more: str = ""


def answer_data(button: AnswerButton) -> str:
    parts = (button.response_id, button.position, button.revision, button.action, button.value)
    return _checked("a:" + ":".join(str(part) for part in parts))


def press_data(action: str, about: int = 0, more: str = "") -> str:
    if action not in ACTIONS:
        raise ValueError(f"unknown action {action}")
    return _checked(f"p:{action}:{about}:{more}")


def option_value(code: str, index: int) -> str:
    """The code itself where it fits, so that a log can be read; its place among the options otherwise."""
    short = len(code.encode()) <= MOST_CODE_BYTES and not code.startswith("#")
    return code if short else f"#{index}"


def decode(data: str) -> AnswerButton | Press | None:
    if found := _ANSWER.fullmatch(data):
        response_id, position, revision, action, value = found.groups()
        if int(response_id) <= LARGEST_ID:
            return AnswerButton(int(response_id), int(position), int(revision), action, value)
    if found := _PRESS.fullmatch(data):
        action, about, more = found.groups()
        if action in ACTIONS and int(about) <= LARGEST_ID:
            return Press(action, int(about), more)
    return None


def _checked(data: str) -> str:
    if len(data.encode()) > MOST_BYTES:
        raise ValueError(f"callback data of more than {MOST_BYTES} bytes: {data}")
    return data
