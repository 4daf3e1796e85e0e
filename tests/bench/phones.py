"""People at their phones inside the simulator's own process: whoever sees the next question taps at once.

A phone hears of a new card through the simulator's books, so neither waiting nor looking costs the machine anything that
would count against a bot. A reply is a tap, from when it is made until the card that answers it stands in the chat.
"""

import asyncio
from dataclasses import dataclass, field

from bot.simulator import people
from bot.simulator.books import Books, Call, Message, Person
from bot.simulator.keyboards import buttons
from bot.simulator.workbench import Workbench
from tests.bench.twenty import ANSWERS, NUMBER

CARDS = frozenset({"sendMessage", "editMessageText"})


class WatchedBooks(Books):
    """Tells whoever listens of every card that a bot shows."""

    crowd: "Crowd | None" = None

    def note(self, call: Call) -> None:
        super().note(call)
        if call.method in CARDS and call.effect and self.crowd is not None:
            self.crowd.saw(int(str(call.parameters["chat_id"])))


@dataclass(slots=True)
class Phone:
    chat_id: int
    taps: int = 0
    tapped_at: float = 0.0


@dataclass(slots=True)
class Crowd:
    bench: Workbench
    phones: dict[int, Phone]
    asked: set[int] = field(default_factory=set)  # who sees a question
    answering: bool = False
    seconds: list[float] = field(default_factory=list)  # of each reply
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    done: int = 0

    def saw(self, chat_id: int) -> None:
        phone = self.phones.get(chat_id)
        if phone is None:
            return  # somebody who does not answer just now
        if not self.answering:
            self._is_asked(phone)
        elif phone.taps < NUMBER:
            self._replied(phone)
            asyncio.get_running_loop().call_soon(self.tap, phone)
        else:
            self._replied(phone)
            self.done += 1
            self.changed.set()

    def tap(self, phone: Phone) -> None:
        found = self._choice(phone)
        assert found is not None, self._last(phone)
        phone.taps += 1
        phone.tapped_at = asyncio.get_running_loop().time()
        people.tap(self.bench.scene(), phone.chat_id, *found)
        self.bench.pulse.ring()

    def _is_asked(self, phone: Phone) -> None:
        if self._choice(phone):
            self.asked.add(phone.chat_id)
            self.changed.set()

    def _replied(self, phone: Phone) -> None:
        self.seconds.append(asyncio.get_running_loop().time() - phone.tapped_at)

    def _choice(self, phone: Phone) -> tuple[int, str] | None:
        """The button of this person's answer on the newest card."""
        message = self._last(phone)
        label = ANSWERS[(phone.chat_id + phone.taps) % len(ANSWERS)]
        for row in buttons(message.markup):
            for one in row:
                if label in str(one["text"]):
                    return message.message_id, str(one["callback_data"])
        return None

    def _last(self, phone: Phone) -> Message:
        chat = self.bench.books.account_named().chats[phone.chat_id]
        return next(reversed(chat.messages.values()))


@dataclass(frozen=True, slots=True)
class Leg:
    """What one crowd saw of one bot."""

    replies: int
    seconds: float
    waits: tuple[float, ...]

    @property
    def per_second(self) -> float:
        return self.replies / self.seconds


async def leg(bench: Workbench, chat_ids: range, greeting: str) -> Leg:
    """Everybody is shown the first question; then all answer the twenty, as fast as the bot lets them."""
    crowd = Crowd(bench, {chat_id: Phone(chat_id) for chat_id in chat_ids})
    books = bench.books
    assert isinstance(books, WatchedBooks)
    books.crowd = crowd
    for chat_id in chat_ids:
        people.add_person(books, Person(chat_id, f"Uji {chat_id}"))
        people.say(bench.scene(), chat_id, greeting)
    bench.pulse.ring()
    await _until(crowd, lambda: len(crowd.asked) == len(chat_ids))
    crowd.answering = True
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for phone in crowd.phones.values():
        crowd.tap(phone)
    await _until(crowd, lambda: crowd.done == len(chat_ids))
    ended = loop.time()
    books.crowd = None
    return Leg(len(crowd.seconds), ended - begun, tuple(crowd.seconds))


async def _until(crowd: Crowd, condition) -> None:
    async with asyncio.timeout(120):
        while not condition():
            crowd.changed.clear()
            await crowd.changed.wait()
