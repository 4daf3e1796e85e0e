"""Callback data of the buttons about interviews: `d:ACTION:TRAINING:NUMBER`. Pure; untrusted, so `decode_case` is total.

NUMBER is that of a case within its training, never a person's id.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from bot.chat.staff_buttons import LARGEST_ID

CaseAction = Literal[
    "page", "choose", "rule", "guide", "pages", "notes", "endnotes", "kutip", "ringkas", "tidak",
]  # fmt: skip

_DATA = re.compile(r"d:([a-z]{1,10}):(\d{1,10}):(\d{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class CasePress:
    action: CaseAction
    training_id: int
    number: int = 0


def case_data(action: CaseAction, training_id: int, number: int = 0) -> str:
    return f"d:{action}:{training_id}:{number}"


def decode_case(data: str) -> CasePress | None:
    found = _DATA.fullmatch(data)
    if found is None or found[1] not in get_args(CaseAction) or int(found[2]) > LARGEST_ID:
        return None
    return CasePress(cast(CaseAction, found[1]), int(found[2]), int(found[3]))
