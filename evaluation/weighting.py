"""Post-stratification: what the class would have said if every group had answered alike. Pure arithmetic.

The unweighted numbers stay the ones that are told; a weighted one stands beside them (DOMAIN 3.8). A weight mends
differences between the groups only, not between those who answer and those who do not within a group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.grouping import collapsed

LEAST_PER_GROUP = 5
HIGHEST_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weighted mean, its effective number of answers (Kish) and the design effect n / n_eff."""

    mean: float
    n_effective: float
    design_effect: float


def weights_of(answered: Mapping[str, int], population: Mapping[str, int]) -> dict[str, float]:
    """Group -> (N_h/N) / (n_h/n), at most three.

    Groups with fewer than five answers are put together, with the next smallest if they are still too few.
    Empty where that leaves one group only: there is nothing to weight then.
    """
    stratum = collapsed({name: answered.get(name, 0) for name in population}, LEAST_PER_GROUP)
    n_h, people_h = _sums(answered, stratum), _sums(population, stratum)
    n, people = sum(n_h.values()), sum(people_h.values())
    if len(people_h) <= 1 or min(n_h.get(name, 0) for name in people_h) < LEAST_PER_GROUP:
        return {}
    weight = {name: (people_h[name] / people) / (n_h[name] / n) for name in people_h}
    return {name: min(weight[stratum[name]], HIGHEST_WEIGHT) for name in population}


def _sums(counts: Mapping[str, int], stratum: Mapping[str, str]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, count in counts.items():
        sums[stratum[name]] = sums.get(stratum[name], 0) + count
    return sums


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> Weighted | None:
    """None for nobody; ValueError if the lengths differ."""
    pairs = list(zip(values, weights, strict=True))
    whole = sum(weights)
    if not pairs or not whole:
        return None
    n_effective = kish(weights)
    mean = sum(value * weight for value, weight in pairs) / whole
    return Weighted(mean, n_effective, len(pairs) / n_effective)


def kish(weights: Iterable[float]) -> float:
    """Kish's effective sample size (sum w)^2 / sum w^2."""
    known = list(weights)
    return sum(known) ** 2 / sum(weight**2 for weight in known)
