"""Net promoter score of the 0 to 10 question "would you recommend it?". Pure arithmetic.

Shown as a score from 30 answers on; below that only the three counts mean anything (ITEM-NOTES, A17).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy import special

from evaluation.numbers import Interval, finite_factor, is_census

LEAST_FOR_SCORE = 30
_PROMOTER_FROM, _PASSIVE_FROM = 9, 7
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Promoters:
    """Counts of 9-10, 7-8 and 0-6; `score` in points, -100 to 100, with its interval where one is honest."""

    promoters: int
    passives: int
    detractors: int
    score: float
    interval: Interval | None

    @property
    def n(self) -> int:
        return self.promoters + self.passives + self.detractors


def promoters_of(answers: Sequence[float], population: int | None = None) -> Promoters | None:
    """Counts, score and interval of answers 0 to 10; None for nobody, no interval at a census."""
    if not answers:
        return None
    promoters = sum(1 for answer in answers if answer >= _PROMOTER_FROM)
    passives = sum(1 for answer in answers if _PASSIVE_FROM <= answer < _PROMOTER_FROM)
    detractors = len(answers) - promoters - passives
    score = 100 * (promoters - detractors) / len(answers)
    interval = _interval(promoters, detractors, len(answers), population)
    return Promoters(promoters, passives, detractors, score, interval)


def _interval(up: int, down: int, n: int, population: int | None) -> Interval | None:
    """Score +- z * sqrt((p + d - (p-d)^2) / n), cut to the scale (DOMAIN 3.9)."""
    if is_census(n, population):
        return None
    p, d = up / n, down / n
    error = sqrt(max(p + d - (p - d) ** 2, 0) / n) * finite_factor(n, population)
    half = float(special.ndtri((1 + _CONFIDENCE) / 2)) * error
    return Interval(max(-100.0, 100 * (p - d - half)), min(100.0, 100 * (p - d + half)))
