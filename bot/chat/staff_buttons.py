"""Callback data of the office's buttons. Pure; untrusted, so each `decode` is total.

1. `k:ACTION:TRAINING` is about a training, with a day when one was chosen (`k:send:7:20270118`), `:p` behind it about its peers; `m:ACTION:ID` about the office itself: a colleague, an invitation, nothing.
2. `j:ACTION:TOKEN` answers an invitation; the token is what makes somebody staff, so it stands in that one chat only.

Who may do what is asked in bot/fieldwork/permits.py, what is still possible decides the state.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

Action = Literal[
    "list", "detail", "qr", "preview", "whole", "missed", "days", "send", "undo", "cancel",
    "handover", "share", "pass", "sheet", "closesheet", "report",
]  # fmt: skip
OfficeAction = Literal[
    "staff", "admin", "all", "choose", "one", "withdraw", "askremove", "remove", "xlsx", "csv",
    "wish", "wishdone", "wishno", "answers",
]  # fmt: skip
Answer = Literal["accept", "decline"]
LARGEST_ID = 2**31 - 1
LARGEST_CHAT = 2**52

_DATA = re.compile(r"k:([a-z]{1,10}):(\d{1,10})(?::(\d{8}))?(:p)?", re.ASCII)
_OFFICE = re.compile(r"m:([a-z]{1,10}):(\d{1,16})", re.ASCII)
_INVITED = re.compile(r"j:(accept|decline):(s[A-Za-z0-9_-]{22})", re.ASCII)


@dataclass(frozen=True, slots=True)
class StaffPress:
    action: Action
    training_id: int = 0
    day: date | None = None
    of_peers: bool = False  # the round of the peers, not of the alumni


@dataclass(frozen=True, slots=True)
class OfficePress:
    action: OfficeAction
    id: int = 0


@dataclass(frozen=True, slots=True)
class InvitedPress:
    answer: Answer
    token: str


def encode(
    action: Action, training_id: int = 0, day: date | None = None, *, of_peers: bool = False
) -> str:
    chosen = f":{day:%Y%m%d}" if day is not None else ""
    return f"k:{action}:{training_id}{chosen}{':p' if of_peers else ''}"


def decode(data: str) -> StaffPress | None:
    found = _DATA.fullmatch(data)
    if found is None or found[1] not in get_args(Action) or int(found[2]) > LARGEST_ID:
        return None
    day = _day(found[3]) if found[3] else None
    if found[3] and day is None:
        return None
    return StaffPress(cast(Action, found[1]), int(found[2]), day, of_peers=bool(found[4]))


def office_data(action: OfficeAction, about: int = 0) -> str:
    return f"m:{action}:{about}"


def decode_office(data: str) -> OfficePress | None:
    found = _OFFICE.fullmatch(data)
    if found is None or found[1] not in get_args(OfficeAction):
        return None
    action, about = cast(OfficeAction, found[1]), int(found[2])
    largest = LARGEST_CHAT if action in {"askremove", "remove"} else LARGEST_ID
    return OfficePress(action, about) if about <= largest else None


def invited_data(answer: Answer, token: str) -> str:
    return f"j:{answer}:{token}"


def decode_invited(data: str) -> InvitedPress | None:
    found = _INVITED.fullmatch(data)
    return None if found is None else InvitedPress(cast(Answer, found[1]), found[2])


def _day(digits: str) -> date | None:
    try:
        return date.fromisoformat(digits)
    except ValueError:
        return None
