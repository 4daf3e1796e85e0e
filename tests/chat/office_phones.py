"""The phones of an office: several people write to one bot, and each sees what was sent to them.

It stands where receiving and outbox are: it runs the routed handler and shows every Outgoing value in the chat it is for.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.outgoing import (
    AnswerTap,
    EditMessage,
    Outgoing,
    Screen,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetMenu,
    ShowCard,
    ShowClassCard,
)
from bot.chat.routing import answered
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, data_of

NAMES = {ADMINISTRATOR: "Ratna", COORDINATOR: "Darma"}


@dataclass
class Phones:
    desk: Desk
    screens: dict[int, list[Screen]] = field(default_factory=lambda: defaultdict(list))
    files: dict[int, list[SendDocument]] = field(default_factory=lambda: defaultdict(list))
    photos: dict[int, list[SendPhoto]] = field(default_factory=lambda: defaultdict(list))
    menus: dict[int, SetMenu] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)
    _updates: count = field(default_factory=lambda: count(7000))

    async def write(self, who: int, text: str, number: int | None = None) -> str:
        """What the chat shows then."""
        content = {"message": {**_message(who), "text": text}}
        return await self.update(who, content, number)

    async def send(self, who: int, content: dict[str, object]) -> str:
        """Whatever a message may hold."""
        return await self.update(who, {"message": {**_message(who), **content}})

    async def send_file(self, who: int, name: str) -> str:
        document = {"file_id": "F1", "file_unique_id": "f1", "file_name": name, "file_size": 100}
        return await self.update(who, {"message": {**_message(who), "document": document}})

    async def tap(self, who: int, label: str) -> str:
        """The lowest button of the chat with such a label."""
        for screen in reversed(self.screens[who]):
            if any(label in button.label for row in screen.buttons for button in row):
                return await self.press(who, data_of(screen, label))
        raise AssertionError(f"no button {label} in {self.screens[who][-1]}")

    async def press(self, who: int, data: str, number: int | None = None) -> str:
        query = {
            "id": "1", "from": _person(who), "chat_instance": "1", "data": data,
            "message": {**_message(who), "text": "?"},
        }  # fmt: skip
        return await self.update(who, {"callback_query": query}, number)

    async def update(self, who: int, content: dict, number: int | None = None) -> str:
        update_id = next(self._updates) if number is None else number
        for outgoing in await answered(
            self.desk, Update.de_json({"update_id": update_id, **content})
        ):
            self._show(outgoing)
        return self.text(who)

    def text(self, who: int) -> str:
        return self.screens[who][-1].text if self.screens[who] else ""

    def link(self, who: int) -> str:
        """The invitation that stands lowest in the chat."""
        return self.text(who).split("start=")[1].split()[0]

    def commands(self, who: int, language: str = "") -> list[str]:
        return [name for name, _ in dict(self.menus[who].menus)[language]]

    def _show(self, outgoing: Outgoing) -> None:
        match outgoing:
            case SendMessage() | EditMessage() | ShowCard() | ShowClassCard():
                self.screens[outgoing.chat_id].append(outgoing.screen)
            case SendPhoto():
                self.photos[outgoing.chat_id].append(outgoing)
            case SendDocument():
                self.files[outgoing.chat_id].append(outgoing)
            case SetMenu():
                self.menus[outgoing.chat_id] = outgoing
            case AnswerTap():
                self.alerts.append(outgoing.text)


def _person(who: int) -> dict[str, object]:
    return {"id": who, "is_bot": False, "first_name": NAMES.get(who, f"Orang {who}")}


def _message(who: int) -> dict[str, object]:
    return {
        "message_id": 5, "date": 0, "chat": {"id": who, "type": "private"}, "from": _person(who),
    }  # fmt: skip
