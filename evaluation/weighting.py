"""Post-stratification: what the class would have said if every group had answered alike. Pure arithmetic.

The unweighted numbers stay the ones that are told; a weighted one stands beside them (DOMAIN 3.8). A weight mends
differences between the groups only, not between those who answer and those who do not within a group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    strata = _collapsed(answered, population)
    n = sum(answered.get(name, 0) for names in strata for name in names)
    people = sum(population[name] for names in strata for name in names)
    if len(strata) <= 1 or not n:
        return {}
    found = {}
    for names in strata:
        n_h = sum(answered.get(name, 0) for name in names)
        people_h = sum(population[name] for name in names)
        weight = min((people_h / people) / (n_h / n), HIGHEST_WEIGHT)
        found.update(dict.fromkeys(names, weight))
    return found


def _collapsed(answered: Mapping[str, int], population: Mapping[str, int]) -> list[list[str]]:
    in_order = sorted(population, key=lambda name: (answered.get(name, 0), name))
    small: list[str] = []
    large = [name for name in in_order if population[name]]
    while large and _too_few(small, large[0], answered):
        small.append(large.pop(0))
    return [names for names in ([small] if small else []) + [[name] for name in large] if names]


def _too_few(small: list[str], next_one: str, answered: Mapping[str, int]) -> bool:
    """Whether the next group belongs to the small ones: by itself, or because they need it."""
    together = sum(answered.get(name, 0) for name in small)
    needed = bool(small) and together < LEAST_PER_GROUP
    return needed or answered.get(next_one, 0) < LEAST_PER_GROUP


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
