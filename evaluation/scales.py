"""Statistics of one group on one scale: mean, spread, share, index. Knows no table, no training, no sentence.

Formulas: DOMAIN sections 3.1 to 3.3. Intervals cover sampling only, not non-response.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isclose, sqrt
from statistics import fmean, median

from scipy import special

from evaluation.numbers import Interval, deviation, finite_factor, half_up, is_census

LEAST_FOR_INTERVAL = 10  # a t interval of fewer answers says more than they can (DOMAIN 3.3)
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Mean:
    """n answers, their mean and standard deviation (n-1), and an interval where one is honest."""

    n: int
    mean: float
    sd: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Share:
    """k of n, the share 0 to 1, and an interval where one is honest."""

    k: int
    n: int
    share: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Band:
    """From this index value upwards (half-open) the quality carries this label and grade."""

    start: Decimal
    label: str
    grade: str


def distribution(scores: Sequence[float], scale: Sequence[float]) -> dict[float, int]:
    """How many answers fell on each point of the scale, empty points included."""
    return {point: sum(1 for score in scores if score == point) for point in sorted(scale)}


def median_of(scores: Sequence[float]) -> float | None:
    """The middle score, or the mean of the two middle ones; None for nobody."""
    return float(median(scores)) if scores else None


def mean_of(scores: Sequence[float], population: int | None = None) -> Mean | None:
    """Mean in scale units with a t interval `m +- t(n-1) * s / sqrt(n) * sqrt((N-n)/(N-1))`.

    None for nobody. No interval below ten answers, at a census, or when all answered alike (DOMAIN 3.3).
    """
    if not scores:
        return None
    n = len(scores)
    sd = deviation(scores) if n > 1 else 0.0
    return Mean(n, fmean(scores), sd, _t_interval(fmean(scores), sd, n, population))


def _t_interval(mean: float, sd: float, n: int, population: int | None) -> Interval | None:
    if n < LEAST_FOR_INTERVAL or is_census(n, population) or isclose(sd, 0, abs_tol=1e-12):
        return None
    quantile = float(special.stdtrit(n - 1, (1 + _CONFIDENCE) / 2))
    half = quantile * sd / sqrt(n) * finite_factor(n, population)
    return Interval(mean - half, mean + half)


def share_of(k: int, n: int, population: int | None = None) -> Share | None:
    """Share with Wilson's interval on n_eff = n(N-1)/(N-n) (DOMAIN 3.2, Newcombe 1998).

    None for nobody; no interval at a census.
    """
    if n == 0:
        return None
    if is_census(n, population):
        return Share(k, n, k / n, None)
    effective = n if population is None else n * (population - 1) / (population - n)
    return Share(k, n, k / n, _wilson(k / n, effective))


def _wilson(p: float, n: float) -> Interval:
    z = float(special.ndtri((1 + _CONFIDENCE) / 2))
    centre = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return Interval(max(0.0, (centre - half) / whole), min(1.0, (centre + half) / whole))


def top_two(scores: Sequence[float], scale: Sequence[float]) -> float | None:
    """Share of the answers on the two best points of the scale (top-2-box); None for nobody."""
    best = set(sorted(scale)[-2:])
    return sum(1 for score in scores if score in best) / len(scores) if scores else None


def index_of(mean: float, factor: float) -> float:
    """Index points: mean of a 4-point scale x 25 gives 25 to 100 (Permenpan RB 14/2017, exact weight 1/n)."""
    return mean * factor


def band_of(index: float, bands: Sequence[Band]) -> Band | None:
    """The band of an index rounded half up to two decimals; bands are half-open, so none can fall between."""
    rounded = half_up(index, 2)
    reached = [band for band in bands if band.start <= rounded]
    return max(reached, key=lambda band: band.start) if reached else None
