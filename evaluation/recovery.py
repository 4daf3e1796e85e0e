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

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

_FEW_PEOPLE = 18  # 3,060 groups of four
_NOISE = 1e-7  # weights are written with nine digits; what differs less is the same
_MOST_KINDS = 2**40

Matrix = NDArray[np.float64]
Places = NDArray[np.int64]


def betrays(rows: Matrix, owners: Places, k: int) -> bool:
    """Whether some combination of `rows` (rows x answers) rests on fewer than k people.

    `owners[j]` is the person whose answer column j is; a person may own several columns.
    """
    if not rows.size:
        return False
    patterns, sizes, pairs = _patterns(rows, owners)
    big = sizes >= k
    if big.all():
        return False
    hidden = (
        linalg.null_space(patterns[:, big].T, rcond=_NOISE) if big.any() else np.eye(len(patterns))
    )
    small = _independent(hidden.T @ patterns[:, ~big])
    if not len(small):
        return False
    people = _columns_by_person(pairs, np.flatnonzero(~big))
    if _has_bases(small, people, k):
        return False
    return len(people) > _FEW_PEOPLE or _some_group_suffices(small, people, k)


def told_by(rows: Matrix, known: Matrix) -> bool:
    """Whether each of `rows` is a combination of `known`; both over the same answers."""
    if not len(known):
        return not rows.any()
    columns = np.unique(np.vstack([known, rows]).round(9), axis=1)
    known, rows = columns[: len(known)], columns[len(known) :]
    directions = _independent(known)
    rest = rows - rows @ directions.T @ directions
    return bool(np.abs(rest).max(initial=0) < _NOISE)


def _patterns(rows: Matrix, owners: Places) -> tuple[Matrix, Places, Places]:
    """Distinct columns, how many people stand behind each, and the pairs (pattern, person)."""
    which, first = _distinct_columns(rows.round(9))
    found = rows[:, first].round(9)
    people = int(owners.max(initial=0)) + 1
    seen = np.zeros(len(first) * people, dtype=bool)  # numpy's own unique takes ten times as long
    seen[which * people + owners] = True
    codes = np.flatnonzero(seen)
    pairs = np.column_stack([codes // people, codes % people])
    blank = np.flatnonzero(~found.any(axis=0))
    sizes = np.bincount(pairs[:, 0], minlength=found.shape[1])
    sizes[blank] = len(pairs) + len(rows) + 1  # in no row at all: never part of a combination
    return found, sizes, pairs


def _distinct_columns(rows: Matrix) -> tuple[Places, Places]:
    """For each column the number of its pattern, and one column of each pattern; row by row, as columns are many."""
    which = np.zeros(rows.shape[1], dtype=np.int64)
    kinds = 1
    for row in rows:
        values = np.unique(row)
        if kinds * len(values) > _MOST_KINDS:
            known, which = np.unique(which, return_inverse=True)
            kinds = len(known)
        which = which * len(values) + np.searchsorted(values, row)
        kinds *= len(values)
    _, first, which = np.unique(which, return_index=True, return_inverse=True)
    return which.astype(np.int64), first.astype(np.int64)


def _independent(matrix: Matrix) -> Matrix:
    """Rows that span the same combinations, as few as possible."""
    if not matrix.size:
        return matrix[:0]
    _, strength, directions = np.linalg.svd(matrix, full_matrices=False)
    return directions[strength > _NOISE * max(1.0, float(strength[0]))]


def _columns_by_person(pairs: Places, small: Places) -> list[tuple[int, ...]]:
    """For each person with a small pattern the places of these patterns among the small ones."""
    place = {int(pattern): at for at, pattern in enumerate(small)}
    columns: dict[int, list[int]] = {}
    for pattern, person in pairs:
        if int(pattern) in place:
            columns.setdefault(int(person), []).append(place[int(pattern)])
    return sorted((tuple(own) for own in columns.values()), key=lambda own: (-len(own), own))


def _has_bases(small: Matrix, people: Sequence[tuple[int, ...]], k: int) -> bool:
    unused = list(people)
    for _ in range(k):
        found = _Basis.of(len(small))
        unused = [own for own in unused if not found.grow(small[:, own])]
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
    """Whether leaving out some k-1 people loses a combination: then it rests on them alone."""
    for group in combinations(range(len(people)), min(k - 1, len(people))):
        kept = sorted({at for who, own in enumerate(people) if who not in group for at in own})
        if _rank(small[:, kept]) < len(small):
            return True
    return False


def _rank(matrix: Matrix) -> int:
    return int(np.linalg.matrix_rank(matrix, tol=_NOISE)) if matrix.size else 0
