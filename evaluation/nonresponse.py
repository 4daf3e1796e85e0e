"""Do those who answered differ from those who did not, as far as the roster tells? Counts in, a comparison out.

The roster knows every person's group of units and of grades, answered or not (DOMAIN 3.8). Groups too small
to be shown are put together first, so that nobody's silence can be read off.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from evaluation.grouping import MERGED, collapsed

_FEWEST_EXPECTED = 5
_TWO = 2
_AS_LIKELY = 1 + 1e-7  # what differs less is the same, as in R


@dataclass(frozen=True, slots=True)
class Participation:
    """How many of a group's eligible people answered."""

    group: str
    answered: int
    eligible: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Participation by one variable of the roster, largest group first.

    `chi2`, `df`, Cramer's `v` (0 to 1) and `p` are None where there is one group, or all or nobody answered. p is
    Fisher's exact one for two groups, else that of chi-square; `sparse` says that an expected count is below five
    and chi-square's p is a rough one.
    """

    variable: str
    groups: tuple[Participation, ...]
    chi2: float | None
    df: int | None
    p: float | None
    v: float | None
    sparse: bool


def compare(variable: str, counts: Mapping[str, tuple[int, int]], k: int) -> Comparison | None:
    """`counts`: group -> (answered, eligible). None for fewer than k people in all."""
    groups = merged(counts, k)
    if not groups:
        return None
    table = np.array([[each.answered, each.eligible - each.answered] for each in groups])
    if len(groups) < _TWO or not table.sum(axis=0).all():
        return Comparison(variable, groups, None, None, None, None, sparse=False)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    chi2, df = float(((table - expected) ** 2 / expected).sum()), len(groups) - 1
    p = fisher_p(table) if len(groups) == _TWO else float(special.chdtrc(df, chi2))
    return Comparison(
        variable, groups, chi2, df, p, float((chi2 / table.sum()) ** 0.5),
        sparse=bool((expected < _FEWEST_EXPECTED).any()),
    )  # fmt: skip


def fisher_p(table: NDArray[np.int64]) -> float:
    """Fisher's exact two-sided p of a table of 2 x 2 counts: of all tables with the same margins those at most as likely.

    scipy.stats has it too, and takes longer to load than a quiet week to evaluate.
    """
    (first, _), (answered, _) = table.sum(axis=1), table.sum(axis=0)
    others = table.sum() - first
    cell = np.arange(max(0, answered - others), min(first, answered) + 1)
    cells = np.array([cell, first - cell, answered - cell, others - answered + cell])
    logs = -special.gammaln(cells + 1).sum(axis=0)
    likely = np.exp(logs - logs.max())
    here = likely[int(table[0, 0]) - int(cell[0])]
    return float(likely[likely <= here * _AS_LIKELY].sum() / likely.sum())


def merged(counts: Mapping[str, tuple[int, int]], k: int) -> tuple[Participation, ...]:
    """Groups of at least k eligible people, the largest first, then the small ones as one if they are k together."""
    shown_as = collapsed({name: both[1] for name, both in counts.items() if both[1]}, k)
    sums: dict[str, tuple[int, int]] = {}
    for name, group in shown_as.items():
        answered, eligible = counts[name]
        before = sums.get(group, (0, 0))
        sums[group] = (before[0] + answered, before[1] + eligible)
    groups = [Participation(name, *both) for name, both in sums.items() if both[1] >= k]
    return tuple(
        sorted(groups, key=lambda each: (each.group == MERGED, -each.eligible, each.group))
    )
