"""What many simulated people came past, as figures: every item and option, how long it took, who got stuck. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.survey.domains import steps
from bot.survey.questionnaire import Item, Questionnaire
from bot.survey.simulating import Life

_NEARLY_ALL: Final = 0.9


@dataclass(frozen=True, slots=True)
class Spread:
    least: float
    median: float
    nine_of_ten: float
    most: float


@dataclass(frozen=True, slots=True)
class Coverage:
    item: str
    asked: int
    answered: int
    refused: int  # replies that the constraint refused
    given_up: int  # people who skipped it because nothing was accepted
    options: Mapping[str, int]  # code, or step of a range -> by how many it was chosen


@dataclass(frozen=True, slots=True)
class Simulation:
    people: int
    questions: Spread
    minutes: Spread
    dispositions: Mapping[str, int]
    stuck: Mapping[str, int]  # item -> people
    items: tuple[Coverage, ...]


def coverage_of(questionnaire: Questionnaire, lives: Sequence[Life]) -> Simulation:
    """Of at least one life."""
    return Simulation(
        people=len(lives),
        questions=_spread([len(life.asked) for life in lives]),
        minutes=_spread([life.seconds / 60 for life in lives]),
        dispositions=Counter(life.disposition for life in lives if not life.stuck_at),
        stuck=Counter(life.stuck_at for life in lives if life.stuck_at),
        items=tuple(_covered(item, lives) for item in questionnaire.asked()),
    )


def _covered(item: Item, lives: Sequence[Life]) -> Coverage:
    given = [life.answers.get(item.name, "") for life in lives]
    codes = [option.code for option in item.options] or steps(item)
    chosen = Counter(code for value in given for code in set(value.split()) if codes)
    return Coverage(
        item.name,
        asked=sum(item.name in life.asked for life in lives),
        answered=sum(bool(value) for value in given),
        refused=sum(life.refused.get(item.name, 0) for life in lives),
        given_up=sum(item.name in life.given_up for life in lives),
        options={code: chosen[code] for code in codes},
    )


def _spread(figures: Sequence[float]) -> Spread:
    ordered = sorted(figures)

    def at(share: float) -> float:
        return float(ordered[int(share * (len(ordered) - 1))])

    return Spread(at(0), at(0.5), at(_NEARLY_ALL), at(1))
