"""What a handler wants to have sent: plain values. outbox.py is the only one that sends them."""

from dataclasses import dataclass, field

from bot.fieldwork.records import Posed


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str = ""  # callback data, at most 64 bytes
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    text: str  # HTML; every piped value is already escaped
    buttons: Rows = ()
    ask_contact: str = (
        ""  # the label of a button below the message field that sends the own phone number
    )


@dataclass(frozen=True, slots=True)
class ShowCard:
    """The question card: edited in place after a tap, a new message otherwise.

    `edit` is the message to edit (a failed edit sends a new card); `retire` is the older card that
    loses its buttons when a new one is sent. The sent message's id is recorded as the chat's card.
    """

    chat_id: int
    screen: Screen
    edit: int | None = None
    retire: int | None = None
    posed: Posed | None = None


@dataclass(frozen=True, slots=True)
class ShowClassCard:
    """The live card of a class. The sent message's id is recorded, so that it can be edited while the class is on."""

    chat_id: int
    screen: Screen
    training_id: int


@dataclass(frozen=True, slots=True)
class SendMessage:
    chat_id: int
    screen: Screen


@dataclass(frozen=True, slots=True)
class EditMessage:
    chat_id: int
    message_id: int
    screen: Screen


@dataclass(frozen=True, slots=True)
class AnswerTap:
    query_id: str
    text: str = ""  # at most 200 characters
    alert: bool = False


@dataclass(frozen=True, slots=True)
class SendPhoto:
    chat_id: int
    picture: bytes = field(repr=False)
    filename: str = "gambar.png"
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SendDocument:
    chat_id: int
    content: bytes = field(repr=False)
    filename: str = "berkas.txt"
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SetMenu:
    """The command menu of one chat: (language code, or "" for all others; the commands with their descriptions)."""

    chat_id: int
    menus: tuple[
        tuple[str, tuple[tuple[str, str], ...]], ...
    ]  # no commands: everybody's menu again


@dataclass(frozen=True, slots=True)
class LeaveChat:
    chat_id: int


Outgoing = (
    ShowCard
    | ShowClassCard
    | SendMessage
    | EditMessage
    | AnswerTap
    | SendPhoto
    | SendDocument
    | SetMenu
    | LeaveChat
)
