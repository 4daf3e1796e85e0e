"""Signs of careless answering, per response and per answer. Pure; a flag is a hint and deletes nothing.

1. Speed is judged against the same round: an answer against the median time of its item, a response
   against the sum of those medians over the items it answered, so a short branch is not a fast person.
2. An item with fewer than `fewest` timed answers has no median and flags nobody; a response with fewer
   than `fewest_items` such items is not judged as a whole. Straight lines need nobody else.
3. A pause must not hide a hurry: in the time of a whole response, an item counts as its median at most.
4. Skipped questions and calculates have no time worth judging, and who revises has read the question
   before: these take no part.

Sources: the speeding index is the mean of median / own time, each capped at 3, too fast from 2.0 (Leiner,
"Too fast, too straight, too weird", Survey Research Methods 13(3), 2019); a third of the median time is the
usual cut for a whole questionnaire, and stricter cuts find worse data but fewer people (Greszki, Meyer, Schoen,
Public Opinion Quarterly 79(2), 2015); straight lines are the longest run of one code ("longstring": Johnson,
Journal of Research in Personality 39(1), 2005; Curran, Journal of Experimental Social Psychology 66, 2016).
How long a run must be is a convention of each study: 6 is the longest scale block of the built-in forms.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median
from typing import Final

from bot.survey.questionnaire import Item, Questionnaire

# The words of the column `flag`, in the order in which they stand there.
FAST: Final = "fast"  # an answer in under a third of the median of its item
STRAIGHT: Final = "straight"  # an answer inside a long run of one code
FAST_ITEMS: Final = "fast_items"  # a response: the speeding index is high
FAST_WHOLE: Final = "fast_whole"  # a response: under a third of the round's time for those items
STRAIGHTLINING: Final = "straightlining"  # a response that holds a long run of one code


@dataclass(frozen=True, slots=True)
class Thresholds:
    fast_share: float = 1 / 3  # of the median of an item, and of the medians of all items together
    fast_index: float = 2.0  # the speeding index; 1 is the median person
    straight_run: int = 6  # answers with one code in a row, within one scale block
    fewest: int = 10  # timed answers that make a median
    fewest_items: int = 5  # items with a median that make a judgement of the whole


@dataclass(frozen=True, slots=True)
class Given:
    value: str
    seconds: float | None
    revised: int = 0

    @property
    def first_look(self) -> float | None:
        """The seconds, where they tell how long somebody read and thought."""
        return None if self.revised or not self.value else self.seconds


@dataclass(frozen=True, slots=True)
class Flags:
    response: tuple[str, ...] = ()
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # only those with a flag


Pace = Mapping[str, float]  # item -> median seconds in the round

_DEFAULT: Final = Thresholds()
_CAP: Final = 3.0  # how much one item may add to the index


def pace_of(times: Iterable[tuple[str, float]], thresholds: Thresholds = _DEFAULT) -> Pace:
    """The median seconds of every item that enough people of the round answered."""
    by_item: defaultdict[str, list[float]] = defaultdict(list)
    for item, seconds in times:
        by_item[item].append(seconds)
    medians = {
        item: median(found) for item, found in by_item.items() if len(found) >= thresholds.fewest
    }
    return {item: middle for item, middle in medians.items() if middle > 0}


def flags_of(
    questionnaire: Questionnaire,
    answers: Mapping[str, Given],
    pace: Pace,
    thresholds: Thresholds = _DEFAULT,
) -> Flags:
    timed = {
        item: seconds
        for item, given in answers.items()
        if item in pace and (seconds := given.first_look) is not None
    }
    fast = {item for item, seconds in timed.items() if seconds < pace[item] * thresholds.fast_share}
    straight = {
        item for run in _runs(questionnaire, answers, thresholds.straight_run) for item in run
    }
    items = {
        item: (*(FAST,) * (item in fast), *(STRAIGHT,) * (item in straight))
        for item in answers
        if item in fast or item in straight
    }
    whole = (*_hurried(timed, pace, thresholds), *(STRAIGHTLINING,) * bool(straight))
    return Flags(whole, items)


def _hurried(timed: Mapping[str, float], pace: Pace, thresholds: Thresholds) -> Iterator[str]:
    if len(timed) < thresholds.fewest_items:
        return
    index = sum(_speed(pace[item], seconds) for item, seconds in timed.items()) / len(timed)
    if index >= thresholds.fast_index:
        yield FAST_ITEMS
    own = sum(min(seconds, pace[item]) for item, seconds in timed.items())
    if own < sum(pace[item] for item in timed) * thresholds.fast_share:
        yield FAST_WHOLE


def _speed(middle: float, seconds: float) -> float:
    return min(_CAP, middle / seconds) if seconds > 0 else _CAP


def _runs(
    questionnaire: Questionnaire, answers: Mapping[str, Given], shortest: int
) -> Iterator[list[str]]:
    """The items of every long run of one code: consecutive questions on the same scale."""
    asked = (item for item in questionnaire.asked() if item.name in answers)
    for (scale, code), run in groupby(asked, key=lambda it: (_scale(it), answers[it.name].value)):
        names = [item.name for item in run]
        if scale and code and len(names) >= shortest:
            yield names


def _scale(item: Item) -> tuple[str, ...]:
    """What makes two questions one block; empty for a question that is no scale."""
    if item.kind == "select_one" and len(item.options) > 1:
        return tuple(option.code for option in item.options)
    if item.kind == "range":
        return (str(item.start), str(item.stop), str(item.step))
    return ()
