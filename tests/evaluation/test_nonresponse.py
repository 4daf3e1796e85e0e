"""Golden values of DOMAIN 3.8."""

import pytest
from statsmodels.stats.contingency_tables import Table

from evaluation.grouping import MERGED
from evaluation.nonresponse import Comparison, Participation, compare, merged

# [[18, 22, 10], [6, 14, 10]]: answered and silent in three groups
TEXTBOOK = {"A": (18, 24), "B": (22, 36), "C": (10, 20)}


def found(counts: dict[str, tuple[int, int]]) -> Comparison:
    comparison = compare("unit_group", counts, 5)
    assert comparison is not None
    return comparison


def test_chi_square_and_cramers_v_are_those_of_the_textbook():
    comparison = found(TEXTBOOK)
    assert comparison.chi2 == pytest.approx(2.962963, abs=1e-6)
    assert (comparison.df, comparison.sparse) == (2, False)
    assert comparison.p == pytest.approx(0.227301, abs=1e-6)
    assert comparison.v == pytest.approx(0.192450, abs=1e-6)


def test_statsmodels_finds_the_same():
    oracle = Table([[18, 6], [22, 14], [10, 10]]).test_nominal_association()
    assert found(TEXTBOOK).chi2 == pytest.approx(oracle.statistic)


def test_two_groups_have_fishers_exact_p():
    # the lady tasting tea (Fisher 1935): 3 of 4 against 1 of 4, p = 0.4857
    comparison = compare("x", {"A": (3, 4), "B": (1, 4)}, 2)
    assert comparison is not None
    assert comparison.p == pytest.approx(0.4857, abs=5e-5)
    assert comparison.sparse


@pytest.mark.parametrize(
    "counts", [{"A": (9, 9)}, {"A": (9, 9), "B": (6, 6)}, {"A": (0, 9), "B": (0, 6)}]
)
def test_one_group_or_no_difference_has_counts_and_no_test(counts: dict[str, tuple[int, int]]):
    comparison = found(counts)
    assert (comparison.chi2, comparison.p, comparison.v) == (None, None, None)
    assert len(comparison.groups) == len(counts)


MERGES = [
    ({"A": (9, 10), "B": (3, 4), "C": (1, 3)}, [("A", 9, 10), (MERGED, 4, 7)]),
    ({"A": (9, 10), "B": (6, 8), "C": (1, 3)}, [("A", 9, 10), (MERGED, 7, 11)]),  # C alone would be seen
    ({"A": (9, 10), "B": (0, 0)}, [("A", 9, 10)]),
    ({"A": (2, 3), "B": (1, 3)}, [(MERGED, 3, 6)]),
    ({"A": (2, 3)}, []),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "shown"), MERGES)
def test_small_groups_are_put_together(
    counts: dict[str, tuple[int, int]], shown: list[tuple[str, int, int]]
):
    assert list(merged(counts, 5)) == [Participation(*each) for each in shown]


def test_fewer_than_five_people_are_not_compared():
    assert compare("unit_group", {"A": (2, 4)}, 5) is None
