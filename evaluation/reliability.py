"""Do the items of one dimension measure one thing? Cronbach's alpha, for two items Spearman-Brown. Pure arithmetic.

Said only where it can mean something: at least 30 complete cases (DOMAIN 3.6), never for a single small class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose
from statistics import correlation

from scipy import special

from evaluation.numbers import Interval, variance

LEAST_CASES = 30
_CONFIDENCE = 0.95
_TWO = 2


@dataclass(frozen=True, slots=True)
class Reliability:
    """`coefficient` is alpha, or Spearman-Brown for two items, -inf to 1; `interval` is Feldt's, of alpha only."""

    n: int
    items: int
    coefficient: float
    interval: Interval | None


def reliability_of(
    cases: Sequence[Sequence[float]], least: int = LEAST_CASES
) -> Reliability | None:
    """`cases[i][j]`: answer of case i to item j, none missing.

    None for fewer than `least` cases, for one item, and where the answers do not vary.
    """
    n, k = len(cases), len(cases[0]) if cases else 0
    if n < least or k < _TWO:
        return None
    columns = list(zip(*cases, strict=True))
    if k == _TWO:
        found = spearman_brown(*columns)
        return None if found is None else Reliability(n, k, found, None)
    alpha = cronbach(columns)
    return None if alpha is None else Reliability(n, k, alpha, feldt(alpha, k, n))


def cronbach(columns: Sequence[Sequence[float]]) -> float | None:
    """k/(k-1) * (1 - sum of the items' variances / variance of the sum); None where the sum does not vary."""
    k = len(columns)
    whole = variance([sum(case) for case in zip(*columns, strict=True)])
    if isclose(whole, 0, abs_tol=1e-12):
        return None
    return k / (k - 1) * (1 - sum(variance(column) for column in columns) / whole)


def spearman_brown(first: Sequence[float], second: Sequence[float]) -> float | None:
    """2r / (1+r) of the two items' correlation r; None where an item does not vary, or r is -1."""
    if min(variance(first), variance(second)) < 1e-12:  # noqa: PLR2004  nothing but float noise
        return None
    r = correlation(first, second)
    return None if isclose(r, -1) else 2 * r / (1 + r)


def feldt(alpha: float, items: int, n: int) -> Interval:
    """Feldt's (1965) interval 1 - (1-alpha) * F, F with n-1 and (n-1)(items-1) degrees of freedom."""
    df1, df2 = n - 1, (n - 1) * (items - 1)
    tail = (1 - _CONFIDENCE) / 2
    upper, lower = (float(special.fdtri(df1, df2, p)) for p in (1 - tail, tail))
    return Interval(1 - (1 - alpha) * upper, 1 - (1 - alpha) * lower)
