"""Callback data of the buttons about a round: `r:ACTION:TRAINING:ID:NUMBER`. Pure; untrusted, so `decode` is total.

The training comes first because rights are asked by training; ID is a round's, or a person's for "explain". That the round
belongs to the training is asked in the transaction.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from bot.chat.staff_buttons import LARGEST_ID

RoundAction = Literal[
    "status", "missing", "file", "remind", "remindyes", "explain",
    "round", "extend", "close", "reopen", "giveup", "planagain", "pause", "halt", "resume",
    "stop", "news", "newsagain", "newsdrop", "newsyes",
]  # fmt: skip
ASKS = 9999  # asks what it would mean; every other number is the state aimed at

_DATA = re.compile(r"r:([a-z]{1,10}):(\d{1,10}):(\d{1,10}):(\d{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class RoundPress:
    action: RoundAction
    training_id: int
    id: int = 0
    number: int = 0


def encode(action: RoundAction, training_id: int, about: int = 0, number: int = 0) -> str:
    return f"r:{action}:{training_id}:{about}:{number}"


def decode(data: str) -> RoundPress | None:
    found = _DATA.fullmatch(data)
    if found is None or found[1] not in get_args(RoundAction):
        return None
    training_id, about = int(found[2]), int(found[3])
    if max(training_id, about) > LARGEST_ID:
        return None
    return RoundPress(cast(RoundAction, found[1]), training_id, about, int(found[4]))
