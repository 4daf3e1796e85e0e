"""A person of the demo at the phone: looks at the screen, makes one move, waits for the next beat.

What sets people apart is when they begin, when they stop, and how they tap; what they answer is mind.py's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from bot.demo.cast import Alumnus, Temperament
from bot.demo.mind import AGREES, BEGINNINGS, DECLINES, Mind, Say, Tap, decide
from bot.demo.phone import Card, Phone

PAUSES_AFTER = 9  # cards, for those who stop half-way
BLOCKS_AFTER = 3
# How many invitations and reminders pass before a person begins: in the class, and at the office.
PATIENCE_IN_CLASS: dict[Temperament, int] = {"late": 1}
PATIENCE_LATER: dict[Temperament, tuple[int, ...]] = {
    "prompt": (0, 0, 0, 1), "late": (1, 2, 9), "half_way": (0, 1), "editor": (0, 1),
    "double_tapper": (0, 1), "absent": (9,),
}  # fmt: skip
EDITS_AT = 6


@dataclass(slots=True)
class Person:
    phone: Phone
    temperament: Temperament
    mind: Mind
    seed: str
    patience: int = 0  # how many invitations and reminders pass before the person begins
    contacts_seen: int = 0
    moves: int = 0  # of this round
    gone: bool = False
    _last_seen: tuple[int, str] = (0, "")
    _resting: bool = field(default=False)

    def new_round(self, patience: int) -> None:
        self.patience, self.contacts_seen, self.moves = patience, 0, 0
        self._resting = False

    async def move(self) -> bool:
        """One move, if the screen asks for one; False when there is nothing to do."""
        card = await self.phone.card()
        if self.gone or card is None or card.mark == self._last_seen:
            return False
        if card.has(AGREES, *BEGINNINGS) and not self._begins(card):
            return False
        self._last_seen = card.mark
        return await self._act(card)

    def _begins(self, card: Card) -> bool:
        if card.mark != self._last_seen:
            self.contacts_seen += 1
            self._last_seen = card.mark
        if self.contacts_seen <= self.patience:
            return False
        self._resting = False
        return True

    async def _act(self, card: Card) -> bool:
        if self._resting:
            return False
        self.moves += 1
        if self.temperament == "refuser" and card.has(DECLINES):
            await self.phone.tap(DECLINES)
            return True
        if self.temperament == "blocker" and self.moves > BLOCKS_AFTER:
            self.gone = True
            await self.phone.block()
            return True
        if self.temperament == "half_way" and self.moves == PAUSES_AFTER:
            self._resting = True  # the phone goes into the pocket; a reminder brings it out again
            return False
        if self.temperament == "editor" and self.moves == EDITS_AT and card.has("Kembali"):
            await self.phone.tap("Kembali")
            return True
        return await self._answer(card)

    async def _answer(self, card: Card) -> bool:
        random = Random(f"{self.seed} {self.phone.chat_id} {self.moves} {card.question}")
        match decide(self.mind, card.text, card.labels, random):
            case Tap(label):
                await self.phone.tap(label)
                if self.temperament == "double_tapper" and label not in {AGREES, *BEGINNINGS}:
                    await self.phone.tap_again()
            case Say(text):
                await self.phone.say(text)
            case None:
                return False
        return True


def alumnus(phone: Phone, one: Alumnus, seed: int) -> Person:
    random = Random(f"mind {seed} {one.chat_id}")
    mind = Mind(lean=random.uniform(0.55, 0.9), talkative=random.uniform(0.1, 0.6))
    return Person(phone, one.temperament, mind, str(seed))


def superior_at(phone: Phone, seed: int, random: Random) -> Person:
    mind = Mind(lean=random.uniform(0.5, 0.85), talkative=random.uniform(0.1, 0.4))
    return Person(phone, "prompt", mind, str(seed), patience=random.choice((0, 0, 1, 2, 9)))


def draw_patience(people: Iterable[Person], seed: int) -> None:
    random = Random(f"patience {seed}")
    for person in people:
        person.new_round(random.choice(PATIENCE_LATER.get(person.temperament, (0,))))
