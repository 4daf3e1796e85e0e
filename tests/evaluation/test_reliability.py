"""Golden values of pingouin's data set and of Feldt's interval (DOMAIN 3.6); pingouin as an independent oracle."""

import random
from types import ModuleType

import pandas as pd
import pytest

from evaluation.reliability import cronbach, feldt, reliability_of, spearman_brown

ROWS = (
    "3224145143/5546351255/7535564336/2343322266/6556544467/1223425235/4335352124/2544372246/"
    "6255516523/5246435317/4135253234/4423253423/5556233244/6555422146/4435531323"
)
CASES = [[float(digit) for digit in row] for row in ROWS.split("/")]


def test_alpha_is_that_of_the_textbook_data_set():
    found = reliability_of(CASES, least=15)
    assert found is not None
    assert (found.n, found.items) == (15, 10)  # the matrix lists fifteen cases of ten items
    assert found.coefficient == pytest.approx(0.5917188486, abs=1e-9)


def test_its_interval_is_the_published_one():
    found = reliability_of(CASES, least=15)
    assert found is not None
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((0.195, 0.84), abs=5e-3)


def test_feldts_interval_agrees_with_the_golden_one():
    interval = feldt(0.85, 7, 89)
    assert (interval.low, interval.high) == pytest.approx((0.797065, 0.893167), abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_alpha_and_interval_agree_with_pingouin(seed: int, pingouin: ModuleType):
    draw = random.Random(seed)
    cases = [[float(draw.randint(1, 4)) for _ in range(4)] for _ in range(40)]
    alpha, interval = pingouin.cronbach_alpha(data=pd.DataFrame(cases))
    found = reliability_of(cases)
    assert found is not None
    assert found.interval is not None
    assert found.coefficient == pytest.approx(alpha)
    assert (found.interval.low, found.interval.high) == pytest.approx(tuple(interval), abs=5e-4)


def test_two_items_have_spearman_brown_and_no_interval():
    # r of these two is 0.5, so 2 * 0.5 / 1.5
    assert spearman_brown([1.0, 2.0, 3.0], [1.0, 3.0, 2.0]) == pytest.approx(2 / 3)
    pairs = [[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]] * 10
    found = reliability_of(pairs)
    assert found is not None
    assert (found.items, found.interval) == (2, None)


@pytest.mark.parametrize("items", [2, 3])
def test_no_coefficient_of_a_single_small_class(items: int):
    assert reliability_of([[float(at % 4)] * items for at in range(29)]) is None


@pytest.mark.parametrize("cases", [[], [[1.0]] * 40, [[2.0, 2.0]] * 40, [[2.0, 2.0, 2.0]] * 40])
def test_nobody_one_item_or_equal_answers_have_no_coefficient(cases: list[list[float]]):
    assert reliability_of(cases) is None


def test_opposite_items_have_no_spearman_brown():
    assert spearman_brown([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]) is None


def test_the_order_of_the_cases_changes_nothing():
    columns = list(zip(*CASES, strict=True))
    backwards = list(zip(*reversed(CASES), strict=True))
    assert cronbach(columns) == pytest.approx(cronbach(backwards))
