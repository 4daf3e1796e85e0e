"""Random people who answer a form through the real interview, so that its author sees how it goes. Pure, repeatable.

They tap and type, skip, step back, look at the review, send stickers, and now and then type nonsense. What is kept of
each is a Life: what was asked and answered, how often a constraint refused, whether the person got stuck.
simulated_replies.py decides what they say.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bot.survey.prompts import Ask, Review
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Disposition, Reply, Response, Tap, Turn
from bot.survey.response import answer, begin
from bot.survey.simulated_replies import odd_reply, skipping, wanted_reply
from bot.survey.timing import seconds
from bot.survey.walking import Choices, choices_of, dice

ODD: Final = 0.1  # of the replies: back, review, skip, sticker, nonsense
MOST_TRIES: Final = 8  # at one question before it is skipped
PATIENCE: Final = 40  # replies a question; whoever needs more is stuck

_PACE: Final = timedelta(seconds=7)
_REFUSALS: Final = frozenset({"author", "jawaban_ditolak", "angka_salah"})


@dataclass(frozen=True, slots=True)
class Life:
    """One simulated person."""

    asked: tuple[str, ...]  # in the order in which they came up
    answers: Mapping[str, str]
    refused: Mapping[str, int]  # by the constraint, of replies that were meant well
    given_up: frozenset[str]  # skipped because nothing was accepted
    replies: int
    seconds: float  # by the estimate of timing.py
    disposition: Disposition
    stuck_at: str = ""


def simulated(
    questionnaire: Questionnaire, people: int, seed: int, now: datetime
) -> Iterator[Life]:
    choices = choices_of(questionnaire)
    for number in range(people):
        yield _lived(questionnaire, choices, dice(f"{seed}/{number}"), now)


@dataclass(slots=True)
class _Person:
    questionnaire: Questionnaire
    choices: Choices
    dice: Random
    turn: Turn
    asked: dict[str, None] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    given_up: set[str] = field(default_factory=set)
    replies: int = 0
    meant_well: bool = False  # the reply under way

    def reply(self) -> Reply:
        """What this person does next, to whatever is shown."""
        prompt, response = self.turn.prompt, self.turn.response
        if isinstance(prompt, Ask):
            name = prompt.item.name
            self.asked.setdefault(name)
            self.tries[name] += 1
            self.meant_well = False
            patience = MOST_TRIES + 2 * len(prompt.item.options)
            if self.tries[name] > patience and prompt.awaiting != "other":
                self.given_up.add(name)
                return skipping(prompt, response)
            if self.dice.random() < ODD:
                return odd_reply(prompt, response, self.dice)
            self.meant_well = True
            return wanted_reply(prompt, response, self.choices[name], self.dice)
        return Tap("submit", "", response.revision)

    def hear(self, turn: Turn) -> None:
        self.replies += 1
        before = self.turn.response.current
        if isinstance(turn.prompt, Ask) and turn.prompt.item.name == before:
            notice = turn.prompt.notice
            if notice and notice.key in _REFUSALS and self.meant_well:
                self.refused[turn.prompt.item.name] += 1
        elif before:
            self.tries[before] = 0
        self.turn = turn


def _lived(questionnaire: Questionnaire, choices: Choices, dice: Random, now: datetime) -> Life:
    hidden = {
        item.name: dice.choice(choices[item.name])
        for item in questionnaire.items
        if item.kind == "hidden"
    }
    response = Response(
        1, questionnaire.name, questionnaire.version, hidden=hidden, seed=dice.randrange(2**31),
        language=dice.choice(questionnaire.languages),
    )  # fmt: skip
    person = _Person(questionnaire, choices, dice, begin(questionnaire, response, now))
    most = PATIENCE * (1 + sum(item.asked for item in questionnaire.items))
    while isinstance(person.turn.prompt, Ask | Review) and person.replies < most:
        now += _PACE
        reply = person.reply()
        person.hear(answer(questionnaire, person.turn.response, reply, now))
    return _life(person)


def _life(person: _Person) -> Life:
    response = person.turn.response
    taken = sum(
        seconds(person.questionnaire.item(name), response.language) for name in person.asked
    )
    return Life(
        asked=tuple(person.asked),
        answers={name: given.value for name, given in response.answers.items()},
        refused=person.refused,
        given_up=frozenset(person.given_up),
        replies=person.replies,
        seconds=taken,
        disposition=response.disposition,
        stuck_at=(response.current or "review") if response.stage != "done" else "",
    )
