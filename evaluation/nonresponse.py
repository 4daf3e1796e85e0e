"""Do those who answered differ from those who did not, as far as the roster tells? Counts in, a comparison out.

The roster knows every person's group of units and of grades, answered or not (DOMAIN 3.8). Groups too small
to be shown are put together first, so that nobody's silence can be read off.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evaluation.grouping import MERGED, collapsed

_FEWEST_EXPECTED = 5
_TWO = 2


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
    from scipy import stats  # noqa: PLC0415  takes a third of all imports, and a week may need none

    found = stats.chi2_contingency(table, correction=False)
    people = sum(each.eligible for each in groups)
    p = stats.fisher_exact(table).pvalue if len(groups) == _TWO else found.pvalue
    return Comparison(
        variable, groups, float(found.statistic), int(found.dof), float(p),
        float((found.statistic / people) ** 0.5),
        sparse=bool((found.expected_freq < _FEWEST_EXPECTED).any()),
    )  # fmt: skip


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
