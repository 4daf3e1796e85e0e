"""Callback data of the office's buttons: `k:ACTION:TRAINING`. Pure; untrusted, so `decode` is total.

`k` is the coordinator. Who may do what is checked by the handlers, what is still possible by the state.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

Action = Literal["list", "detail", "qr", "preview", "send", "cancel"]
LARGEST_ID = 2**31 - 1

_DATA = re.compile(r"k:([a-z]{1,10}):(\d{1,10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class StaffPress:
    action: Action
    training_id: int = 0


def encode(action: Action, training_id: int = 0) -> str:
    return f"k:{action}:{training_id}"


def decode(data: str) -> StaffPress | None:
    found = _DATA.fullmatch(data)
    if found is None or found[1] not in get_args(Action) or int(found[2]) > LARGEST_ID:
        return None
    return StaffPress(cast(Action, found[1]), int(found[2]))
