"""A phone for the tests of handlers: it sends real updates, keeps what the chat shows, and taps what it sees.

It stands where receiving and outbox are: it runs the routed handler, shows the Outgoing values, and reports the new card.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.outgoing import (
    AnswerTap,
    EditMessage,
    LeaveChat,
    Outgoing,
    Screen,
    SendDocument,
    SendMessage,
    ShowCard,
)
from bot.chat.routing import answered
from bot.clock import FollowedClock
from bot.fieldwork import answering
from bot.store.database import Database
from bot.survey.study import Study
from tests.fieldwork.field import CHAT, NOW, SECRET, STUDY
from tests.sentences import TEXTS

FIRST_UPDATE = 5000


def desk(database: Database, study: Study = STUDY, now: datetime = NOW) -> Desk:
    return Desk(database.run, study, TEXTS, FollowedClock(now), SECRET, "bungo_test_bot")


@dataclass
class Phone:
    desk: Desk
    chat_id: int = CHAT
    messages: dict[int, Screen] = field(default_factory=dict)
    files: list[SendDocument] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    last: list[Outgoing] = field(default_factory=list)
    sent: dict[str, object] = field(default_factory=dict)  # the last message of the person
    _ids: count = field(default_factory=lambda: count(100))
    _updates: Iterator[int] = field(default_factory=lambda: count(FIRST_UPDATE))

    @property
    def card(self) -> int:
        """The lowest message that has buttons."""
        return max(number for number, screen in self.messages.items() if screen.buttons)

    @property
    def text(self) -> str:
        return self.messages[max(self.messages)].text

    def labels(self, message: int | None = None) -> list[str]:
        rows = self.messages[message or self.card].buttons
        return [button.label for row in rows for button in row]

    def with_buttons(self) -> list[int]:
        return [number for number, screen in self.messages.items() if screen.buttons]

    async def start(self, token: str = "") -> None:
        await self.write(f"/start {token}".strip())

    async def write(self, text: str, **more: object) -> None:
        await self.send({"text": text, **more})

    async def send(self, content: dict[str, object], update_id: int | None = None) -> None:
        self.sent = self.message(content)
        await self.update({"message": self.sent}, update_id)

    async def edit(
        self, message: dict[str, object], text: str | None = None, seconds: int = 60, **more: object
    ) -> dict[str, object]:
        """What was sent before says something else; returns the update, to be sent again."""
        said = {} if text is None else {"text": text}
        at = int(self.desk.clock.now().timestamp()) + seconds
        update = {"edited_message": {**message, **said, "edit_date": at, **more}}
        await self.update(update)
        return update

    async def tap(
        self, label: str, message: int | None = None, update_id: int | None = None
    ) -> None:
        at = message or self.card
        data = next(
            button.data
            for row in self.messages[at].buttons
            for button in row
            if button.label == label
        )
        await self.forge(data, at, update_id)

    async def forge(self, data: str, message: int, update_id: int | None = None) -> None:
        query = {
            "id": "1", "from": self._user(), "chat_instance": "1", "data": data,
            "message": {**self.message({"text": "?"}), "message_id": message},
        }  # fmt: skip
        await self.update({"callback_query": query}, update_id)

    async def update(self, content: dict[str, object], update_id: int | None = None) -> None:
        number = next(self._updates) if update_id is None else update_id
        update = Update.de_json({"update_id": number, **content})
        self.last = await answered(self.desk, update)
        for outgoing in self.last:
            await self._show(outgoing)

    def message(self, content: dict[str, object]) -> dict[str, object]:
        return {
            "message_id": next(self._ids), "date": int(self.desk.clock.now().timestamp()),
            "chat": {"id": self.chat_id, "type": "private"}, "from": self._user(), **content,
        }  # fmt: skip

    def forwarded(self) -> dict[str, object]:
        origin = {"type": "user", "date": int(NOW.timestamp()), "sender_user": self._user()}
        return {"forward_origin": origin}

    def _user(self) -> dict[str, object]:
        return {"id": self.chat_id, "is_bot": False, "first_name": "Orang"}

    async def _show(self, outgoing: Outgoing) -> None:
        match outgoing:
            case ShowCard(edit=int() as edited) if edited in self.messages:
                self.messages[edited] = outgoing.screen
            case ShowCard():
                if outgoing.retire in self.messages:
                    self.messages[outgoing.retire] = Screen(self.messages[outgoing.retire].text)
                number = self._new(outgoing.screen)
                await self.desk.run(answering.remember_card, self.chat_id, number, outgoing.posed)
            case SendMessage():
                self._new(outgoing.screen)
            case EditMessage():
                self.messages[outgoing.message_id] = outgoing.screen
            case AnswerTap():
                self.alerts.append(outgoing.text)
            case SendDocument():
                self.files.append(outgoing)
            case LeaveChat():
                raise AssertionError("left a private chat")

    def _new(self, screen: Screen) -> int:
        number = next(self._ids)
        self.messages[number] = screen
        return number


def at(hour: int, minute: int = 0, day: int = 3) -> datetime:
    return datetime(2027, 2, day, hour, minute, tzinfo=UTC)
