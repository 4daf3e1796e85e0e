"""Callback data of the buttons about a class: `w:ACTION:TRAINING:ONE:OTHER`. Pure; untrusted, so `decode_class` is total.

ONE and OTHER are people, or what the action says (of letters OTHER says to whom: PEERS); who may do what is asked in bot/fieldwork/permits.py, and that a person
belongs to that training is looked up by the event.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from bot.chat.staff_buttons import LARGEST_ID

ClassAction = Literal[
    "new", "day", "stop", "watch", "group", "missing", "extend", "begin",
    "walkins", "walkin", "search", "match", "extra", "undo", "keyin", "sheet", "keystop", "move", "keep", "links", "makelinks",
    "papers", "printclass", "printblank", "printnamed", "printcodes", "about", "aboutwrite", "aboutsave", "aboutstop",
    "supwait", "supkeep", "supnew", "supnone", "letters", "letternum", "letterlist", "letterall", "letter",
]  # fmt: skip

PEERS = 1  # letters to them, not to the superiors
_DATA = re.compile(r"w:([a-z]{1,10}):(\d{1,10}):(\d{1,10}):(\d{1,10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ClassPress:
    action: ClassAction
    training_id: int = 0
    one: int = 0
    other: int = 0


def class_data(action: ClassAction, training_id: int = 0, one: int = 0, other: int = 0) -> str:
    return f"w:{action}:{training_id}:{one}:{other}"


def decode_class(data: str) -> ClassPress | None:
    found = _DATA.fullmatch(data)
    if found is None or found[1] not in get_args(ClassAction):
        return None
    numbers = [int(number) for number in found.groups()[1:]]
    return ClassPress(cast(ClassAction, found[1]), *numbers) if max(numbers) <= LARGEST_ID else None
