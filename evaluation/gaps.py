"""The same thing asked of alumni and of their superiors, or peers, set side by side for the same alumni.

A superior's or peer's answer belongs to the alumnus it is about; several answers about one alumnus are averaged. From two
samples to claims for the gate. Which questions belong together: same dimension, same scale.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from evaluation.cells import between
from evaluation.change import change_of
from evaluation.releases import Cell, Claim
from evaluation.sample import Sample, row_of, scored

_KEY = ["training", "alumnus"]


@dataclass(frozen=True, slots=True)
class Raters:
    """How a cell calls who rates: its kind, and the names of their mean and of how many they are."""

    kind: str
    mean: str
    people: str


RATERS = {
    "followup_superior": Raters("gap", "superior", "superiors"),
    "followup_peer": Raters("peer_gap", "peer", "peers"),
}


def gaps(round_kind: str, raters: Sample, alumni: Sample) -> Iterator[Claim]:
    """`difference` is rater minus self, in points of the common scale; `combined` the mean of both roles' means."""
    called = RATERS[round_kind]
    theirs, own = _scored(raters, "about"), _scored(alumni, "respondent")
    for dimension, item, same in _pairs(theirs, own, raters, alumni):
        view = theirs[theirs["item"] == item]
        self_view = own[own["item"] == same]
        both = _by_alumnus(self_view).to_frame("own").join(_by_alumnus(view), how="inner")
        change = change_of(list(both["own"]), list(both["score"]), alumni.population)
        if change is None:
            continue
        view, self_view = _of(view, both.index), _of(self_view, both.index)
        numbers = {
            "self": change.before, called.mean: change.now, "difference": change.difference,
            "combined": (change.before + change.now) / 2, "count": float(change.n),
            called.people: float(view["respondent"].nunique()), **between(change.interval),
        }  # fmt: skip
        n = min(view["respondent"].nunique(), self_view["respondent"].nunique())
        weights = 1 / view.groupby(_KEY)["item"].transform("size")
        yield Claim(
            Cell(called.kind, dimension, n, numbers), (row_of(self_view), row_of(view, weights))
        )


def _scored(sample: Sample, whose: str) -> pd.DataFrame:
    rows = scored(sample, sample.answers["type"] == "select_one")
    return rows[rows[whose] != ""].assign(alumnus=rows[whose])


def _pairs(
    theirs: pd.DataFrame, own: pd.DataFrame, raters: Sample, alumni: Sample
) -> Iterator[tuple[str, str, str]]:
    """(dimension, the raters' item, the alumni's item) wherever both rate on the same points."""
    for dimension in sorted(set(theirs["dimension"]) & set(own["dimension"]) - {""}):
        here = _scales(theirs[theirs["dimension"] == dimension], raters)
        there = _scales(own[own["dimension"] == dimension], alumni)
        for item, scale in sorted(here.items()):
            same = sorted(name for name, points in there.items() if points == scale)
            if same:
                yield str(dimension), item, same[0]
                break


def _scales(rows: pd.DataFrame, sample: Sample) -> dict[str, frozenset[float]]:
    keys = rows[["questionnaire", "item"]].drop_duplicates().itertuples(index=False)
    return {
        str(item): frozenset(
            score for score in sample.codes.of_item[str(form), str(item)].values() if score is not None
        )
        for form, item in keys
    }  # fmt: skip


def _by_alumnus(rows: pd.DataFrame) -> "pd.Series[float]":
    return rows.groupby(_KEY)["score"].mean()


def _of(rows: pd.DataFrame, alumni: pd.Index) -> pd.DataFrame:
    return rows[pd.MultiIndex.from_frame(rows[_KEY]).isin(alumni)]
