"""Quick walks through a form with random answers, for the compiler: what is asked, what is offered. Pure and repeatable.

Follows the rules of flow.py without a chat: no cards, no stepping back. simulating.py is the slow twin that plays
whole people through the real interview.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Final

from bot.survey.expressions import ExpressionError, value_of
from bot.survey.flow import holds, offered, permits
from bot.survey.questionnaire import SILENT, Item, Questionnaire
from bot.survey.solving import sources_about
from bot.survey.trying import values_of

SKIPPED: Final = 0.15  # of the questions
_TRIES: Final = 6  # for a value that the constraint permits

Choices = Mapping[str, tuple[str, ...]]  # item name -> values worth giving


@dataclass(frozen=True, slots=True)
class Walked:
    """One walk: what was shown, and the options that were there to choose from."""

    shown: tuple[Item, ...]
    offered: Mapping[str, frozenset[str]]
    answers: Mapping[str, str]


@dataclass(slots=True)
class Seen:
    """What many walks together have come past."""

    walks: int = 0
    shown: set[str] = field(default_factory=set)
    offered: dict[str, set[str]] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)


def dice(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 -- a repeatable draw, not a secret


def choices_of(questionnaire: Questionnaire) -> Choices:
    about = sources_about(questionnaire)
    return {item.name: values_of(item, about[item.name]).texts for item in questionnaire.items}


def walked(questionnaire: Questionnaire, choices: Choices, dice: Random, now: datetime) -> Walked:
    walk = _Walk(choices, dice, now, dict.fromkeys(choices, ""))
    for item in questionnaire.items:
        if not holds(item.relevant, walk.answers, now):
            continue
        if item.kind in SILENT:
            walk.answers[item.name] = walk.silent(item)
        elif not walk.asked(item):
            break
    return Walked(tuple(walk.shown), walk.offered, walk.answers)


def note(seen: Seen, path: Walked) -> None:
    seen.walks += 1
    seen.shown.update(item.name for item in path.shown)
    seen.answered.update(name for name, value in path.answers.items() if value)
    for name, codes in path.offered.items():
        seen.offered.setdefault(name, set()).update(codes)


@dataclass(slots=True)
class _Walk:
    choices: Choices
    dice: Random
    now: datetime
    answers: dict[str, str]
    shown: list[Item] = field(default_factory=list)
    offered: dict[str, frozenset[str]] = field(default_factory=dict)

    def silent(self, item: Item) -> str:
        if item.kind == "hidden":
            return self.dice.choice(self.choices[item.name])
        try:
            return value_of(item.calculation, self.answers, now=self.now) or item.default
        except ExpressionError:
            return ""

    def asked(self, item: Item) -> bool:
        """False when an option that ends the interview was chosen."""
        if item.options and item.asked:
            options = offered(item, self.answers, self.now)
            self.offered[item.name] = frozenset(option.code for option in options)
            if not options:
                return True
        self.shown.append(item)
        if item.read_only:
            self.answers[item.name] = self.silent(item)
            return True
        value = self._given(item) if item.asked else ""
        self.answers[item.name] = value
        return not any(option.end for option in item.options if option.code in value.split())

    def _given(self, item: Item) -> str:
        if self.dice.random() < SKIPPED:
            return ""
        allowed = self.offered.get(item.name)
        for _ in range(_TRIES):
            value = self.dice.choice(self.choices[item.name])
            if allowed is not None and not allowed.issuperset(value.split()):
                continue
            if not item.constraint or permits(item, value, self.answers, self.now):
                return value
        return ""
