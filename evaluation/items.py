"""Every closed question by itself: how often each answer was given, and where the answers are points, their middle.

From the answers of one sample to claims for the gate. Free text is quotes.py, dimensions are cells.py.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import pandas as pd

from evaluation.cells import between
from evaluation.promoters import LEAST_FOR_SCORE, promoters_of
from evaluation.releases import Cell, Claim
from evaluation.sample import Sample, population_of, row_of
from evaluation.scales import mean_of, median_of, share_of, top_two

YES_NO = (0.0, 1.0)
RECOMMENDATION = "rekomendasi"  # the dimension of the 0 to 10 question
_NUMBERS = ("range", "integer", "decimal")
_LEAST_FOR_TOP_TWO = 4
_DERIVED = "_utama"  # the main barrier is told with the barriers; a second count would betray who named one only


def items(sample: Sample) -> Iterator[Claim]:
    """One cell per closed question that anybody answered, in the order of the questionnaire."""
    asked = sample.answers[sample.answers["answered"]]
    asked = asked[~asked["dimension"].str.endswith(_DERIVED)]
    for (_, item), rows in asked.groupby(["place", "item"]):
        kind = rows["type"].iloc[0]
        if kind in {"select_one", "select_multiple"}:
            yield from _choices(sample, str(item), rows)
        elif kind in _NUMBERS:
            yield from _numbers(str(item), rows)


def _choices(sample: Sample, item: str, rows: pd.DataFrame) -> Iterator[Claim]:
    codes = sample.codes.of_item.get((str(rows["questionnaire"].iloc[0]), item), {})
    given = {value: value.split() for value in rows["value"].unique()}
    informed = rows[
        rows["value"].isin([value for value in given if set(given[value]) & set(codes)])
    ]
    if informed.empty:
        return
    often = Counter[str]()
    for value, times in Counter(informed["value"]).items():
        often.update(dict.fromkeys(given[value], times))
    counts = {f"n_{code}": float(often[code]) for code in sorted(codes)}
    numbers = {"count": float(len(informed)), "population": float(population_of(sample, informed))}
    points = _points(informed, codes, sample)
    cell = Cell("item", item, informed["respondent"].nunique(), numbers | counts | points)
    yield Claim(cell, (row_of(informed),))


def _points(
    rows: pd.DataFrame, codes: Mapping[str, float | None], sample: Sample
) -> dict[str, float]:
    """Mean, median and top-2-box of a scale; of yes and no the share of yes. Empty for mere names."""
    scores = [float(score) for score in rows["score"].dropna()]
    scale = tuple(sorted({score for score in codes.values() if score is not None}))
    mean = mean_of(scores)
    middle = median_of(scores)
    if mean is None or middle is None:
        return {}
    if scale == YES_NO:
        yes = share_of(int(sum(scores)), len(scores), population_of(sample, rows))
        found = {} if yes is None else {"yes": float(yes.k), "share": yes.share}
        return found if yes is None else found | between(yes.interval)
    found = {"mean": mean.mean, "median": middle, "sd": mean.sd, "scored": float(mean.n)}
    if len(scale) >= _LEAST_FOR_TOP_TWO:
        found["top2"] = top_two(scores, scale) or 0.0
    return found


def _numbers(item: str, rows: pd.DataFrame) -> Iterator[Claim]:
    values = [float(value) for value in rows["value"]]
    mean, middle = mean_of(values), median_of(values)
    if mean is None or middle is None:
        return
    numbers = {"count": float(mean.n), "mean": mean.mean, "median": middle, "sd": mean.sd}
    yield Claim(Cell("item", item, rows["respondent"].nunique(), numbers), (row_of(rows),))


def recommendation(sample: Sample) -> Iterator[Claim]:
    """Promoters, passives and detractors of the 0 to 10 question; the score from 30 answers on."""
    rows = sample.answers[sample.answers["answered"]]
    rows = rows[(rows["dimension"] == RECOMMENDATION) & (rows["type"] == "range")]
    found = promoters_of([float(value) for value in rows["value"]], population_of(sample, rows))
    if found is None:
        return
    numbers = {
        "promoters": float(found.promoters), "passives": float(found.passives),
        "detractors": float(found.detractors), "count": float(found.n),
    }  # fmt: skip
    if found.n >= LEAST_FOR_SCORE:
        numbers |= {"score": found.score, **between(found.interval)}
    yield Claim(Cell("nps", RECOMMENDATION, rows["respondent"].nunique(), numbers), (row_of(rows),))
