"""From the answers of one training and round to its aggregates, as cells for the gate of disclosure.py.

Works from the codebook's columns (dimension, moment, pair, scm, score), not from item names. Every function takes
the checked answers of the responses that count; `population` is how many were eligible, for the finite-class
correction. Empty input gives no cells, never a zero or NaN.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from evaluation import barriers
from evaluation.change import change_of
from evaluation.disclosure import Cell, may_subtract, shown_groups
from evaluation.numbers import Interval
from evaluation.scales import Mean, distribution, index_of, mean_of, share_of, top_two

RATING = (1.0, 2.0, 3.0, 4.0)  # only scales with exactly these points become an index (DOMAIN 1.4)
_PERSON = ["respondent", "about"]  # one response within a training and round


@dataclass(frozen=True, slots=True)
class Sample:
    """Answers of the counted responses of one training and round.

    `rating_items` are the (questionnaire, version, item) of 4-point items; `unknown` the codes that mean no answer; `listed` the
    codes of each dimension of select_multiple items; `moment_scale` the ends of the scale used before, now and at the follow-up.
    """

    answers: pd.DataFrame
    responses: int
    population: int
    rating_items: pd.MultiIndex
    unknown: frozenset[str]
    listed: Mapping[str, frozenset[str]]
    moment_scale: tuple[float, float]


def cells_of(sample: Sample, factor: float, k: int) -> tuple[Cell, ...]:
    """Every aggregate that needs this round only."""
    return (
        *indices(sample, factor),
        *instructors(sample, factor, k),
        *applied(sample),
        *changes(sample),
        *followups(sample),
        *named_barriers(sample, "hambatan", "barrier"),
        *named_barriers(sample, "hambatan_perkiraan", "expected"),
    )


def indices(sample: Sample, factor: float) -> Iterator[Cell]:
    """Per dimension of 4-point items: each response's mean over its rated items, then the mean over responses.

    With complete answers this is Permenpan's SKM with the exact weight 1/n (DOMAIN 1.4). Numbers: mean, index,
    low, high (index points, only where an interval is honest), count (responses), top2, d1..d4 (answers a point).
    """
    rated = _rated(sample)
    for dimension in _in_order(rated, "dimension"):
        yield _index_cell(
            sample, rated[rated["dimension"] == dimension], "index", dimension, factor
        )


def instructors(sample: Sample, factor: float, k: int) -> Iterator[Cell]:
    """The index of each instructor; hidden ones take a second one with them, since the dimension is the total."""
    rated = _rated(sample)
    rated = rated[rated["instructor"] != ""]
    raters = rated.groupby("instructor")["respondent"].nunique()
    sizes = {str(name): int(n) for name, n in raters.items()}
    for name in sorted(shown_groups(sizes, k)):
        yield _index_cell(sample, rated[rated["instructor"] == name], "instructor", name, factor)


def _index_cell(sample: Sample, rows: pd.DataFrame, kind: str, name: str, factor: float) -> Cell:
    means = _by_person(rows)
    mean = mean_of(list(means), _population(sample, rows))
    if mean is None:
        raise AssertionError("a dimension without rows has no name")
    scores = list(rows["score"])
    points = distribution(scores, RATING)
    numbers = {
        "mean": mean.mean, "index": index_of(mean.mean, factor), "count": float(mean.n),
        "top2": top_two(scores, RATING) or 0.0,
        **_ends(mean, factor, (RATING[0], RATING[-1])),
        **{f"d{point:.0f}": float(count) for point, count in points.items()},
    }  # fmt: skip
    return Cell(kind, name, rows["respondent"].nunique(), numbers)


def applied(sample: Sample) -> Iterator[Cell]:
    """Share of the alumni who applied the training at all: score above 0 on the item marked scm = frekuensi."""
    rows = _scored(sample, sample.answers["scm"] == "frekuensi")
    share = share_of(int((rows["score"] > 0).sum()), len(rows), _population(sample, rows))
    if share is not None:
        numbers = {"share": share.share, "named": float(share.k), "count": float(share.n)}
        yield Cell(
            "share", "penerapan", rows["respondent"].nunique(), numbers | _between(share.interval)
        )


def changes(sample: Sample) -> Iterator[Cell]:
    """Before and now as remembered at one moment (retrospective pretest), matched by person and pair."""
    table = moments(sample)
    if not {"retro_pre", "now"} <= set(table.columns):
        return
    for dimension, both in _matched(table, ["retro_pre", "now"]):
        change = change_of(list(both["retro_pre"]), list(both["now"]), sample.population)
        if change is not None:
            numbers = {
                "before": change.before, "now": change.now, "difference": change.difference,
                "count": float(change.n), **_scale(sample), **_between(change.interval), **_maybe("g_av", change.g_av),
            }  # fmt: skip
            yield Cell("change", dimension, len(both), numbers)


def followups(sample: Sample) -> Iterator[Cell]:
    """The same ability at the follow-up, of everybody who answered it."""
    table = moments(sample)
    if "followup" not in table.columns:
        return
    for dimension, group in _matched(table, ["followup"]):
        mean = mean_of(list(group["followup"]), sample.population)
        if mean is not None:
            numbers = {"mean": mean.mean, "count": float(mean.n), **_scale(sample), **_ends(mean)}
            yield Cell("level", dimension, len(group), numbers)


def matched(
    sample: Sample, earlier: Sample, taken: Mapping[str, Collection[int]], k: int
) -> Iterator[Cell]:
    """Before, now and three months later of the same people, over two rounds.

    `taken`: dimension -> sizes of the groups shown beside it (before/now of all, the follow-up of all). If the
    matched people are nearly such a group, the few left over could be found by subtraction: no cell then.
    """
    table = pd.concat([moments(earlier), moments(sample)]).groupby(level=[0, 1, 2]).first()
    wanted = ["retro_pre", "now", "followup"]
    if not set(wanted) <= set(table.columns):
        return
    for dimension, all_three in _matched(table, wanted):
        n = len(all_three)
        if not all(may_subtract(size, n, k) for size in taken.get(dimension, ())):
            continue
        change = change_of(
            list(all_three["retro_pre"]), list(all_three["followup"]), sample.population
        )
        if change is not None:
            numbers = {
                "before": change.before, "now": float(all_three["now"].mean()),
                "followup": change.now, "difference": change.difference, "count": float(n), **_scale(sample),
                **_between(change.interval), **_maybe("g_av", change.g_av),
            }  # fmt: skip
            yield Cell("matched", dimension, n, numbers)


def moments(sample: Sample) -> pd.DataFrame:
    """Scores by (dimension, pair, respondent), one column a moment."""
    rows = _scored(sample, (sample.answers["moment"] != "") & (sample.answers["about"] == ""))
    return rows.pivot_table(
        index=["dimension", "pair", "respondent"], columns="moment", values="score", aggfunc="mean"
    )


def named_barriers(sample: Sample, dimension: str, kind: str) -> Iterator[Cell]:
    """Each barrier with the share that named it, the most named first; n is who answered, "none" included."""
    rows = sample.answers[sample.answers["answered"]]
    asked = rows[(rows["dimension"] == dimension) & (rows["type"] == "select_multiple")]
    worst = rows[rows["dimension"] == f"{dimension}_utama"]
    ranking = barriers.rank(
        {str(who): str(codes).split() for who, codes in zip(asked["respondent"], asked["value"], strict=True)},
        {str(who): str(code) for who, code in zip(worst["respondent"], worst["value"], strict=True)},
        sample.listed.get(dimension, ()),
        sample.unknown,
    )  # fmt: skip
    for barrier in ranking.barriers if ranking.n else ():
        numbers = {
            "share": barrier.named / ranking.n, "named": float(barrier.named),
            "count": float(ranking.n), "main": float(barrier.main),
        }  # fmt: skip
        main = {"main_share": barrier.main / ranking.with_main} if ranking.with_main else {}
        yield Cell(kind, barrier.code, ranking.n, numbers | main)
    if ranking.n:
        none = {"share": ranking.without / ranking.n, "named": float(ranking.without)}
        yield Cell(
            f"{kind}_none", barriers.NO_BARRIER, ranking.n, none | {"count": float(ranking.n)}
        )


def _rated(sample: Sample) -> pd.DataFrame:
    keys = pd.MultiIndex.from_frame(sample.answers[["questionnaire", "version", "item"]])
    mask = pd.Series(keys.isin(sample.rating_items), index=sample.answers.index)
    return _scored(sample, mask & (sample.answers["dimension"] != ""))


def _scored(sample: Sample, mask: "pd.Series[bool]") -> pd.DataFrame:
    return sample.answers[mask & sample.answers["score"].notna()]


def _by_person(rows: pd.DataFrame) -> "pd.Series[float]":
    return rows.groupby(_PERSON)["score"].mean()


def _matched(table: pd.DataFrame, wanted: list[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Per dimension the people with every wanted moment of a pair; their mean over such pairs."""
    whole = table.dropna(subset=wanted)
    people = whole.groupby(level=["dimension", "respondent"])[wanted].mean()
    for dimension in sorted(set(people.index.get_level_values("dimension"))):
        yield str(dimension), people[people.index.get_level_values("dimension") == dimension]


