"""Callback data of the buttons about a list that staff sent: `l:ACTION:DRAFT:TRAINING`. Pure; untrusted, so `decode_roster` is total.

Who may do what is asked in bot/fieldwork/permits.py, what is still possible decides the state.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from bot.chat.staff_buttons import LARGEST_ID

RosterAction = Literal["aim", "choose", "save", "drop"]

APART = 1  # with "save", in place of a training: nobody who came is taken for somebody of the list

_DATA = re.compile(r"l:([a-z]{1,8}):(\d{1,10}):(\d{1,10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class RosterPress:
    action: RosterAction
    draft_id: int
    training_id: int = 0


def encode_roster(action: RosterAction, draft_id: int, training_id: int = 0) -> str:
    return f"l:{action}:{draft_id}:{training_id}"


def decode_roster(data: str) -> RosterPress | None:
    found = _DATA.fullmatch(data)
    if found is None or found[1] not in get_args(RosterAction):
        return None
    draft_id, training_id = int(found[2]), int(found[3])
    if max(draft_id, training_id) > LARGEST_ID:
        return None
    return RosterPress(cast(RosterAction, found[1]), draft_id, training_id)
