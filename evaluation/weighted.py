"""The index of each dimension as if every group of the roster had answered alike, beside the plain one.

From one sample to claims for the gate; weighting.py says how much a group weighs.
"""

from collections.abc import Iterator

from evaluation.cells import in_order
from evaluation.releases import Cell, Claim
from evaluation.sample import Sample, rated, row_of, shares
from evaluation.scales import index_of
from evaluation.weighting import weighted_mean, weights_of


def weighted_indices(sample: Sample, by: str, factor: float) -> Iterator[Claim]:
    """`by`: a column of the roster such as unit_group. Nothing where the groups answered alike or are one."""
    answered = sample.sizes(by)
    eligible = sample.eligible[by]
    population = {str(name): int(n) for name, n in eligible[eligible != ""].value_counts().items()}
    weights = weights_of(answered, population)
    if not weights or (eligible == "").any() or len(set(weights.values())) == 1:
        return
    rows = rated(sample)
    weight = rows[by].map(weights).astype(float)
    for dimension in in_order(rows, "dimension"):
        mine = rows[rows["dimension"] == dimension]
        each = shares(mine)
        means = (mine["score"] * each).groupby(mine["response"]).sum()
        person = weight.loc[mine.index].groupby(mine["response"]).first()
        found = weighted_mean(list(means), list(person))
        if found is None:
            continue
        numbers = {
            "mean": found.mean, "index": index_of(found.mean, factor), "count": float(len(means)),
            "n_effective": found.n_effective, "design_effect": found.design_effect,
        }  # fmt: skip
        cell = Cell("weighted", dimension, mine["respondent"].nunique(), numbers)
        yield Claim(cell, (row_of(mine, each * weight.loc[mine.index]),))
