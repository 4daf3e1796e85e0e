"""Golden values of Lakens 2013 (DOMAIN 3.4), scipy and pingouin as independent oracles."""

from math import sqrt
from types import ModuleType

import pytest
from scipy import stats

from evaluation.change import Change, change_of, effect_error, wilcoxon_p

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


def test_g_av_is_near_pingouins_hedges_which_pools_the_variances(pingouin: ModuleType):
    assert change().g_av == pytest.approx(
        pingouin.compute_effsize(NOW, BEFORE, paired=True, eftype="hedges"), abs=0.005
    )  # fmt: skip


# Bonett 2008 as the R package statpsych prints it: means, standard deviations, correlation, n; d, its error, its ends
BONETT = [
    ((110.4, 102.1, 15.3, 14.6, 0.75, 25), (0.5550319, 0.1609934, 0.2394905, 0.8705732)),
    ((602.4, 705.6, 33.17, 51.08, 0.769, 8), (-2.3963, 0.65209, -3.6744, -1.1182)),
]


@pytest.mark.parametrize(("data", "published"), BONETT)
def test_the_error_of_an_effect_size_is_bonetts(
    data: tuple[float, ...], published: tuple[float, ...]
):
    m1, m2, s1, s2, r, n = data
    spread = sqrt((s1**2 + s2**2) / 2)
    d = (m1 - m2) / spread
    error = effect_error(d, spread, (s1**2, s2**2, r * s1 * s2), int(n))
    half = stats.norm.ppf(0.975) * error
    assert (d, error, d - half, d + half) == pytest.approx(published, abs=5e-5)


def test_g_av_lies_in_the_middle_of_its_interval():
    found = change()
    assert found.g_interval is not None
    assert (found.g_interval.low + found.g_interval.high) / 2 == pytest.approx(found.g_av)
    # by hand: variances .6778 and .9, covariance .5667, standardiser .886: error sqrt(.05489 + .06291)
    assert found.g_interval.low == pytest.approx(0.957746 * (1.1287 - 1.96 * 0.34322), abs=5e-4)


def test_a_class_that_answered_almost_whole_narrows_the_interval_of_the_effect():
    whole, class_ = change().g_interval, change_of(BEFORE, NOW, population=12)
    assert whole is not None
    assert class_ is not None
    assert class_.g_interval is not None
    ratio = (class_.g_interval.high - class_.g_interval.low) / (whole.high - whole.low)
    assert ratio == pytest.approx(sqrt(2 / 11))


def test_wilcoxon_is_that_of_r_for_the_sleep_data():
    # one difference is zero and some tie: R's wilcox.test(paired = TRUE) gives p = 0.009091
    extra = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    assert wilcoxon_p(extra) == pytest.approx(0.009091, abs=5e-7)


def test_wilcoxon_of_the_maize_data_is_near_its_exact_p():
    maize = [6.0, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
    # W = 24, mean 60, variance 310: z = (36 - 0.5) / sqrt(310); the exact p is .041260
    assert wilcoxon_p(maize) == pytest.approx(2 * stats.norm.sf(35.5 / sqrt(310)), abs=1e-12)
    assert wilcoxon_p(maize) == pytest.approx(0.041260, abs=0.003)


def test_noise_of_binary_floats_is_no_change():
    assert wilcoxon_p([0.1 + 0.2 - 0.3, 0.0]) is None


def test_wilcoxon_does_not_depend_on_the_direction():
    assert wilcoxon_p([1.0, 2.0, -1.0, 3.0]) == pytest.approx(wilcoxon_p([-1.0, -2.0, 1.0, -3.0]))


def test_a_census_has_no_interval_but_an_effect():
    found = change_of(BEFORE, NOW, population=10)
    assert found is not None
    assert (found.interval, found.g_interval) == (None, None)
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
