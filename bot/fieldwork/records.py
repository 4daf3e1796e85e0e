"""What goes into an event of the fieldwork and what comes out of it, as values. No rule and no query lives here.

In: a Visit, one update of one person. Out: Reactions, which the chat turns into messages. A Say names a sentence of
config/texts by its key, a Choice names a button by its label's key and its action; neither knows Telegram.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.fieldwork.staff import Named
from bot.survey.prompts import Prompt
from bot.survey.record import Said
from bot.survey.study import Study

Value = str | int | float | date | datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One update of one chat."""

    study: Study
    chat_id: int
    update_id: int
    now: datetime
    secret: bytes = field(default=b"", repr=False)  # class links are derived from it
    named: Named = field(
        default_factory=Named
    )  # staff by the settings: some things they must hear of
    poses_below: bool = False  # the next question comes as a message of its own
    is_posing: bool = False  # the present question was sent and has not arrived yet


@dataclass(frozen=True, slots=True)
class Written:
    """A typed message."""

    text: str
    sent_at: datetime
    is_forwarded: bool = False
    message_id: int = 0  # of the chat


@dataclass(frozen=True, slots=True)
class Edition:
    """A message that was sent before and says something else now."""

    said: Said
    message_id: int
    sent_at: datetime
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    action: str  # one of chat.buttons.ACTIONS
    id: int = 0
    more: str = ""
    key: str = ""  # the label's key; "" when the label is no sentence of ours, such as a name
    label: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    key: str
    arguments: "Mapping[str, Value | Say]" = field(default_factory=dict)  # a Say: a sentence within
    choices: tuple[Choice, ...] = ()
    language: str = ""  # "": the account's
    ask_contact: str = ""  # the key of the label of a button that sends the own phone number


@dataclass(frozen=True, slots=True)
class Card:
    """The prompt of one response, with what its buttons must carry."""

    response_id: int
    round_id: int
    revision: int
    language: str
    positions: Mapping[str, int]  # item name -> its place in the questionnaire
    prompt: Prompt
    minutes_left: int = 0  # of a question, as far as it can be foreseen
    is_new: bool = False  # nobody has seen it before


@dataclass(frozen=True, slots=True)
class Posed:
    """The question that a card shows."""

    response_id: int
    revision: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class File:
    """A document for the person."""

    content: bytes = field(repr=False)
    filename: str
    key: str  # its caption


@dataclass(frozen=True, slots=True)
class MyData:
    """All that is held about a person, by kind of record, to be read as a page."""

    document: Mapping[str, object]
    zone: str


@dataclass(frozen=True, slots=True)
class Notify:
    """For somebody of the office, or another account: a sentence in their chat."""

    chat_id: int
    language: str
    key: str
    arguments: Mapping[str, Value]
    about: str = ""  # which buttons of the office it has
    training_id: int = 0
    one: int = 0
    choices: tuple[Choice, ...] = ()  # of a participant


Shown = Say | Card | File | MyData  # in the chat itself
Reaction = Shown | Notify
Reactions = tuple[Reaction, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    language: str
    card_message_id: int | None  # the message that has buttons now
    reactions: Reactions
