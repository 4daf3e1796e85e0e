"""Golden values of DOMAIN 3.8: 0.6 * 3.2 + 0.4 * 2.8, and Kish; statsmodels as an independent oracle."""

import pytest
from statsmodels.stats.weightstats import DescrStatsW

from evaluation.weighting import kish, weighted_mean, weights_of


def test_the_weighted_mean_is_that_of_the_population():
    # 60 and 40 people, of whom 10 and 30 answered 3.2 and 2.8 on average
    weights = weights_of({"A": 10, "B": 30}, {"A": 60, "B": 40})
    assert weights == {"A": pytest.approx(2.4), "B": pytest.approx(0.4 / 0.75)}
    found = weighted_mean([3.2] * 10 + [2.8] * 30, [weights["A"]] * 10 + [weights["B"]] * 30)
    assert found is not None
    assert found.mean == pytest.approx(3.04)


def test_kish_is_that_of_the_textbook():
    weights = [1.0] * 6 + [2.0] * 3 + [4.0]
    assert kish(weights) == pytest.approx(7.529412, abs=1e-6)
    found = weighted_mean([1.0] * 10, weights)
    assert found is not None
    assert found.design_effect == pytest.approx(1.328125)


def test_statsmodels_finds_the_same_mean():
    values, weights = [1.0, 2.0, 4.0, 3.0], [1.0, 2.5, 0.5, 1.0]
    found = weighted_mean(values, weights)
    assert found is not None
    assert found.mean == pytest.approx(DescrStatsW(values, weights=weights).mean)


def test_no_weight_is_above_three():
    assert weights_of({"A": 5, "B": 45}, {"A": 50, "B": 50})["A"] == 3.0


COLLAPSED = [
    ({"A": 2, "B": 4, "C": 20}, {"A": 10, "B": 10, "C": 20}, {"A", "B"}),  # two small ones together
    ({"A": 2, "B": 8, "C": 20}, {"A": 10, "B": 10, "C": 20}, {"A", "B"}),  # a small one joins the next
    ({"B": 8, "C": 20}, {"A": 10, "B": 10, "C": 20}, {"A", "B"}),  # nobody of A answered
]  # fmt: skip


@pytest.mark.parametrize(("answered", "population", "together"), COLLAPSED)
def test_groups_with_fewer_than_five_answers_are_put_together(
    answered: dict[str, int], population: dict[str, int], together: set[str]
):
    weights = weights_of(answered, population)
    assert {name for name, weight in weights.items() if weight == weights["A"]} == together


@pytest.mark.parametrize("answered", [{"A": 3, "B": 3}, {"A": 9}, {}])
def test_one_group_that_is_left_is_not_weighted(answered: dict[str, int]):
    assert weights_of(answered, {"A": 20, "B": 20} if "B" in answered else {"A": 20}) == {}


def test_equal_response_gives_everybody_the_weight_one():
    weights = weights_of({"A": 10, "B": 20}, {"A": 15, "B": 30})
    assert weights == {"A": pytest.approx(1), "B": pytest.approx(1)}


def test_nobody_has_no_weighted_mean():
    assert weighted_mean([], []) is None
