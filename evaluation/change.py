"""Change of the same people between two moments: before, now, three months later. Pure arithmetic.

Self-reported and mostly retrospective: an effect size and an interval first, never a claim of cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose, sqrt
from statistics import covariance, fmean

import numpy as np
from scipy import special

from evaluation.numbers import Interval, deviation, finite_factor, is_census, variance
from evaluation.scales import LEAST_FOR_INTERVAL, mean_of

_CONFIDENCE = 0.95
_CONTINUITY = 0.5
_CLEAN = 9  # digits; differences of means of items differ in the last bits where they are the same


@dataclass(frozen=True, slots=True)
class Change:
    """n pairs; means and difference in scale units; g_av is free of units; p is Wilcoxon's, two-sided.

    g_av is None where both moments have no spread or there is one pair only; p where nobody changed.
    """

    n: int
    before: float
    now: float
    difference: float
    interval: Interval | None
    g_av: float | None
    g_interval: Interval | None
    p: float | None


def change_of(
    before: Sequence[float], now: Sequence[float], population: int | None = None
) -> Change | None:
    """Mean difference with its t interval, g_av with its own, and Wilcoxon's p (DOMAIN 3.4 and 3.5).

    `before[i]` and `now[i]` are one person. None for nobody; ValueError if the lengths differ.
    """
    differences = [later - earlier for earlier, later in zip(before, now, strict=True)]
    mean = mean_of(differences, population)
    if mean is None:
        return None
    g_av, g_interval = _g_av(before, now, population)
    return Change(
        mean.n, fmean(before), fmean(now), mean.mean, mean.interval, g_av, g_interval,
        wilcoxon_p(differences),
    )  # fmt: skip


def wilcoxon_p(differences: Sequence[float]) -> float | None:
    """Two-sided signed-rank p; None where nobody changed.

    Answers on a short scale tie and often stay the same, so the options are pinned: those who stayed the same
    are left out (Wilcoxon's own rule), normal approximation with continuity correction, as R does then.
    scipy.stats has it too, and takes longer to load than all numbers of a class to work out.
    """
    rounded = np.round(np.asarray(differences, dtype=float), _CLEAN)
    moved = rounded[rounded != 0]
    if not moved.size:
        return None
    n = moved.size
    _, which, ties = np.unique(np.abs(moved), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[which]
    away = abs(float(ranks[moved > 0].sum()) - n * (n + 1) / 4)
    error = sqrt(n * (n + 1) * (2 * n + 1) / 24 - float((ties**3 - ties).sum()) / 48)
    return min(1.0, 2 * float(special.ndtr(-max(away - _CONTINUITY, 0.0) / error)))


def _g_av(
    before: Sequence[float], now: Sequence[float], population: int | None
) -> tuple[float | None, Interval | None]:
    """d_av * J with d_av = mean(d) / ((s1+s2)/2) and Lakens' J = 1 - 3/(4(n1+n2) - 9)."""
    n = len(before)
    if n == 1:
        return None, None
    spread = (deviation(before) + deviation(now)) / 2
    if isclose(spread, 0, abs_tol=1e-12):
        return None, None
    correction = 1 - 3 / (4 * (n + n) - 9)
    d_av = (fmean(now) - fmean(before)) / spread
    if n < LEAST_FOR_INTERVAL or is_census(n, population):
        return d_av * correction, None
    moments = (variance(before), variance(now), covariance(before, now))
    error = effect_error(d_av, spread, moments, n) * finite_factor(n, population)
    half = float(special.ndtri((1 + _CONFIDENCE) / 2)) * error
    return d_av * correction, Interval((d_av - half) * correction, (d_av + half) * correction)


def effect_error(d: float, spread: float, moments: tuple[float, float, float], n: int) -> float:
    """Standard error of a paired standardised difference `d` with standardiser `spread` (Bonett 2008).

    `moments`: both variances and the covariance. Bonett derives it for the root of the mean variance; the mean
    of the two standard deviations, which g_av uses, hardly differs from it.
    """
    v1, v2, cov = moments
    df = n - 1
    shape = d**2 * (v1**2 + v2**2 + 2 * cov**2) / (8 * df * spread**4)
    return sqrt(shape + (v1 + v2 - 2 * cov) / (df * spread**2))
