"""One ability at three moments: before and now as remembered at the end, and three months later.

From the answers of one or two rounds to claims for the gate; the codebook's `moment` and `pair` say what belongs
together. Knows no training and publishes nothing.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from evaluation.cells import between, ends
from evaluation.change import Change, change_of
from evaluation.kinds import joint
from evaluation.numbers import Interval
from evaluation.releases import Cell, Claim, Row
from evaluation.sample import Sample, row_of, scored, shares
from evaluation.scales import mean_of

_PERSON = ["training", "respondent"]


def changes(sample: Sample) -> Iterator[Claim]:
    """Before and now as remembered at one moment (retrospective pretest), matched by person and pair."""
    rows = _rows(sample)
    for dimension, whole in _matched(rows, ("retro_pre", "now")):
        before, now = _by_person(whole, ("retro_pre", "now"))
        change = change_of(before, now, sample.population)
        if change is not None:
            numbers = {"before": change.before, "now": change.now, **_of(change), **_scale(sample)}
            yield _claim("change", dimension, numbers, whole, ("retro_pre", "now"))


def followups(sample: Sample) -> Iterator[Claim]:
    """The same ability at the follow-up, of everybody who answered it."""
    for dimension, whole in _matched(_rows(sample), ("followup",)):
        (later,) = _by_person(whole, ("followup",))
        mean = mean_of(later, sample.population)
        if mean is not None:
            numbers = {"mean": mean.mean, "count": float(mean.n), **_scale(sample), **ends(mean)}
            yield _claim("level", dimension, numbers, whole, ("followup",))


def matched(sample: Sample, earlier: Sample) -> Iterator[Claim]:
    """Before, now and three months later of the same people, over two rounds."""
    rows = pd.concat([_rows(earlier), _rows(sample)], ignore_index=True)
    wanted = ("retro_pre", "now", "followup")
    for dimension, whole in _matched(rows, wanted):
        before, now, later = _by_person(whole, wanted)
        change = change_of(before, later, sample.population)
        since = change_of(now, later, sample.population)
        if change is None or since is None:
            continue
        numbers = {
            "before": change.before, "now": since.before, "followup": change.now,
            **_of(change), **_scale(sample),
            "kept": since.difference, **_named("kept", since.interval),
        }  # fmt: skip
        yield _claim("matched", dimension, numbers, whole, wanted)


def _rows(sample: Sample) -> pd.DataFrame:
    return scored(sample, (sample.answers["moment"] != "") & (sample.answers["about"] == ""))


def _matched(rows: pd.DataFrame, wanted: Sequence[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Per dimension the answers of the people with every wanted moment of a pair; other pairs are left out."""
    mine = rows[rows["moment"].isin(list(wanted))]
    if mine["moment"].nunique() < len(wanted):
        return
    pairs, _ = pd.factorize(joint(mine, ["dimension", *_PERSON, "pair"]))
    moments, names = pd.factorize(mine["moment"])
    seen = pd.unique(pairs * len(names) + moments)
    whole = mine[(np.bincount(seen // len(names)) == len(wanted))[pairs]]
    for dimension in sorted(set(whole["dimension"])):
        yield str(dimension), whole[whole["dimension"] == dimension]


def _by_person(whole: pd.DataFrame, wanted: Sequence[str]) -> list[list[float]]:
    """Of each moment the mean over the pairs of each person, all in the same order."""
    people, _ = pd.factorize(joint(whole, _PERSON))
    moment, score = whole["moment"], whole["score"].to_numpy()
    found = []
    for each in wanted:
        here = (moment == each).to_numpy()
        sums = np.bincount(people[here], weights=score[here])
        found.append((sums / np.bincount(people[here])).tolist())
    return found


def _claim(
    kind: str, dimension: str, numbers: dict[str, float], whole: pd.DataFrame, wanted: Sequence[str]
) -> Claim:
    """Each moment's mean is a sum of its own, in which every person counts once."""
    rows = tuple(_row(whole[whole["moment"] == moment]) for moment in wanted)
    return Claim(Cell(kind, dimension, whole["respondent"].nunique(), numbers), rows)


def _row(answers: pd.DataFrame) -> Row:
    return row_of(answers, shares(answers, pd.factorize(joint(answers, _PERSON))[0]))


def _of(change: Change) -> dict[str, float]:
    found = {"difference": change.difference, "count": float(change.n), **between(change.interval)}
    if change.g_av is not None:
        found["g_av"] = change.g_av
    if change.p is not None:
        found["p"] = change.p
    return found | _named("g", change.g_interval)


def _named(name: str, interval: Interval | None) -> dict[str, float]:
    return {f"{name}_{end}": value for end, value in between(interval).items()}


def _scale(sample: Sample) -> dict[str, float]:
    return {"from": sample.codes.moment_scale[0], "to": sample.codes.moment_scale[1]}
