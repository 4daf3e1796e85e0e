"""What a person of the demo can do with a phone, and what the world does around them. Speaks to the simulator only.

A simulated second and a real one have nothing in common: waiting here means until the screen changed or
the bot is quiet, never a sleep of a guessed length.
"""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.simulator.client import SimulatedPerson, SimulatorClient
from bot.simulator.views import ChatView, MessageView

LOOK_EVERY = 0.05  # seconds, real
LOOK_TIMES = 400
QUIET_WITHIN = 60.0


class Stuck(Exception):
    """The chat did not come to the point where the story goes on."""


@dataclass(frozen=True, slots=True)
class Card:
    """The newest message that has buttons or asks for a text."""

    message: MessageView

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def question(self) -> str:
        return self.text.splitlines()[-1] if self.text else ""

    @property
    def labels(self) -> list[str]:
        return self.message.labels

    @property
    def mark(self) -> tuple[int, str]:
        """Changes whenever the card does."""
        return self.message.message_id, f"{self.text} {self.labels}"

    def has(self, *labels: str) -> bool:
        return any(label in self.labels for label in labels)

    def containing(self, part: str) -> str | None:
        return next((label for label in self.labels if part in label), None)


@dataclass(slots=True)
class Phone:
    person: SimulatedPerson
    _last_tap: tuple[int, str] = field(default=(0, ""))
    _shown: MessageView | None = field(default=None)

    @property
    def chat_id(self) -> int:
        return self.person.id

    async def card(self) -> Card | None:
        self._shown = (await self.chat()).card
        return Card(self._shown) if self._shown else None

    async def chat(self) -> ChatView:
        return await self.person.chat()

    async def messages(self) -> tuple[MessageView, ...]:
        """None as long as this person and the bot never met."""
        met = self.chat_id in await self.person.client.chats()
        return (await self.chat()).messages if met else ()

    async def say(self, text: str) -> None:
        await self.person.send_text(text)

    async def tap(self, label: str) -> None:
        message = self._shown
        if message is None or label not in message.labels:
            chat = await self.chat()
            message = next(one for one in reversed(chat.messages) if label in one.labels)
        self._last_tap = (message.message_id, message.button(label).data)
        await self.person.tap(label, message.message_id)

    async def tap_again(self) -> None:
        """The finger that comes down twice: the same button, whether it is still there or not."""
        await self.person.forge_tap(*self._last_tap)

    async def tap_containing(self, part: str) -> None:
        card = await self.card()
        label = card.containing(part) if card else None
        if label is None:
            raise Stuck(f"no button with {part!r} for {self.chat_id}: {card and card.labels}")
        await self.tap(label)

    async def block(self) -> None:
        await self.person.block()

    async def wait_and_tap(self, label: str) -> None:
        for _ in range(LOOK_TIMES):
            card = await self.card()
            if card is not None and card.has(label):
                await self.tap(label)
                return
            await asyncio.sleep(LOOK_EVERY)
        raise Stuck(f"{label!r} never appeared for {self.chat_id}")

    async def wait_for_file(self, begins: str) -> None:
        for _ in range(LOOK_TIMES * 3):
            messages = reversed((await self.chat()).messages)
            if any(one.file is not None and one.file.name.startswith(begins) for one in messages):
                return
            await asyncio.sleep(LOOK_EVERY)
        raise Stuck(f"no file {begins!r} came to {self.chat_id}")

    async def find(self, pattern: str) -> str:
        """The first group of the pattern in the newest message that has it."""
        for message in reversed((await self.chat()).messages):
            if found := re.search(pattern, message.text):
                return found.group(1)
        raise Stuck(f"nothing like {pattern!r} in the chat of {self.chat_id}")


@dataclass(slots=True)
class World:
    client: SimulatorClient
    phones: dict[int, Phone] = field(default_factory=dict)

    async def join(self, chat_id: int, name: str, role: str = "") -> Phone:
        person = await self.client.create_person(name, person_id=chat_id, role=role)
        self.phones[chat_id] = Phone(person)
        return self.phones[chat_id]

    def phone(self, chat_id: int) -> Phone:
        return self.phones[chat_id]

    async def quiet(self) -> None:
        await self.client.wait_quiet(within=QUIET_WITHIN)

    async def pass_time(self, step: timedelta) -> None:
        await self.client.advance(step)

    async def jump_to(self, moment: datetime) -> int:
        """How many messages the bot sent on the way."""
        return (await self.client.advance_to(moment)).messages

    async def now(self) -> datetime:
        return await self.client.now()
