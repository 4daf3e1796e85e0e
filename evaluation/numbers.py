"""Rounding and interval bookkeeping that every statistic shares. No sentence, no table.

Numbers are rounded once, at print, half up, on Decimal (DOMAIN section 3, general rules).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Ten digits hide the noise of binary floats (76.605 is stored as 76.60499999999999) and no score has more.
_CLEAN_DIGITS = 10


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


def is_census(n: int, population: int | None) -> bool:
    return population is not None and n >= population


def finite_factor(n: int, population: int | None) -> float:
    """sqrt((N-n)/(N-1)), by which a standard error shrinks in a class of N; 1 for an endless population."""
    if population is None or population <= 1:
        return 1.0
    return float((max(population - n, 0) / (population - 1)) ** 0.5)
