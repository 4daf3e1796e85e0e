"""Published sums as matrices: which of them can have to do with each other, and over which answers. Judges nothing.

Answers of two classes never stand in one sum of a class; only sums over many classes (wide ones) join them. So the sums
of one class are looked at by themselves until there are wide ones, and then without the classes that add nothing.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import itemgetter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.recovery import Patterns, Places, told_by
from evaluation.releases import Row
from evaluation.spans import places_of

Reach = frozenset[int]  # the classes a sum speaks of
Reaching = tuple[Row, Reach]
_Entry = tuple[int, str, Places, float]  # row, item, responses, weight
_Cell = tuple[int, Places, float]  # row, answers, weight
_MOST_KINDS = 2**40


def reach_of(row: Row, classes: Places) -> Reach:
    """Of a row without answers, or where classes are not told apart, there is one class: 0."""
    if not len(classes) or not row.parts:
        return frozenset({0})
    found = (
        np.unique(classes[places_of(spans)]) for spans in {part.responses for part in row.parts}
    )
    return frozenset(int(one) for one in chain.from_iterable(found))


def laid_out(
    past: Sequence[Reaching], fresh: Sequence[Reaching], owners: Places, classes: Places
) -> Patterns:
    """The rows that a combination with the fresh ones could touch, over the answers that occur in them.

    A class whose own rows tell all that the wide ones hold of it is left out: what is left of a combination outside can be
    had without touching it. Not a class that fresh rows of its own speak of: those were never judged.
    """
    rows = _related(past, fresh)
    entries = _entries(row for row, _ in rows)
    wide = np.array([len(reach) > 1 for _, reach in rows])
    if not wide.any():
        return _patterns(entries, len(rows), owners)
    own = frozenset[int]().union(*(reach for _, reach in fresh if len(reach) == 1))
    kept = [
        mine
        for each, mine in _by_class(entries, classes)
        if each in own or not _is_told(mine, wide, owners)
    ]
    found = _patterns(sorted(chain.from_iterable(kept), key=itemgetter(0)), len(rows), owners)
    return Patterns(found.columns[found.columns.any(axis=1)], found.pairs)


def _related(past: Sequence[Reaching], fresh: Sequence[Reaching]) -> list[Reaching]:
    """Past rows first."""
    near = frozenset[int]().union(*(reach for _, reach in fresh))
    wide = [reach for _, reach in past if len(reach) > 1]
    while any(reach & near and not reach <= near for reach in wide):
        near = near.union(*(reach for reach in wide if reach & near))
    return [*((row, reach) for row, reach in past if reach & near), *fresh]


def _is_told(entries: Sequence[_Entry], wide: NDArray[np.bool_], owners: Places) -> bool:
    mine = _patterns(entries, len(wide), owners).columns
    return told_by(mine[wide], mine[~wide])


def _entries(rows: Iterable[Row]) -> list[_Entry]:
    return [
        (at, part.item, places_of(part.responses), part.weight)
        for at, row in enumerate(rows)
        for part in row.parts
    ]


def _by_class(entries: Sequence[_Entry], classes: Places) -> list[tuple[int, list[_Entry]]]:
    found: dict[int, list[_Entry]] = {}
    for at, item, places, weight in entries:
        of_each = classes[places]
        order = np.argsort(of_each, kind="stable")
        names, starts = np.unique(of_each[order], return_index=True)
        for name, part in zip(names, np.split(places[order], starts[1:]), strict=True):
            found.setdefault(int(name), []).append((at, item, part, weight))
    return sorted(found.items())


def _patterns(entries: Sequence[_Entry], count: int, owners: Places) -> Patterns:
    """Row by row, since answers are many and weights few."""
    items = {item: at for at, item in enumerate(sorted({item for _, item, _, _ in entries}))}
    cells = [
        (at, items[item] * len(owners) + places, weight) for at, item, places, weight in entries
    ]
    kinds = _kinds(cells, len(items) * len(owners))
    columns = np.flatnonzero(kinds)
    codes, names = pd.factorize(kinds[columns], sort=True)
    first = np.zeros(len(names), dtype=np.int64)
    first[codes[::-1]] = columns[::-1]
    pattern = np.full(len(kinds), -1, dtype=np.int64)
    pattern[first] = np.arange(len(names))
    matrix = np.zeros((count, len(names)))
    for at, answers, weight in cells:
        here = pattern[answers]
        matrix[at, here[here >= 0]] = weight
    people = int(owners.max(initial=0)) + 1
    pairs = np.sort(pd.unique(codes * people + owners[columns % len(owners)]))
    return Patterns(matrix, np.column_stack([pairs // people, pairs % people]))


def _kinds(cells: Sequence[_Cell], size: int) -> NDArray[np.int64]:
    """One number for answers that stand in the same rows with the same weights; 0 for those in none."""
    kinds = np.zeros(size, dtype=np.int64)
    for _, of_row in groupby(cells, key=itemgetter(0)):
        mine = list(of_row)
        weights = sorted({weight for _, _, weight in mine})
        most = int(kinds.max(initial=0)) + 1
        if most * (len(weights) + 1) > _MOST_KINDS:
            kinds = pd.factorize(kinds, sort=True)[0].astype(np.int64)
        kinds *= len(weights) + 1
        for _, answers, weight in mine:
            kinds[answers] += weights.index(weight) + 1
    return kinds
