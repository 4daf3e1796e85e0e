"""Which published sums are looked at together: classes by themselves, and many classes without those that add nothing."""

from collections.abc import Iterable

import numpy as np

from evaluation.recovery import betrays, patterns_betray
from evaluation.releases import Part, Row
from evaluation.spans import spans_of
from evaluation.sums import Past, Reaching, grown, laid_out, reach_of

CLASSES = np.repeat(np.arange(4), 10)  # four classes of ten, one answer each
OWNERS = np.arange(40)
K = 5


def row(people: Iterable[int], weight: float = 1.0) -> Reaching:
    found = Row("post_training/materi", (Part("a01", weight, spans_of(people)),))
    return found, reach_of(found, CLASSES)


def known(past: list[Reaching]) -> Past:
    return grown({}, [found for found, _ in past], CLASSES)


def whose(past: list[Reaching], *fresh: Reaching) -> list[int]:
    return sorted(laid_out(known(past), fresh, OWNERS, CLASSES, {}).pairs[:, 1].tolist())


def betrayed(past: list[Reaching], *fresh: Reaching) -> bool:
    return patterns_betray(laid_out(known(past), fresh, OWNERS, CLASSES, {}), K)


TOTALS = [row(range(start, start + 10)) for start in (0, 10, 20, 30)]


def test_sums_of_other_classes_are_not_looked_at():
    assert whose(TOTALS, row(range(5))) == list(range(10))


def test_a_sum_of_all_classes_adds_nothing_to_their_own():
    assert whose(TOTALS, row(range(40))) == []
    assert not betrayed(TOTALS, row(range(40)))


def test_a_class_that_is_told_by_halves_stays_out_of_a_sum_over_all():
    halves = [row(range(5)), row(range(5, 10))]
    assert whose([*TOTALS, *halves], row([*range(5), *range(10, 15), *range(20, 40)])) == list(
        range(10, 20)
    )


def test_a_sum_over_classes_that_leaves_three_of_one_over_betrays_them():
    assert betrayed(TOTALS, row(range(37)))
    assert not betrayed(TOTALS, row(range(35)))


def test_two_sums_over_classes_that_differ_by_three_betray_them():
    assert betrayed([*TOTALS, row(range(35))], row([*range(30), *range(32, 35)]))


def test_a_sum_of_a_class_is_held_against_earlier_ones_over_many():
    wide = row([*range(5), *range(10, 40)])
    assert betrayed([*TOTALS[1:], wide], row(range(9)))
    assert not betrayed([*TOTALS[1:], wide], row(range(10)))


def test_classes_are_one_where_nobody_tells_them_apart():
    none = np.empty(0, dtype=np.int64)
    assert reach_of(row(range(40))[0], none) == frozenset({0})


def test_what_differs_by_rounding_only_hides_no_two_people():
    """A weight is written with nine digits: two sums that differ in that and in two people are one sum and two people."""
    rows = np.ones((2, 12))
    rows[1, :5] = round(6 / 1300, 9) * 1300 / 6
    rows[1, 10:] = 0
    assert betrays(rows, np.arange(12), K)
