"""Golden values of Lakens 2013 (DOMAIN 3.4), scipy and pingouin as independent oracles."""

import pingouin
import pytest
from scipy import stats

from evaluation.change import Change, change_of

NOW = [9.0, 7, 8, 9, 8, 9, 9, 10, 9, 9]
BEFORE = [9.0, 6, 7, 8, 7, 9, 8, 8, 8, 7]


def change() -> Change:
    found = change_of(BEFORE, NOW)
    assert found is not None
    return found


def test_means_and_difference_are_those_of_lakens():
    assert (change().n, change().before, change().now, change().difference) == (
        10, 7.7, 8.7, pytest.approx(1.0),
    )  # fmt: skip


def test_the_interval_is_that_of_lakens_and_of_scipy():
    interval = change().interval
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.523095, 1.476905), abs=1e-6)
    oracle = stats.ttest_rel(NOW, BEFORE).confidence_interval()
    assert (interval.low, interval.high) == pytest.approx((oracle.low, oracle.high))


def test_g_av_is_that_of_lakens():
    assert change().g_av == pytest.approx(1.0810, abs=5e-5)


def test_g_av_is_near_pingouins_hedges_which_pools_the_variances():
    assert change().g_av == pytest.approx(
        pingouin.compute_effsize(NOW, BEFORE, paired=True, eftype="hedges"), abs=0.005
    )  # fmt: skip


def test_a_census_has_no_interval_but_an_effect():
    found = change_of(BEFORE, NOW, population=10)
    assert found is not None
    assert found.interval is None
    assert found.g_av is not None


@pytest.mark.parametrize(("before", "now"), [([2.0], [3.0]), ([2.0, 2.0], [3.0, 3.0])])
def test_one_pair_or_no_spread_has_a_difference_and_no_effect_size(
    before: list[float], now: list[float]
):
    found = change_of(before, now)
    assert found is not None
    assert (found.difference, found.g_av, found.interval) == (1.0, None, None)


def test_nobody_has_no_change():
    assert change_of([], []) is None


def test_unequal_lengths_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="longer"):
        change_of([1.0], [1.0, 2.0])
