"""Published sums as matrices: which of them can have to do with each other, and over which answers. Judges nothing.

Answers of two classes never stand in one sum of a class; only sums over many classes (wide ones) join them. So the sums
of one class are looked at by themselves until there are wide ones, and then without the classes that add nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
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
Told = dict[
    tuple[int, int, int], bool
]  # class, how many rows it has of its own, a wide row -> whether they tell that row
Past = Mapping[
    Reach, tuple[tuple[int, Row], ...]
]  # of one topic: whom sums speak of -> the sums, with their places in it
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


def grown(past: Past, rows: Iterable[Row], classes: Places) -> Past:
    """With further sums of the topic."""
    found = dict(past)
    for place, row in enumerate(rows, start=sum(map(len, past.values()))):
        reach = reach_of(row, classes)
        found[reach] = (*found.get(reach, ()), (place, row))
    return found


def laid_out(
    past: Past, fresh: Sequence[Reaching], owners: Places, classes: Places, told: Told
) -> Patterns:
    """The rows that a combination with the fresh ones could touch, over the answers that occur in them.

    A class whose own rows tell all that the wide ones hold of it is left out: what is left of a combination outside can be
    had without touching it. Not a class that fresh rows of its own speak of: those were never judged. `told` is added to:
    rows of `past` must live as long.
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
        if each in own or not _is_told(each, mine, rows, owners, told)
    ]
    found = _patterns(sorted(chain.from_iterable(kept), key=itemgetter(0)), len(rows), owners)
    return Patterns(found.columns[found.columns.any(axis=1)], found.pairs)


def _related(past: Past, fresh: Sequence[Reaching]) -> list[Reaching]:
    """Past rows first, in their order."""
    near = frozenset[int]().union(*(reach for _, reach in fresh))
    wide = [reach for reach in past if len(reach) > 1]
    while any(reach & near and not reach <= near for reach in wide):
        near = near.union(*(reach for reach in wide if reach & near))
    found = [(at, row, reach) for reach in past if reach & near for at, row in past[reach]]
    return [*((row, reach) for _, row, reach in sorted(found, key=itemgetter(0))), *fresh]


def _is_told(
    of: int, entries: Sequence[_Entry], rows: Sequence[Reaching], owners: Places, told: Told
) -> bool:
    """Whether the class's own rows tell what each wide one holds of it."""
    here = sorted({at for at, *_ in entries})
    own = [at for at in here if len(rows[at][1]) == 1]
    keys = {at: (of, len(own), id(rows[at][0])) for at in here if len(rows[at][1]) > 1}
    unknown = [at for at, key in keys.items() if key not in told]
    if unknown:
        place = {at: place for place, at in enumerate([*own, *unknown])}
        asked: list[_Entry] = [
            (place[at], item, of_row, weight) for at, item, of_row, weight in entries if at in place
        ]
        found = _patterns(sorted(asked, key=itemgetter(0)), len(place), owners).columns
        verdicts = told_by(found[len(own) :], found[: len(own)])
        told.update(zip((keys[at] for at in unknown), verdicts.tolist(), strict=True))
    return all(told[key] for key in keys.values())


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
    start = min((int(places.min()) for _, _, places, _ in entries), default=0)
    most = max((int(places.max()) for _, _, places, _ in entries), default=0) + 1 - start
    cells = [
        (at, items[item] * most + places - start, weight) for at, item, places, weight in entries
    ]
    kinds = _kinds(cells, len(items) * most)
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
    pairs = np.sort(pd.unique(codes * people + owners[columns % most + start]))
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