def _population(sample: Sample, rows: pd.DataFrame) -> int:
    """How many could have rated: the class, scaled to the part to whom these items were put and apply.

    Who skipped or refused belongs to it; who was not asked, or cannot judge, does not.
    """
    put = sample.answers[sample.answers["item"].isin(rows["item"].unique())]
    put = put[put["score"].notna() | put["missing"].isin(["skipped", "refused"])]
    asked = len(put.drop_duplicates(_PERSON))
    if asked >= sample.responses or not sample.responses:
        return sample.population
    return round(sample.population * asked / sample.responses)


def _in_order(rows: pd.DataFrame, column: str) -> list[str]:
    places = rows.assign(place=pd.to_numeric(rows["position"])).groupby(column)["place"].min()
    return [str(name) for name, _ in sorted(places.items(), key=lambda pair: (pair[1], pair[0]))]


def _ends(
    mean: Mean, factor: float = 1.0, scale: tuple[float, float] | None = None
) -> dict[str, float]:
    """Interval ends times the factor, cut to the ends of the scale: no index is above 100."""
    if mean.interval is None:
        return {}
    low, high = mean.interval.low, mean.interval.high
    if scale is not None:
        low, high = max(low, scale[0]), min(high, scale[1])
    return {"low": low * factor, "high": high * factor}


def _scale(sample: Sample) -> dict[str, float]:
    return {"from": sample.moment_scale[0], "to": sample.moment_scale[1]}


def _between(interval: Interval | None) -> dict[str, float]:
    return {} if interval is None else {"low": interval.low, "high": interval.high}


def _maybe(name: str, value: float | None) -> dict[str, float]:
    return {} if value is None else {name: value}
