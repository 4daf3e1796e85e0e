"""A person of the town at the phone: sees the newest card, answers it in a way that depends on person and question alone.

So the same people give the same answers whatever goes wrong on the way, and what was stored can be foretold. A
person who hears nothing for a while taps or writes again, or asks with /lanjut, as people do. Who has seen the next question
remembers the answer before it as acknowledged.
"""

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.buttons import AnswerButton, Press, decode
from bot.simulator import people
from bot.simulator.books import Message
from bot.simulator.keyboards import buttons
from bot.simulator.people import Deed
from bot.simulator.workbench import Workbench

PATIENCE = 1.5  # seconds without any news; then the person tries again
AFTER = frozenset({"look", "change"})  # buttons of who has finished


Button = tuple[str, AnswerButton | Press]  # its data, and what that says


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest message with buttons."""

    message: Message
    buttons: tuple[Button, ...]

    @property
    def position(self) -> int | None:
        return next(
            (one.position for _, one in self.buttons if isinstance(one, AnswerButton)), None
        )

    @property
    def mark(self) -> object:
        return self.message.message_id, tuple(data for data, _ in self.buttons)

    def of_action(self, *actions: str) -> list[Button]:
        return [(data, one) for data, one in self.buttons if one.action in actions]


@dataclass(frozen=True, slots=True)
class Sent:
    at: datetime
    is_tap: bool


@dataclass(slots=True)
class Respondent:
    bench: Workbench
    chat_id: int
    stops_after: int = 1000  # cards, of this stint
    acknowledged: dict[int, str] = field(default_factory=dict)  # position -> what was answered
    said: dict[int, str] = field(default_factory=dict)
    finished: bool = False
    sent: dict[int, Sent] = field(default_factory=dict)  # by update_id

    def seen(self) -> Seen | None:
        account = self.bench.books.account_named()
        chat = account.chats.get(self.chat_id)
        for message in reversed(chat.messages.values()) if chat else ():
            if message.sender_id != account.id:
                continue
            shown = [
                str(one.get("callback_data", "")) for row in buttons(message.markup) for one in row
            ]
            read = ((data, decode(data)) for data in shown)
            known = tuple((data, button) for data, button in read if button is not None)
            if known:
                return Seen(message, known)
        return None

    async def answer(self) -> None:
        """One stint: until finished, or so many questions on."""
        while not self.note_what_is_acknowledged():
            before = self.seen()
            self._act(before)
            await self._until_news(before)

    def note_what_is_acknowledged(self) -> bool:
        """True: the stint is over."""
        seen = self.seen()
        if seen is not None:
            self._note(seen)
        return self.finished or len(self.acknowledged) >= self.stops_after

    def _note(self, seen: Seen) -> None:
        if seen.of_action(*AFTER):
            self.finished = True
        here = seen.position
        passed = [one for one in self.said if self.finished or (here is not None and one < here)]
        for position in passed:
            self.acknowledged[position] = self.said.pop(position)

    async def _until_news(self, before: Seen | None) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        known = before.mark if before else None
        while self._is_as(known):
            await self.bench.pulse.wait(max(0.0, until - loop.time()))
            # News of the last moment are looked at first: they may be the end of the stint.
            if loop.time() >= until and self._is_as(known):
                self._act(self.seen())
                until = loop.time() + PATIENCE

    def _is_as(self, known: object) -> bool:
        now = self.seen()
        return now is None or now.mark == known

    # ---- what the person does -----------------------------------------------------------------------

    def _act(self, seen: Seen | None) -> None:
        if seen is None:
            self._say("/lanjut")
        elif seen.position is None:
            self._open(seen)
        else:
            self._reply(seen, seen.position)

    def _open(self, seen: Seen) -> None:
        for actions in (("agree",), ("begin", "take", "continue")):
            if found := seen.of_action(*actions):
                self._tap(seen, found[0][0])
                return
        self._say("/lanjut")

    def _reply(self, seen: Seen, position: int) -> None:
        ticked, done = seen.of_action("off"), seen.of_action("done", "submit")
        if done and (ticked or not seen.of_action("on")):
            if ticked:
                self.said[position] = _value(ticked[0])
            self._tap(seen, done[0][0])
            return
        if found := seen.of_action("choose", "on"):
            chosen = found[self._draw(position) % len(found)]
            if chosen[1].action == "choose":
                self.said[position] = _value(chosen)
            self._tap(seen, chosen[0])
        else:
            self._write(position)

    def _write(self, position: int) -> None:
        """Once more for who is impatient: a copy that was written before the next question came must not answer that one."""
        self.said[position] = f"jawaban {self.chat_id} untuk soal {position}"
        self._say(self.said[position])

    def _draw(self, position: int) -> int:
        return hashlib.sha256(f"{self.chat_id} {position}".encode()).digest()[0]

    def _tap(self, seen: Seen, data: str) -> None:
        self._note_sent(people.tap(self.bench.scene(), self.chat_id, seen.message.message_id, data))

    def _say(self, text: str) -> None:
        said = people.say(self.bench.scene(), self.chat_id, text)
        self._note_sent(said)

    def _note_sent(self, deed: Deed) -> None:
        is_tap = bool(deed.query_id)
        self.sent |= {one: Sent(self.bench.clock.now(), is_tap) for one in deed.update_ids}
        self.bench.pulse.ring()


def _value(button: Button) -> str:
    return button[1].value if isinstance(button[1], AnswerButton) else ""
