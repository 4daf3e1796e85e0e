"""The people whom the visitor does not play: they scan, connect and answer live, each after their temperament.

A visitor may take any phone in hand at any time, so every move is decided from what the screen shows now, and a phone on
which something else happened meanwhile is left alone until the next time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from random import Random

from bot.demo.cast import Alumnus, Superior
from bot.demo.people import PATIENCE_IN_CLASS, Person, alumnus, draw_patience, superior_at
from bot.demo.phone import World
from bot.demo.story import BEAT, MOST_BEATS, SUPERIORS_CONNECTED
from bot.demo.tour.milestones import CONNECTED, THANKS, Sentences
from bot.simulator.client import SimulatorRefused
from bot.simulator.views import MessageView

FIND_ME = "Pilih nama saya"
Told = Callable[[int], Awaitable[None]]  # how many are moving


@dataclass(slots=True)
class Player:
    person: Person
    known: Sentences
    token: str  # of the class link, or the personal one
    name: str = ""  # as on the class list; a personal link needs none
    born: str = ""
    finished: bool = False  # when last looked at
    _opened: bool = False
    _connected: bool = False

    async def move(self) -> bool:
        try:
            return await self._connect() or await self._answer()
        except SimulatorRefused:
            return False  # blocked, or the visitor was faster

    async def _connect(self) -> bool:
        if self._connected:
            return False
        said = [one for one in await self.person.phone.messages() if one.from_bot]
        if any(self.known.begins(one.text, *CONNECTED) for one in said):
            self._connected = True
            return False
        return await self._find_me(said[-1:]) or await self._open()

    async def _find_me(self, last: Sequence[MessageView]) -> bool:
        """Three letters of the name, the name, the birth date: what the last message asks for."""
        phone = self.person.phone
        text = last[0].text if last and self.name else ""
        if label := next(
            (one for one in (FIND_ME, self.name) if text and one in last[0].labels), ""
        ):
            await phone.tap(label)
        elif self.known.begins(text, "tulis_nama"):
            await phone.say(self.name[:3])
        elif self.known.begins(text, "tulis_tanggal_lahir"):
            await phone.say(self.born)
        else:
            return False
        return True

    async def _open(self) -> bool:
        if self._opened:
            self._connected = not self.name  # a personal link asks for nothing more
            return False
        self._opened = True
        await self.person.phone.say(f"/start {self.token}")
        return True

    async def _answer(self) -> bool:
        card = await self.person.phone.card()
        self.finished = card is not None and self.known.begins(card.text, *THANKS)
        return await self.person.move()


@dataclass(frozen=True, slots=True)
class Casting:
    """Makes players of people who are in the world already."""

    world: World
    known: Sentences
    seed: int

    def member(self, one: Alumnus, class_token: str) -> Player:
        person = alumnus(self.world.phone(one.chat_id), one, self.seed)
        person.new_round(PATIENCE_IN_CLASS.get(one.temperament, 0))
        return Player(person, self.known, class_token, one.name, f"{one.born:%d/%m/%Y}")

    def superior(self, one: Superior, token: str, random: Random) -> Player:
        person = superior_at(self.world.phone(one.chat_id), self.seed, random)
        return Player(person, self.known, token)

    def willing_superiors(
        self, all_of_them: Sequence[Superior], links: dict[str, str]
    ) -> list[Player]:
        """Some never open their link."""
        random = Random(f"superiors {self.seed}")
        return [
            self.superior(one, links[one.nip], random)
            for one in sorted(all_of_them, key=lambda superior: superior.nip)
            if random.random() < SUPERIORS_CONNECTED and one.nip in links
        ]  # fmt: skip

    def begin_follow_up(self, players: Sequence[Player]) -> None:
        draw_patience((player.person for player in players), self.seed)


async def play(world: World, players: Sequence[Player], told: Told, pace: float) -> int:
    """In beats, everybody once; who has nothing to do sits out. How many beats had a move."""
    active = list(players)
    for beats in range(MOST_BEATS):
        pause = asyncio.create_task(asyncio.sleep(pace))  # so that one can watch
        moved = await asyncio.gather(*(player.move() for player in active))
        await world.quiet()
        active = [player for player, did in zip(active, moved, strict=True) if did]
        await told(len(active))
        if not active:
            pause.cancel()
            return beats
        await world.pass_time(BEAT)
        await pause
    return MOST_BEATS
