"""Callback data of the buttons about a form that staff sent: `f:ACTION:DRAFT`. Pure; untrusted, so `decode_form` is total.

The answers of a trial are `c:` and what an answer button carries (trial_screens.py). Who may do what is asked in
bot/fieldwork/permits.py.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from bot.chat.staff_buttons import LARGEST_ID

FormAction = Literal["try", "end", "publish", "confirm", "drop"]

_DATA = re.compile(r"f:([a-z]{1,10}):(\d{1,10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FormPress:
    action: FormAction
    draft_id: int


def encode_form(action: FormAction, draft_id: int) -> str:
    return f"f:{action}:{draft_id}"


def decode_form(data: str) -> FormPress | None:
    found = _DATA.fullmatch(data)
    if found is None or found[1] not in get_args(FormAction) or int(found[2]) > LARGEST_ID:
        return None
    return FormPress(cast(FormAction, found[1]), int(found[2]))
