"""Whom to interview: the success case method on stored answers, after [scm] of study.toml. Pure; the same seed selects the same.

1. The score has 0 to 10 points: how often it is applied (0-4), what came of it (0-3), what the service gained (0-3). What was
   not asked, or is not known, gives none.
2. Successes have at least `success_from` points and are among the top `share` of all who answered; the others have at most
   `non_success_to` and are among the lowest. Of each at least `least` and at most `most`: fewer when fewer fit, never others.
3. Only who agreed in the follow-up to be interviewed; at most `most_per_unit` of a unit in each branch; a draw decides between
   equals. The codes K01, K02 ... are drawn over both branches, so a code tells nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random
from typing import Final, Literal

from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Answer
from bot.survey.study import CaseRule

Branch = Literal["berhasil", "belum_berhasil"]  # as the form of the interview calls them
INTERVIEW: Final = "interview"  # the round of the cases
_FROM_ONE: Final = frozenset({"dampak"})  # its scale begins with 1, which is no effect


@dataclass(frozen=True, slots=True)
class Candidate:
    """An alumnus whose follow-up counts."""

    person_id: int
    code: str  # the pseudonym: what the draw hangs on
    unit: str
    score: float
    is_willing: bool


@dataclass(frozen=True, slots=True)
class Selected:
    person_id: int
    number: int  # K01 is 1
    branch: Branch
    score: float


def case_code(number: int) -> str:
    return f"K{number:02}"


def application_score(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> float:
    return sum(
        _points(questionnaire, answers, item.name) for item in questionnaire.items if item.scm
    )


def is_willing(rule: CaseRule, answers: Mapping[str, Answer]) -> bool:
    given = answers.get(rule.willing_item)
    return given is not None and given.value == rule.willing_value


def selected(rule: CaseRule, candidates: Sequence[Candidate], seed: int) -> tuple[Selected, ...]:
    wanted = min(rule.most, max(rule.least, ceil(rule.share * len(candidates))))
    drawn = sorted(candidates, key=lambda one: one.code)
    Random(f"{seed} cases").shuffle(drawn)  # noqa: S311  # a repeatable draw, not a secret
    willing = [one for one in drawn if one.is_willing]
    high = sorted(willing, key=lambda one: -one.score)
    low = sorted(willing, key=lambda one: one.score)
    successes = [one for one in high if one.score >= rule.success_from]
    others = [one for one in low if one.score <= rule.non_success_to]
    chosen: list[tuple[Candidate, Branch]] = [
        *((one, "berhasil") for one in _first(rule, successes, wanted)),
        *((one, "belum_berhasil") for one in _first(rule, others, wanted)),
    ]
    Random(f"{seed} codes").shuffle(chosen)  # noqa: S311  # the same
    return tuple(
        Selected(one.person_id, number, branch, one.score)
        for number, (one, branch) in enumerate(chosen, start=1)
    )


def _first(rule: CaseRule, ranked: Sequence[Candidate], wanted: int) -> list[Candidate]:
    """In the order of the ranking, passing over a unit that has enough."""
    units: Counter[str] = Counter()
    chosen: list[Candidate] = []
    for one in ranked:
        unit = one.unit.strip().casefold()
        if len(chosen) < wanted and (not unit or units[unit] < rule.most_per_unit):
            chosen.append(one)
            units[unit] += 1
    return chosen


def _points(questionnaire: Questionnaire, answers: Mapping[str, Answer], name: str) -> float:
    item, given = questionnaire.item(name), answers.get(name)
    option = item.option(given.value) if given is not None else None
    if option is None or option.score is None:
        return 0
    return max(0, option.score - 1) if item.scm in _FROM_ONE else option.score
