"""From the classroom to the office: trained, applied, with a clear result, with evidence of it.

Beside it whether the plan made in class was carried out. From the alumni's answers to claims for the gate. The codebook
marks the items: scm = frekuensi, scm = hasil, and the dimensions `bukti` and `komitmen`.
"""

from collections.abc import Iterator

import pandas as pd

from evaluation.cells import between
from evaluation.releases import Cell, Claim
from evaluation.sample import Sample, population_of, row_of, scored
from evaluation.scales import share_of

EVIDENCE, COMMITMENT = "bukti", "komitmen"
IMPRESSION = "kesan"  # "an impression, no data yet": an answer, no evidence


def funnel(sample: Sample) -> Iterator[Claim]:
    """How many of those who answered took each step, each within the step before; `trained` is the whole class.

    A step that somebody could have taken and nobody was asked about is left out: none asked is not none.
    """
    asked = scored(sample, sample.answers["scm"] == "frekuensi")
    if asked.empty:
        return
    steps = _steps(sample, asked)
    population = population_of(sample, asked)
    numbers = {"trained": float(sample.population), "count": float(len(asked))}
    for name, people in steps.items():
        share = share_of(len(people), len(asked), population)
        if share is None:
            continue
        ends = {f"{name}_{end}": value for end, value in between(share.interval).items()}
        numbers |= {name: float(share.k), f"{name}_share": share.share, **ends}
    yield Claim(
        Cell("funnel", "penerapan", asked["respondent"].nunique(), numbers), (row_of(asked),)
    )


def commitments(sample: Sample) -> Iterator[Claim]:
    """Share of those asked who carried out in whole what they had written down in class; Wilson's interval.

    A plan that changed was not kept, and stays in the base: the sum is that of the question itself, and tells no more.
    """
    answers = sample.answers
    asked = answers[answers["answered"] & (answers["dimension"] == COMMITMENT) & (answers["type"] == "select_one")]  # fmt: skip
    if asked.empty:
        return
    rows = asked[asked["item"] == asked.sort_values("place")["item"].iloc[0]]
    codes = sample.codes.of_item[str(rows["questionnaire"].iloc[0]), str(rows["item"].iloc[0])]
    best = max(score for score in codes.values() if score is not None)
    share = share_of(int((rows["score"] == best).sum()), len(rows), population_of(sample, rows))
    if share is not None:
        numbers = {"share": share.share, "named": float(share.k), "count": float(share.n)}
        cell = Cell(
            "kept", COMMITMENT, rows["respondent"].nunique(), numbers | between(share.interval)
        )
        yield Claim(cell, (row_of(rows),))


def _steps(sample: Sample, asked: pd.DataFrame) -> dict[str, set[int]]:
    applied = set(asked.loc[asked["score"] > 0, "response"])
    results = scored(sample, sample.answers["scm"] == "hasil")
    best = max(
        (score for (_, item), codes in sample.codes.of_item.items() if item in set(results["item"])
         for score in codes.values() if score is not None),
        default=0.0,
    )  # fmt: skip
    steps = {"applied": applied}
    if results.empty and applied:
        return steps
    steps["result"] = applied & set(results.loc[results["score"] == best, "response"])
    named = _evidence(sample)
    if not named.empty or not steps["result"]:
        told = [bool(set(value.split()) - {IMPRESSION}) for value in named["value"]]
        steps["evidence"] = steps["result"] & set(named.loc[told, "response"])
    return steps


def _evidence(sample: Sample) -> pd.DataFrame:
    return sample.answers[
        (sample.answers["dimension"] == EVIDENCE)
        & (sample.answers["type"] == "select_multiple")
        & sample.answers["answered"]
    ]
