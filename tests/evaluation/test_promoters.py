"""Golden value of DOMAIN 3.9: 50 promoters, 30 passives, 20 detractors of 100."""

import pytest

from evaluation.numbers import Interval
from evaluation.promoters import Promoters, promoters_of

HUNDRED = [10.0] * 30 + [9.0] * 20 + [8.0] * 20 + [7.0] * 10 + [6.0] * 15 + [0.0] * 5


def found(population: int | None = None) -> Promoters:
    promoters = promoters_of(HUNDRED, population)
    assert promoters is not None
    return promoters


def half(interval: Interval | None) -> float:
    assert interval is not None
    return (interval.high - interval.low) / 2


def test_the_borders_lie_at_six_and_at_nine():
    assert (found().promoters, found().passives, found().detractors, found().n) == (50, 30, 20, 100)


def test_score_and_interval_are_those_of_the_textbook():
    assert found().score == 30.0
    assert half(found().interval) == pytest.approx(15.3081, abs=5e-4)


def test_a_finite_class_narrows_the_interval_and_a_census_has_none():
    assert half(found(120).interval) == pytest.approx(15.3081 * (20 / 119) ** 0.5, abs=5e-4)
    assert found(100).interval is None


def test_the_interval_ends_where_the_scale_ends():
    promoters = promoters_of([10.0] * 19 + [8.0])
    assert promoters is not None
    assert promoters.interval is not None
    assert promoters.interval.high == 100.0


def test_nobody_has_no_score():
    assert promoters_of([]) is None
