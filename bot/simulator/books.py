"""The simulator's state in plain data: people, chats, messages, files, bots, calls. No HTTP, no asyncio, no clock.

1. Methods of the Bot API (`methods/`) and what people do (`people.py`) are functions on these books; `now` is given.
2. A bot that has not called yet has an account already: what people send waits for it, and the first token takes it.
3. Messages are values: an edit replaces the message, so a reader never sees half of one.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.simulator.entities import Entity
from bot.simulator.files import plain_mime, plain_name, suffix_in_a_path
from bot.simulator.json_types import JsonObject
from bot.simulator.limits import Limits, Rates
from bot.simulator.updates import Updates

Kind = Literal["text", "photo", "document", "voice", "sticker", "contact", "service"]
CommandKey = tuple[str, int, int, str]  # scope, chat, member, language
FOLDERS = {"photo": "photos", "voice": "voice", "sticker": "stickers"}
FIRST_BOT_ID = 7_000_000_001


class NoSuchBot(LookupError):
    pass


class WrongSecret(Exception):
    """The bot of this id has another token."""


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    phone: str = ""
    language_code: str = "id"
    role: str = ""  # free text by which the page groups people


@dataclass(frozen=True, slots=True)
class NewFile:
    kind: Kind
    name: str
    mime: str
    content: bytes = field(repr=False)
    sides: tuple[int, int] = (0, 0)  # width, height of a picture


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    kind: Kind
    name: str
    mime: str
    content: bytes = field(repr=False)
    path: str  # under which it is fetched
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    message_id: int
    chat_id: int
    sender_id: int
    date: datetime
    kind: Kind = "text"
    text: str = ""  # or the caption
    entities: tuple[Entity, ...] = ()
    source: str = ""  # as sent, tags and all
    markup: JsonObject | None = None
    file: StoredFile | None = None
    extra: JsonObject | None = None  # fields of a contact, a sticker, a service message
    edited: datetime | None = None
    forwarded_from: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What "typing" and the like say; on real time, as the limits."""

    action: str
    at: float  # monotonic seconds


@dataclass(frozen=True, slots=True)
class Keyboard:
    """A reply keyboard or forced reply lives as long as its message, or until another replaces or removes it."""

    message_id: int
    hidden: bool = False  # a one-time keyboard after its use: the person can open it again


@dataclass(slots=True)
class Chat:
    id: int
    type: Literal["private", "group", "supergroup"]
    title: str = ""
    blocked: bool = False
    deactivated: bool = False
    member: bool = True  # whether the bot is one
    people: set[int] = field(default_factory=set)
    migrated_to: int | None = None
    actions: list[str] = field(default_factory=list)
    action: Action | None = None  # the last one, until a message of the bot ends it
    keyboard: Keyboard | None = None  # the reply keyboard that the person has now
    messages: dict[int, Message] = field(default_factory=dict)


@dataclass(slots=True)
class Tap:
    query_id: str
    chat_id: int
    message_id: int
    person_id: int
    data: str
    at: datetime
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(frozen=True, slots=True)
class WebhookError:
    message: str
    at: datetime


@dataclass(slots=True)
class Account:
    """One bot: all that Telegram keeps for it."""

    id: int
    username: str
    first_name: str
    token: str | None = None
    chats: dict[int, Chat] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)  # those of other bots mean nothing
    updates: Updates = field(default_factory=Updates)
    commands: dict[CommandKey, list[JsonObject]] = field(default_factory=dict)
    menu_buttons: dict[int, JsonObject] = field(default_factory=dict)  # by chat; 0: all others
    words: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # name, descriptions by language
    limits: Limits = field(default_factory=Limits)
    webhook: Webhook | None = None
    webhook_error: WebhookError | None = None  # the last one since the webhook was set
    last_message_id: int = 0

    def next_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id


@dataclass(frozen=True, slots=True)
class Call:
    number: int
    bot_id: int
    method: str
    parameters: JsonObject
    files: tuple[str, ...]
    at: datetime
    code: int  # as the bot saw it; 0: no answer came
    description: str
    problems: tuple[str, ...]
    effect: bool = False  # whether it was carried out, whatever the bot was told
    fault: str = ""  # the kind, when it was made to go wrong


@dataclass(slots=True)
class Books:
    people: dict[int, Person] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)  # "sendMessage 200"
    sent: int = 0  # messages that bots sent
    rates: Rates = field(default_factory=Rates)
    last_person_id: int = 500_000_000
    last_file: int = 0

    def account_of(self, token: str) -> Account:
        """The bot of a token; a new token takes the account that still waits for one."""
        bot_id = int(token.partition(":")[0])
        for account in self.accounts:
            if account.token == token:
                return account
            if account.token and account.id == bot_id:
                raise WrongSecret(f"bot {bot_id} has another token")
        waiting = next((found for found in self.accounts if found.token is None), None)
        if waiting is None:
            return self.add_account(token=token)
        waiting.token = token
        waiting.id = bot_id
        return waiting

    def add_account(self, username: str = "", token: str | None = None) -> Account:
        number = len(self.accounts)
        account = Account(
            id=int(token.partition(":")[0]) if token else FIRST_BOT_ID + number,
            username=username or ("simulator_bot" if number == 0 else f"simulator{number + 1}_bot"),
            first_name="Simulator",
            token=token,
            limits=Limits(self.rates),
        )
        self.accounts.append(account)
        return account

    def account_named(self, username: str = "") -> Account:
        """The bot that people write to: by its username, else the first."""
        if not self.accounts:
            self.add_account(username)
        if not username:
            return self.accounts[0]
        for account in self.accounts:
            if account.username == username:
                return account
        raise NoSuchBot(f"there is no bot @{username}")

    def set_rates(self, rates: Rates) -> None:
        """For every bot, with full bursts; how many were refused so far stays."""
        self.rates = rates
        for account in self.accounts:
            account.limits = Limits(rates, account.limits.refused)

    def note(self, call: Call) -> None:
        self.calls.append(call)
        self.counts[f"{call.method} {call.code}"] += 1

    def keep(self, account: Account, new: NewFile) -> StoredFile:
        self.last_file += 1
        name = plain_name(new.name)
        folder = FOLDERS.get(new.kind, "documents")
        stored = StoredFile(
            file_id=f"SIM{new.kind}{self.last_file:06d}AAAA",
            unique_id=f"SIMU{self.last_file:06d}",
            kind=new.kind,
            name=name,
            mime=plain_mime(new.mime),
            content=new.content,
            path=f"{folder}/file_{self.last_file}{suffix_in_a_path(name)}",
            width=new.sides[0],
            height=new.sides[1],
        )
        account.files[stored.file_id] = stored
        return stored
