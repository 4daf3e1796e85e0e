"""Change of the same people between two moments: before, now, three months later. Pure arithmetic.

Self-reported and mostly retrospective: an effect size and an interval, never a claim of cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose
from statistics import fmean, stdev

from evaluation.numbers import Interval
from evaluation.scales import mean_of


@dataclass(frozen=True, slots=True)
class Change:
    """n pairs; means and difference in scale units; g_av is free of units.

    g_av is None where both moments have no spread or there is one pair only.
    """

    n: int
    before: float
    now: float
    difference: float
    interval: Interval | None
    g_av: float | None


def change_of(
    before: Sequence[float], now: Sequence[float], population: int | None = None
) -> Change | None:
    """Mean difference with its t interval, and g_av (Lakens 2013, DOMAIN 3.4).

    `before[i]` and `now[i]` are one person. None for nobody; ValueError if the lengths differ.
    """
    differences = [later - earlier for earlier, later in zip(before, now, strict=True)]
    mean = mean_of(differences, population)
    if mean is None:
        return None
    return Change(mean.n, fmean(before), fmean(now), mean.mean, mean.interval, _g_av(before, now))


def _g_av(before: Sequence[float], now: Sequence[float]) -> float | None:
    """d_av * J with d_av = mean(d) / ((s1+s2)/2) and Lakens' J = 1 - 3/(4(n1+n2) - 9)."""
    n = len(before)
    if n == 1:
        return None
    spread = (stdev(before) + stdev(now)) / 2
    if isclose(spread, 0, abs_tol=1e-12):
        return None
    correction = 1 - 3 / (4 * (n + n) - 9)
    return (fmean(now) - fmean(before)) / spread * correction
