"""Whether any answers at all bring something about: an item asked, a constraint met, an option offered. Pure.

Goes through the answers that matter, in the order of the form, like a person: what is not relevant is empty, an
option filtered away cannot be chosen, a refused value is not given. "impossible" is said only when every answer was
represented (trying.py); when there were too many, or an expression looks at the time, it is "unknown".
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from bot.survey.expressions import ExpressionError, references, value_of
from bot.survey.flow import holds, offered, permits
from bot.survey.questionnaire import Item, Questionnaire
from bot.survey.trying import Values, values_of
from bot.survey.xpath import compiled

Verdict = Literal["possible", "impossible", "unknown"]
Answers = Mapping[str, str]

MOST_TRIED: Final = 20_000  # answers, about a second


def verdict(
    questionnaire: Questionnaire,
    target: Item,
    sources: tuple[str, ...],
    reached: Callable[[Answers], bool],
    now: datetime,
    *,
    itself: bool = False,
) -> Verdict:
    """`sources` are the target's expressions that `reached` looks at; with `itself` it is answered too."""
    names = {name for source in sources for name in references(source)}
    names = names | {target.name} if itself else names - {target.name}
    try:
        items = _all_behind(questionnaire, names)
        values = _values(questionnaire, items)
        search = _Search(target, items, values, reached, now)
        if search.found(0):
            return "possible"
    except (ExpressionError, KeyError):
        return "unknown"
    looked_at = (*sources, *(source for item in items for source in sources_of(item)))
    complete = all(tried.complete for tried in values.values()) and _timeless(looked_at)
    return "impossible" if complete and search.tried < MOST_TRIED else "unknown"


def sources_of(item: Item) -> tuple[str, ...]:
    """The expressions that decide what an item holds."""
    written = (item.relevant, item.constraint, item.choice_filter, item.calculation)
    return tuple(source for source in written if source)


def sources_about(questionnaire: Questionnaire) -> Mapping[str, list[str]]:
    """For each item the expressions that look at it."""
    about: dict[str, list[str]] = {item.name: [] for item in questionnaire.items}
    for item in questionnaire.items:
        for source in sources_of(item):
            for name in {*references(source), *({item.name} if source == item.constraint else ())}:
                about.setdefault(name, []).append(source)
    return about


@dataclass(slots=True)
class _Search:
    target: Item
    items: tuple[Item, ...]
    values: Mapping[str, Values]
    reached: Callable[[Answers], bool]
    now: datetime
    tried: int = 0
    answers: dict[str, str] = field(default_factory=dict)

    def found(self, place: int) -> bool:
        if self.tried >= MOST_TRIED:
            return False
        if place == len(self.items):
            return self.reached(self.answers)
        item = self.items[place]
        for value in self._possible(item):
            self.tried += 1
            self.answers[item.name] = value
            if self.found(place + 1):
                return True
        self.answers.pop(item.name, None)
        return False

    def _possible(self, item: Item) -> Iterable[str]:
        if not holds(item.relevant, self.answers, self.now):
            return ("",)
        if item.computed:
            computed = value_of(item.calculation, self.answers, now=self.now)
            return (computed or item.default,)
        values = self.values[item.name].texts
        if item.kind == "hidden":
            return values
        return [value for value in values if not value or self._given(item, value)]

    def _given(self, item: Item, value: str) -> bool:
        if item.options:
            codes = {option.code for option in offered(item, self.answers, self.now)}
            if item is not self.target:  # behind an option that ends it, nothing more is asked
                codes -= {option.code for option in item.options if option.end}
            if not codes.issuperset(value.split()):
                return False
        return not item.constraint or permits(item, value, self.answers, self.now)


def _all_behind(questionnaire: Questionnaire, names: Iterable[str]) -> tuple[Item, ...]:
    """The named items and all that they depend on, in the order of the form."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for source in sources_of(questionnaire.item(name)):
            waiting += references(source)
    return tuple(item for item in questionnaire.items if item.name in seen)


def _values(questionnaire: Questionnaire, items: tuple[Item, ...]) -> Mapping[str, Values]:
    about = sources_about(questionnaire)
    return {
        item.name: Values(("",), complete=True)
        if item.computed or item.kind == "note"
        else values_of(item, about[item.name])
        for item in items
    }


def _timeless(sources: Iterable[str]) -> bool:
    """Nothing that decides looks at the clock, at chance or at the language."""
    return all(not compiled(source).looks_at - {"own"} for source in sources)
