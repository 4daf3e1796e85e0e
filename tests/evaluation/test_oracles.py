"""Our statistics beside libraries that know nothing of them: statsmodels, pingouin, pandas, numpy, scipy; and NIST's certified values.

docs/statistics.md lists which statistic is held against what.
"""

import random
from collections import Counter
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.weightstats import DescrStatsW

from evaluation.barriers import NO_BARRIER, rank
from evaluation.change import wilcoxon_p
from evaluation.nonresponse import compare, fisher_p
from evaluation.numbers import deviation, variance
from evaluation.promoters import promoters_of
from evaluation.reliability import spearman_brown
from evaluation.scales import distribution, mean_of, median_of, top_two

SCALE = (1.0, 2.0, 3.0, 4.0)
SEEDS = (1, 2, 3)


def answers(seed: int, n: int = 37, points: int = 4) -> list[float]:
    draw = random.Random(seed)
    return [float(draw.randint(1, points)) for _ in range(n)]


# NIST StRD, univariate: data made to lose digits; certified mean and standard deviation
NUMACC = [
    ([10000001.0, 10000003.0, 10000002.0], 10000002.0, 1.0),
    ([1.2, *[1.1, 1.3] * 500], 1.2, 0.1),
    ([1000000.2, *[1000000.1, 1000000.3] * 500], 1000000.2, 0.1),
    ([10000000.2, *[10000000.1, 10000000.3] * 500], 10000000.2, 0.1),
]  # fmt: skip


@pytest.mark.parametrize(("data", "mean", "sd"), NUMACC)
def test_mean_and_deviation_are_the_certified_ones_of_nist_numacc(
    data: list[float], mean: float, sd: float
):
    found = mean_of(data)
    assert found is not None
    assert (found.mean, found.sd) == (pytest.approx(mean, rel=1e-14), pytest.approx(sd, rel=1e-8))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_interval_of_a_mean_is_that_of_statsmodels(seed: int):
    found = mean_of(answers(seed))
    assert found is not None
    assert found.interval is not None
    oracle = DescrStatsW(answers(seed)).tconfint_mean()
    assert (found.interval.low, found.interval.high) == pytest.approx(tuple(oracle))


@pytest.mark.parametrize("seed", SEEDS)
def test_variance_and_deviation_are_those_of_numpy(seed: int):
    data = answers(seed)
    assert variance(data) == pytest.approx(np.var(data, ddof=1))
    assert deviation(data) == pytest.approx(np.std(data, ddof=1))


@pytest.mark.parametrize("seed", SEEDS)
def test_distribution_median_and_top_two_are_those_of_pandas(seed: int):
    data = pd.Series(answers(seed))
    assert distribution(list(data), SCALE) == data.value_counts().reindex(SCALE, fill_value=0).to_dict()  # fmt: skip
    assert median_of(list(data)) == data.median()
    assert top_two(list(data), SCALE) == pytest.approx(data.isin([3.0, 4.0]).mean())


@pytest.mark.parametrize("seed", SEEDS)
def test_spearman_brown_is_the_alpha_of_two_standardised_items(seed: int, pingouin: ModuleType):
    table = pd.DataFrame({"one": answers(seed), "two": answers(seed + 100)})
    alpha, _ = pingouin.cronbach_alpha(data=(table - table.mean()) / table.std())
    assert spearman_brown(list(table["one"]), list(table["two"])) == pytest.approx(alpha)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_recommendation_is_a_mean_of_plus_one_zero_and_minus_one(seed: int):
    given = [score - 1 for score in answers(seed, 60, 11)]
    found = promoters_of(given)
    assert found is not None
    assert found.interval is not None
    signs = np.select([np.array(given) >= 9, np.array(given) >= 7], [1.0, 0.0], -1.0)
    oracle = stats.norm.interval(0.95, signs.mean(), stats.sem(signs, ddof=0))
    ends = (found.interval.low / 100, found.interval.high / 100)
    assert (found.score / 100, ends) == (pytest.approx(signs.mean()), pytest.approx(oracle))


@pytest.mark.parametrize("seed", SEEDS)
def test_participation_is_compared_as_statsmodels_and_scipy_do(seed: int):
    draw = random.Random(seed)
    counts = {name: (draw.randint(5, 20), draw.randint(25, 40)) for name in "ABCD"}
    found = compare("unit_group", counts, 5)
    assert found is not None
    table = np.array([[answered, whole - answered] for answered, whole in counts.values()])
    oracle = Table(table).test_nominal_association()
    assert (found.chi2, found.df, found.p) == pytest.approx(
        (oracle.statistic, oracle.df, oracle.pvalue)
    )
    assert found.v == pytest.approx(stats.contingency.association(table, method="cramer"))


@pytest.mark.parametrize("seed", SEEDS)
def test_fishers_exact_p_is_that_of_scipy(seed: int):
    draw = random.Random(seed)
    tables = [np.array([[draw.randint(0, most) for _ in "ab"] for _ in "AB"]) for most in (4, 30, 5000)]  # fmt: skip
    for table in tables:
        assert fisher_p(table) == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_wilcoxons_p_is_that_of_scipy(seed: int):
    draw = random.Random(seed)
    for size in (1, 2, 5, 30):
        moved = [draw.choice([-2, -1, -0.5, 0, 0.5, 1, 1, 2]) for _ in range(size)] + [1.5]
        oracle = stats.wilcoxon(moved, zero_method="wilcox", correction=True, method="approx")
        assert wilcoxon_p(moved) == pytest.approx(oracle.pvalue, rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_barriers_are_counted_as_pandas_counts_them(seed: int):
    draw = random.Random(seed)
    codes = ["anggaran", "atasan", "waktu", "rekan"]
    chosen = {f"p{at}": draw.sample(codes, draw.randint(1, 3)) for at in range(40)}
    chosen["nobody"] = [NO_BARRIER]
    given = Counter((" ".join(codes_of_one), "") for codes_of_one in chosen.values())
    found = rank(given, [*codes, NO_BARRIER], [])
    oracle = pd.Series(chosen).explode().value_counts()
    assert {each.code: each.named for each in found.barriers} == oracle.drop(NO_BARRIER).to_dict()
    assert (found.n, found.without) == (len(chosen), oracle[NO_BARRIER])
