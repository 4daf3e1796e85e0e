"""The values of one interview: what is asked of it (Reply), what it holds (Response), what comes back (Turn).

Frozen, without behaviour. `response.py` turns one Response into the next; whoever needs both may import
everything from there. The whole state of an interview is in Response: store it, load it, go on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.survey.prompts import Awaiting, Prompt
from bot.survey.questionnaire import Language, Missing

Disposition = Literal[
    "issued", "invited", "partial", "complete", "break_off", "refused", "noncontact", "ineligible",
    "other", "unknown",
]  # fmt: skip
# `closed` means that the round is over. Whoever declined is `done` with the disposition `refused`,
# and may change their mind until then.
Stage = Literal["asking", "review", "done", "closed"]
Action = Literal[
    "choose", "on", "off", "done", "back", "skip", "skip_yes", "skip_no", "keep", "keep_part",
    "review", "edit", "submit", "page", "clear", "append", "stay",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    item: str
    value: str  # code | space-joined codes | 1250.5 | 2026-11-25 | text; '' when there is none
    missing: Missing = ""
    other: str = ""  # what was written at a free_text option
    seconds: float | None = None  # from the card shown to the answer; None for calculates
    revised: int = 0  # how often it was changed
    at: datetime = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Response:
    id: int
    questionnaire: str
    version: str
    language: Language = "id"
    hidden: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    stage: Stage = "asking"
    current: str | None = None
    awaiting: Awaiting = ""
    chosen: tuple[str, ...] = ()  # the codes ticked so far at the current item, in order
    view: str = ""  # what of a long card is shown: "page:3", "find:keuangan", "month:2026-11"
    revision: int = 0  # grows by one with each card; ticks and pages of a card leave it
    seed: int = 0  # for the order of shuffled options
    disposition: Disposition = "issued"
    furthest: int = 0  # the highest "question N" shown so far
    skip_confirmed: bool = False
    begun_at: datetime | None = None
    shown_at: datetime | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """A button: which item and revision it was drawn for, and the state it aims at.

    choose, on, off carry an option's code in `value`; back, skip, done, keep name the item they
    leave; edit names the item to change; review and submit need no item. page carries the page, month
    or "all" that it turns to; clear empties the answer or the ranking; stay is a button that only labels.
    """

    action: Action
    item: str
    revision: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    text: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A voice message, a photo, a file: what is needed to fetch it again. How it is stored: attachments.py."""

    kind: Literal["voice", "photo", "file"]
    file_id: str  # the messenger's own; opaque here
    seconds: int = 0  # of a voice message
    mime: str = ""  # "image/jpeg": a photo may come as a file
    name: str = ""  # of a file
    caption: str = ""
    size: int = 0  # bytes; 0: not told


@dataclass(frozen=True, slots=True)
class Unsupported:
    kind: str  # sticker, video, location ...


Said = Typed | Attached | Unsupported  # what comes as a message
Reply = Tap | Said


@dataclass(frozen=True, slots=True)
class Correction:
    """What the message that gave an answer says now, or the message that gave the text of its "Lainnya"."""

    item: str
    said: Said
    is_other: bool = False
    is_new: bool = (
        False  # it gave no answer yet: what it says now is a reply to the present question
    )
    earlier: tuple[str, ...] = ()  # the parts of the answer that came in other messages
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    answer: Answer
    replaced: Answer | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    response: Response
    prompt: Prompt
    recorded: tuple[Recorded, ...] = ()  # to upsert; what was replaced goes to the history
    dropped: tuple[Answer, ...] = ()  # no longer applicable: out of the data, into the history
