"""Golden values: DOMAIN 3.1 to 3.3, Newcombe 1998, the NIST handbook; statsmodels as an independent oracle."""

from decimal import Decimal

import pytest
from statsmodels.stats.proportion import proportion_confint

from evaluation.numbers import Interval, finite_factor, half_up, percentages
from evaluation.scales import (
    Band,
    band_of,
    distribution,
    index_of,
    mean_of,
    median_of,
    share_of,
    top_two,
)  # fmt: skip

LIKERT = [1.0] * 1 + [2.0] * 3 + [3.0] * 11 + [4.0] * 10
SCALE = (1.0, 2.0, 3.0, 4.0)
BANDS = (
    Band(Decimal("25.00"), "Tidak baik", "D"), Band(Decimal("65.00"), "Kurang baik", "C"),
    Band(Decimal("76.61"), "Baik", "B"), Band(Decimal("88.31"), "Sangat baik", "A"),
)  # fmt: skip


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def test_a_likert_item_has_the_mean_and_interval_of_the_textbook():
    mean = mean_of(LIKERT)
    assert mean is not None
    assert (mean.n, mean.mean, mean.sd) == (25, 3.2, pytest.approx(0.816497, abs=1e-6))
    assert ends(mean.interval) == pytest.approx((2.862967, 3.537033), abs=1e-6)


def test_a_likert_item_has_the_distribution_top_two_box_and_index_of_the_textbook():
    assert distribution(LIKERT, SCALE) == {1: 1, 2: 3, 3: 11, 4: 10}
    assert top_two(LIKERT, SCALE) == 0.84
    assert index_of(3.2, 25) == 80.0
    assert median_of(LIKERT) == 3.0


@pytest.mark.parametrize(
    ("scores", "middle"), [([1.0, 4.0], 2.5), ([4.0, 1.0, 2.0], 2.0), ([], None)]
)
def test_the_median_is_the_middle_or_the_mean_of_the_two_middle_scores(
    scores: list[float], middle: float | None
):
    assert median_of(scores) == middle


PERCENTAGES = [
    ((1, 1, 1), ("33.4", "33.3", "33.3")),
    ((1, 3, 11, 10), ("4.0", "12.0", "44.0", "40.0")),
    ((1, 1, 1, 1, 1, 1), ("16.7", "16.7", "16.7", "16.7", "16.6", "16.6")),
    ((0, 0), ("0.0", "0.0")),
    ((5,), ("100.0",)),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "shown"), PERCENTAGES)
def test_percentages_sum_to_exactly_one_hundred(counts: tuple[int, ...], shown: tuple[str, ...]):
    assert tuple(str(each) for each in percentages(counts)) == shown


def test_a_point_nobody_chose_stands_in_the_distribution_with_zero():
    assert distribution([3.0, 3.0], SCALE) == {1: 0, 2: 0, 3: 2, 4: 0}


def test_the_interval_of_a_mean_agrees_with_nist_zarr13():
    # 195 values made to have exactly the handbook's mean and standard deviation
    centre, spread = 9.261460, 0.022789
    mean = mean_of([centre + spread] * 97 + [centre - spread] * 97 + [centre])
    assert mean is not None
    assert mean.sd == pytest.approx(spread)
    assert ends(mean.interval) == pytest.approx((9.258242, 9.264679), abs=1e-6)


WILSON = [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
    (21, 25, 0.653463, 0.935965), (7, 50, 0.069508, 0.261862),
]  # fmt: skip


@pytest.mark.parametrize(("k", "n", "low", "high"), WILSON)
def test_wilson_agrees_with_newcombe_and_with_statsmodels(k: int, n: int, low: float, high: float):
    share = share_of(k, n)
    assert share is not None
    assert ends(share.interval) == pytest.approx((low, high), abs=1e-4)
    assert ends(share.interval) == pytest.approx(proportion_confint(k, n, method="wilson"))


def test_a_class_that_answered_almost_whole_has_a_much_narrower_interval():
    share = share_of(20, 25, population=30)
    assert share is not None
    assert ends(share.interval) == pytest.approx((0.7275, 0.8570), abs=1e-4)
    assert finite_factor(25, 30) == pytest.approx(0.415227, abs=1e-6)


def test_the_example_of_the_weekly_summary_has_its_interval():
    share = share_of(18, 27, population=39)
    assert share is not None
    assert [half_up(end * 100, 1) for end in ends(share.interval)] == [
        Decimal("56.1"),
        Decimal("75.8"),
    ]


def test_a_mean_of_a_finite_class_is_narrower_by_the_same_factor():
    whole, class_ = mean_of(LIKERT), mean_of(LIKERT, population=30)
    assert whole is not None
    assert class_ is not None
    ratio = (ends(class_.interval)[1] - 3.2) / (ends(whole.interval)[1] - 3.2)
    assert ratio == pytest.approx(0.415227, abs=1e-6)


def test_a_census_has_no_interval():
    share, mean = share_of(20, 30, population=30), mean_of(LIKERT, population=25)
    assert share is not None
    assert mean is not None
    assert (share.interval, mean.interval) == (None, None)


@pytest.mark.parametrize("scores", [[3.0] * 9, [3.0] * 20, [2.0, 4.0]])
def test_few_or_equal_answers_have_a_mean_and_no_interval(scores: list[float]):
    mean = mean_of(scores)
    assert mean is not None
    assert mean.interval is None


def test_nobody_has_no_mean_no_share_and_no_box():
    assert (mean_of([]), share_of(0, 0), top_two([], SCALE)) == (None, None, None)


BORDERS = [
    (64.99, "D"), (64.994, "D"), (64.995, "C"), (76.60, "C"), (76.605, "B"), (76.61, "B"), (88.30, "B"),
    (88.305, "A"), (100.0, "A"), (25.0, "D"),
]  # fmt: skip


@pytest.mark.parametrize(("index", "grade"), BORDERS)
def test_a_band_is_found_on_the_value_rounded_half_up_to_two_decimals(index: float, grade: str):
    band = band_of(index, BANDS)
    assert band is not None
    assert band.grade == grade


def test_the_exact_weight_gives_the_published_index_and_grade():
    # DOMAIN 1.4, trap 1: 29 questionnaires, nine elements
    totals = [105, 101, 100, 116, 102, 105, 106, 105, 115]
    mean = sum(totals) / (29 * 9)
    assert half_up(index_of(mean, 25), 4) == Decimal("91.4751")
    # the source also prints what the weight 0.11 gives: a factor of 25 x 0.99 in study.toml
    assert half_up(index_of(mean, 24.75), 4) == Decimal("90.5603")


@pytest.mark.parametrize(
    ("value", "written"), [(2.45, "2.5"), (2.449, "2.4"), (76.25, "76.3"), (-0.05, "-0.1")]
)
def test_rounding_is_half_up(value: float, written: str):
    assert str(half_up(value, 1)) == written
