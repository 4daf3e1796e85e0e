"""Rounding and interval bookkeeping that every statistic shares. No sentence, no table.

Numbers are rounded once, at print, half up, on Decimal (DOMAIN section 3, general rules).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

# Ten digits hide the noise of binary floats (76.605 is stored as 76.60499999999999) and no score has more.
_CLEAN_DIGITS = 10
_PRECISE = 60  # digits of an exact fraction's root, far beyond a float


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval in the units of the estimate."""

    low: float
    high: float


def half_up(value: float, places: int) -> Decimal:
    """`value` rounded half up to `places` decimals, as the office rounds by hand."""
    clean = Decimal(f"{value:.{_CLEAN_DIGITS}f}")
    return clean.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percentages(counts: Sequence[int], places: int = 1) -> tuple[Decimal, ...]:
    """Percent of each count, rounded so that they sum to exactly 100: by largest remainder, the first of equals.

    All zero where nobody is counted.
    """
    whole, unit = sum(counts), Decimal(1).scaleb(-places)
    if not whole:
        return tuple(Decimal(0).quantize(unit) for _ in counts)
    units = 100 * 10**places
    floors = [count * units // whole for count in counts]
    rest = sorted(range(len(counts)), key=lambda at: -(counts[at] * units % whole))
    for at in rest[: units - sum(floors)]:
        floors[at] += 1
    return tuple((unit * floor).quantize(unit) for floor in floors)


def variance(scores: Sequence[float]) -> float:
    """Of a sample (n-1), exact as `statistics.variance`; answers are many and points few, so each point is squared once."""
    return float(_variance(scores))


def deviation(scores: Sequence[float]) -> float:
    """The root of the variance, rounded once."""
    found = _variance(scores)
    with localcontext(prec=_PRECISE):
        return float((Decimal(found.numerator) / Decimal(found.denominator)).sqrt())


def _variance(scores: Sequence[float]) -> Fraction:
    counted = [(Fraction(score), times) for score, times in Counter(scores).items()]
    n = len(scores)
    whole = sum(score * times for score, times in counted)
    squares = sum(score * score * times for score, times in counted)
    return Fraction(n * squares - whole * whole) / (n * (n - 1))


def is_census(n: int, population: int | None) -> bool:
    return population is not None and n >= population


def finite_factor(n: int, population: int | None) -> float:
    """sqrt((N-n)/(N-1)), by which a standard error shrinks in a class of N; 1 for an endless population."""
    if population is None or population <= 1:
        return 1.0
    return float((max(population - n, 0) / (population - 1)) ** 0.5)
