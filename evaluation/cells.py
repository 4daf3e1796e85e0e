"""From the answers of one sample to the aggregates of its dimensions, as claims for the gate of disclosure.py.

Works from the codebook's columns (dimension, moment, pair, scm, score), not from item names. Empty input gives no
claims, never a zero or NaN. catalogue.py lists what every kind of cell holds.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation import barriers
from evaluation.numbers import Interval
from evaluation.releases import Cell, Claim
from evaluation.reliability import LEAST_CASES, reliability_of
from evaluation.sample import Sample, population_of, rated, row_of, scored, shares
from evaluation.scales import Mean, index_of, mean_of, share_of

RATING = (1.0, 2.0, 3.0, 4.0)  # only scales with exactly these points become an index (DOMAIN 1.4)
_LEAST_ITEMS = 2


def indices(sample: Sample, factor: float) -> Iterator[Claim]:
    """Per dimension of 4-point items: each response's mean over its rated items, then the mean over responses.

    With complete answers this is Permenpan's SKM with the exact weight 1/n (DOMAIN 1.4).
    """
    rows = rated(sample)
    for dimension in in_order(rows, "dimension"):
        mine = rows[rows["dimension"] == dimension]
        yield index_claim(sample, mine, ("index", dimension), factor)


def index_claim(sample: Sample, rows: pd.DataFrame, what: tuple[str, str], factor: float) -> Claim:
    """`what`: kind and name of the cell. Who could have rated is told by the answers of `sample`."""
    whose, _ = pd.factorize(rows["response"].to_numpy())
    score, weights = rows["score"].to_numpy(), shares(rows, whose)
    means = np.bincount(whose, weights=score) / np.bincount(whose)
    mean = mean_of(means.tolist(), population_of(sample, rows))
    if mean is None:
        raise AssertionError("a dimension without rows has no name")
    weight = weights.to_numpy()
    points = {point: float(weight[score == point].sum()) for point in RATING}
    numbers = {
        "mean": mean.mean, "index": index_of(mean.mean, factor), "count": float(mean.n), "sd": mean.sd,
        "top2": (points[3.0] + points[4.0]) / mean.n,
        **ends(mean, factor, (RATING[0], RATING[-1])),
        **{f"d{point:.0f}": count for point, count in points.items()},
    }  # fmt: skip
    return Claim(Cell(*what, rows["respondent"].nunique(), numbers), (row_of(rows, weights),))


def applied(sample: Sample) -> Iterator[Claim]:
    """Share of the alumni who applied the training at all: score above 0 on the item marked scm = frekuensi."""
    rows = scored(sample, sample.answers["scm"] == "frekuensi")
    share = share_of(int((rows["score"] > 0).sum()), len(rows), population_of(sample, rows))
    if share is not None:
        numbers = {"share": share.share, "named": float(share.k), "count": float(share.n)}
        cell = Cell(
            "share", "penerapan", rows["respondent"].nunique(), numbers | between(share.interval)
        )
        yield Claim(cell, (row_of(rows),))


def named_barriers(sample: Sample, dimension: str, kind: str) -> Iterator[Claim]:
    """Each barrier with the share that named it, the most named first; n is who answered, "none" included."""
    rows = sample.answers
    several = rows["answered"] & (rows["type"] == "select_multiple")
    asked = rows[several & (rows["dimension"] == dimension)]
    if asked.empty:
        return
    worst = rows[rows["answered"] & (rows["dimension"] == f"{dimension}_utama")]
    unknown = sample.codes.unknown
    listed = sample.codes.listed.get(dimension, ())
    ranking = barriers.rank(_chosen(asked, worst), listed, unknown)
    if not ranking.n:
        return
    known = [codes for codes in asked["value"].unique() if set(codes.split()) - unknown]
    informed = asked[asked["value"].isin(known)]
    n, row = informed["respondent"].nunique(), row_of(informed)
    for cell in _barrier_cells(ranking, kind, n):
        yield Claim(cell, (row,))


def _chosen(asked: pd.DataFrame, worst: pd.DataFrame) -> Counter[tuple[str, ...]]:
    """How many responses chose the same codes, and the same of them as the worst; of a response the last counts."""
    last, last_worst = (
        dict(zip(rows["response"].tolist(), rows["value"].tolist(), strict=True))
        for rows in (asked, worst)
    )
    return Counter((codes, last_worst.get(response, "")) for response, codes in last.items())


def _barrier_cells(ranking: barriers.Ranking, kind: str, n: int) -> Iterator[Cell]:
    for barrier in ranking.barriers:
        numbers = {
            "share": barrier.named / ranking.n, "named": float(barrier.named),
            "count": float(ranking.n), "main": float(barrier.main),
        }  # fmt: skip
        main = {"main_share": barrier.main / ranking.with_main} if ranking.with_main else {}
        yield Cell(kind, barrier.code, n, numbers | main)
    none = {"share": ranking.without / ranking.n, "named": float(ranking.without)}
    yield Cell(f"{kind}_none", barriers.NO_BARRIER, n, none | {"count": float(ranking.n)})


def reliabilities(sample: Sample) -> Iterator[Claim]:
    """Cronbach's alpha (two items: Spearman-Brown) of each dimension of 4-point items, from 30 complete cases on.

    Not where the items speak of several instructors: those are other people, not other sides of one thing.
    """
    rows = rated(sample)
    rows = rows[rows["instructor"] == ""]
    for dimension in in_order(rows, "dimension"):
        here = rows[rows["dimension"] == dimension]
        if here["response"].nunique() < LEAST_CASES or here["item"].nunique() < _LEAST_ITEMS:
            continue  # before the table, which takes most of the time of a small class
        table = here.pivot_table(index="response", columns="item", values="score", aggfunc="mean")
        whole = table.dropna()
        if len(whole) < LEAST_CASES or len(table.columns) < _LEAST_ITEMS:
            continue
        found = reliability_of(whole.to_numpy().tolist())
        if found is None:
            continue
        mine = here[here["response"].isin(whole.index)]
        numbers = {
            "coefficient": found.coefficient, "items": float(found.items), "count": float(found.n),
            **between(found.interval),
        }  # fmt: skip
        yield Claim(
            Cell("reliability", dimension, mine["respondent"].nunique(), numbers),
            (row_of(mine, shares(mine)),),
        )


def in_order(rows: pd.DataFrame, column: str) -> list[str]:
    """The names in `column` in the order of the questionnaire."""
    codes, names = pd.factorize(rows[column])
    first = np.full(len(names), np.iinfo(np.int64).max)
    np.minimum.at(first, codes, rows["place"].to_numpy())
    return [name for _, name in sorted(zip(first.tolist(), map(str, names), strict=True))]


def ends(
    mean: Mean, factor: float = 1.0, scale: tuple[float, float] | None = None
) -> dict[str, float]:
    """Interval ends times the factor, cut to the ends of the scale: no index is above 100."""
    if mean.interval is None:
        return {}
    low, high = mean.interval.low, mean.interval.high
    if scale is not None:
        low, high = max(low, scale[0]), min(high, scale[1])
    return {"low": low * factor, "high": high * factor}


def between(interval: Interval | None) -> dict[str, float]:
    return {} if interval is None else {"low": interval.low, "high": interval.high}
