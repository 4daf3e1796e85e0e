"""Could published sums, added and subtracted, say something about fewer than k people? Pure linear algebra.

Every published number is a weighted sum over answers: a row with one column an answer. Whoever holds the rows can
form every combination of them, and nothing else. A combination betrays a small group if all its non-zero columns
belong to fewer than k people: a group of three itself, a total minus its other groups, this week minus last week.

1. Answers that stand in the same rows with the same weights are one pattern. A pattern of at least k people stays
   whatever fewer people are left out, so combinations that touch one are harmless.
2. Of the combinations that vanish on all such patterns, none may be left. Otherwise the remaining patterns must
   hold k bases of these combinations that share no person: any fewer than k people leave one base untouched, so
   no combination lives on those people alone.
3. The search for bases is greedy and may overlook some; where at most `_FEW_PEOPLE` are concerned, all groups
   of fewer than k people are tried instead. Beyond that a doubt counts as betrayal.
4. Sums that share no answer say nothing of each other. So a class whose own sums already tell all that sums over
   many classes hold of it adds nothing to a search among those, and is left out of it (`told_by`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

_FEW_PEOPLE = 18  # 3,060 groups of four
_AT_ONCE = 256  # groups
_NOISE = 1e-7  # weights are written with nine digits; what differs less is the same

Matrix = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Patterns:
    """`columns`: rows x patterns, each column once; `pairs`: (pattern, person) of whoever answered so, each pair once."""

    columns: Matrix
    pairs: Places


def betrays(rows: Matrix, owners: Places, k: int) -> bool:
    """Whether some combination of `rows` (rows x answers) rests on fewer than k people.

    `owners[j]` is the person whose answer column j is; a person may own several columns.
    """
    return patterns_betray(_patterns(rows, owners), k)


def patterns_betray(found: Patterns, k: int) -> bool:
    patterns, pairs = found.columns, found.pairs
    sizes = np.bincount(pairs[:, 0], minlength=patterns.shape[1])
    big = (sizes >= k) | ~patterns.any(
        axis=0
    )  # what stands in no row is never part of a combination
    if big.all():
        return False
    hidden = _vanishing(patterns[:, big]) if big.any() else np.eye(len(patterns))
    small = _independent(hidden.T @ patterns[:, ~big])
    if not len(small):
        return False
    people = _columns_by_person(pairs[~big[pairs[:, 0]]], np.flatnonzero(~big))
    if _has_bases(small, people, k):
        return False
    return len(people) > _FEW_PEOPLE or _some_group_suffices(small, people, k)


def told_by(rows: Matrix, known: Matrix) -> NDArray[np.bool_]:
    """Of each of `rows` whether it is a combination of `known`; both over the same answers."""
    directions = _independent(known)
    rest = rows - rows @ directions.T @ directions
    return np.asarray(np.abs(rest).max(axis=1, initial=0) < _NOISE)


def _patterns(rows: Matrix, owners: Places) -> Patterns:
    columns, which = np.unique(rows.round(9), axis=1, return_inverse=True)
    return Patterns(columns, np.unique(np.column_stack([which, owners]), axis=0))


def _vanishing(columns: Matrix) -> Matrix:
    """The combinations of rows that vanish on all columns; of many columns the directions that nobody needs are not worked out."""
    wide = columns.shape[1] >= columns.shape[0]
    _, strength, directions = np.linalg.svd(columns.T, full_matrices=not wide)
    return directions[int((strength > _NOISE * strength.max(initial=0)).sum()) :].T


def _independent(matrix: Matrix) -> Matrix:
    """Rows that span the same combinations, as few as possible."""
    if not matrix.size:
        return matrix[:0]
    _, strength, directions = np.linalg.svd(matrix, full_matrices=False)
    return directions[strength > _NOISE * max(1.0, float(strength[0]))]


def _columns_by_person(pairs: Places, small: Places) -> list[tuple[int, ...]]:
    """For each person with a small pattern the places of these patterns among the small ones, which `pairs` speak of."""
    columns: dict[int, list[int]] = {}
    for at, person in zip(
        np.searchsorted(small, pairs[:, 0]).tolist(), pairs[:, 1].tolist(), strict=True
    ):
        columns.setdefault(person, []).append(at)
    return sorted((tuple(own) for own in columns.values()), key=lambda own: (-len(own), own))


def _has_bases(small: Matrix, people: Sequence[tuple[int, ...]], k: int) -> bool:
    """People with the same patterns stand for each other: a basis can use one of them, so they are counted and not tried each."""
    unused = Counter(people)
    for _ in range(k):
        found = _Basis.of(len(small))
        for own in [own for own, left in unused.items() if left]:
            if found.is_whole:
                break
            unused[own] -= found.grow(small[:, own])
        if not found.is_whole:
            return False
    return True


@dataclass(slots=True)
class _Basis:
    """Directions at right angles to each other, gathered column by column."""

    directions: Matrix
    rank: int = 0

    @classmethod
    def of(cls, size: int) -> "_Basis":
        return cls(np.zeros((size, size)))

    @property
    def is_whole(self) -> bool:
        return self.rank == len(self.directions)

    def grow(self, columns: Matrix) -> bool:
        """Whether any of the columns was a new direction. What is nearly an old one counts as old: that errs on the safe side."""
        before = self.rank
        for column in columns.T:
            if self.is_whole:
                break
            known = self.directions[: self.rank]
            rest = column - known.T @ (known @ column)
            rest -= known.T @ (known @ rest)  # once more, against the noise of the first time
            length = float(np.linalg.norm(rest))
            if length > _NOISE:
                self.directions[self.rank] = rest / length
                self.rank += 1
        return self.rank > before


def _some_group_suffices(small: Matrix, people: Sequence[tuple[int, ...]], k: int) -> bool:
    """Whether leaving out some k-1 people loses a combination: then it rests on them alone.

    A pattern is left where anybody with it is left; many groups are looked at in one go.
    """
    has = np.zeros((len(people), small.shape[1]), dtype=np.int64)
    for who, own in enumerate(people):
        has[who, list(own)] = 1
    groups = list(combinations(range(len(people)), min(k - 1, len(people))))
    gone = has[np.array(groups, dtype=np.int64)].sum(axis=1)
    left = np.unique(has.sum(axis=0) > gone, axis=0)
    lost = (
        np.linalg.matrix_rank(small * left[at : at + _AT_ONCE, np.newaxis, :], tol=_NOISE) < len(small)
        for at in range(0, len(left), _AT_ONCE)
    )  # fmt: skip
    return any(bool(some.any()) for some in lost)
