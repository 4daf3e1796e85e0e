"""From the classroom to the office: trained, applied, with a clear result, with evidence of it.

From the alumni's answers to claims for the gate. The codebook marks the items: scm = frekuensi, scm = hasil, and
the dimension `bukti`.
"""

from collections.abc import Iterator

import pandas as pd

from evaluation.cells import between
from evaluation.releases import Cell, Claim
from evaluation.sample import Sample, population_of, row_of, scored
from evaluation.scales import share_of

EVIDENCE = "bukti"
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
