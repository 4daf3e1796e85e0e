"""All numbers of one evaluation, per training and round: rates always, aggregates as far as they may be published.

Joins tables, statistics and disclosure; writes no sentence and draws nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evaluation.cells import RATING, Sample, cells_of, matched
from evaluation.disclosure import Cell, Register, Release, release
from evaluation.frames import ITEM_KEY, Tables
from evaluation.period import Period
from evaluation.rates import Counts, counts_of
from evaluation.schedule import Round, Training
from evaluation.study import Plan

_INSTRUCTION = re.compile(r"\s*\([^)]*\)$")  # "Lainnya (tulis)" tells the respondent to write


@dataclass(frozen=True, slots=True)
class RoundResult:
    """`new` counts responses completed within the period; `release` is None while fewer than k have answered."""

    round: Round
    counts: Counts
    new: int
    release: Release | None


@dataclass(frozen=True, slots=True)
class TrainingResult:
    training: Training
    rounds: tuple[RoundResult, ...]

    def find(self, kind: str) -> RoundResult | None:
        return next((result for result in self.rounds if result.round.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Results:
    period: Period
    trainings: tuple[TrainingResult, ...]
    register: Register
    labels: Mapping[str, str]  # barrier code -> its words in the participants' questionnaire


def evaluate(tables: Tables, plan: Plan, period: Period, register: Register) -> Results:
    """Results of every training, and the register as it stands after publishing them."""
    groups = _groups(tables)
    released = dict(register)
    trainings = []
    for training in tables.trainings:
        samples = {
            round_.kind: _sample(tables, groups, training, round_) for round_ in training.rounds
        }
        released |= _released(training, samples, released, plan)
        rounds = tuple(
            _round_result(groups, training, round_, released, (plan, period))
            for round_ in training.rounds
        )
        trainings.append(TrainingResult(training, rounds))
    return Results(period, tuple(trainings), released, _labels(tables))


def register_key(training: Training, round_: Round) -> str:
    return f"{training.code}/{round_.kind}"


@dataclass(frozen=True, slots=True)
class _Groups:
    issued: Mapping[tuple[str, str], pd.DataFrame]
    answers: Mapping[tuple[str, str], pd.DataFrame]
    rating_items: pd.MultiIndex
    unknown: frozenset[str]
    listed: Mapping[str, frozenset[str]]
    moment_scale: tuple[float, float]


def _groups(tables: Tables) -> _Groups:
    """Split both tables once by training and round, in an order that does not depend on the files."""
    return _Groups(
        _split(tables.issued, ["respondent", "about"]),
        _split(tables.answers, ["respondent", "about", "item"]),
        _rating_items(tables.codebook),
        frozenset(tables.codebook.loc[tables.codebook["missing"] != "", "value"]) - {""},
        _listed(tables.codebook),
        _moment_scale(tables.codebook),
    )


def _listed(codebook: pd.DataFrame) -> dict[str, frozenset[str]]:
    several = codebook[codebook["type"] == "select_multiple"]
    return {
        str(name): frozenset(codes) for name, codes in several.groupby("dimension")["value"] if name
    }


def _labels(tables: Tables) -> dict[str, str]:
    """Words of every code of a list of barriers; superiors read other words for the same codes."""
    issued, codes = tables.issued, tables.codebook
    asked = set(issued.loc[issued["role"] == "participant", "questionnaire"])
    mine = codes[codes["questionnaire"].isin(asked) & codes["dimension"].str.startswith("hambatan")]
    in_order = mine.sort_values(["questionnaire", "version", "item", "value"])
    words = zip(in_order["value"], in_order["value_label"], strict=True)
    return {str(code): _INSTRUCTION.sub("", str(label)) for code, label in words if code and label}


def _moment_scale(codebook: pd.DataFrame) -> tuple[float, float]:
    """Ends of the scale on which abilities are rated before, now and later; the codes are the same by design."""
    scores = codebook.loc[codebook["moment"] != "", "score"].dropna()
    return (float(scores.min()), float(scores.max())) if len(scores) else (0.0, 0.0)


def _split(table: pd.DataFrame, order: list[str]) -> dict[tuple[str, str], pd.DataFrame]:
    return {
        (str(training), str(kind)): rows
        for (training, kind), rows in table.sort_values(order).groupby(["training", "round"])
    }


def _rating_items(codebook: pd.DataFrame) -> pd.MultiIndex:
    """Items whose scored codes are exactly 1, 2, 3, 4: the only ones that may become an index x25."""
    scored = codebook[(codebook["type"] == "select_one") & codebook["score"].notna()]
    scales = scored.groupby(ITEM_KEY)["score"].agg(lambda scores: tuple(sorted(scores)) == RATING)
    return pd.MultiIndex.from_frame(scales[scales.astype(bool)].reset_index()[ITEM_KEY])


def _sample(tables: Tables, groups: _Groups, training: Training, round_: Round) -> Sample:
    issued = groups.issued.get((training.code, round_.kind), tables.issued.iloc[:0])
    counted = _counted(issued, round_)
    people = pd.MultiIndex.from_frame(counted[["respondent", "about"]])
    answers = groups.answers.get((training.code, round_.kind), tables.answers.iloc[:0])
    whose = pd.MultiIndex.from_frame(answers[["respondent", "about"]])
    return Sample(
        answers=answers[whose.isin(people)].reset_index(drop=True),
        responses=len(counted),
        population=counts_of(issued["disposition"], is_open=round_.is_open).eligible,
        rating_items=groups.rating_items,
        unknown=groups.unknown,
        listed=groups.listed,
        moment_scale=groups.moment_scale,
    )


def _counted(issued: pd.DataFrame, round_: Round) -> pd.DataFrame:
    """Complete responses, and partial ones once the round is closed: break-offs and begun ones never count."""
    wanted = ["complete"] if round_.is_open else ["complete", "partial"]
    return issued[issued["disposition"].isin(wanted)]


def _released(
    training: Training, samples: Mapping[str, Sample], register: Register, plan: Plan
) -> dict[str, Release]:
    """The releases of one training; the follow-up of the alumni is also matched with the end of the training."""
    cells = {kind: cells_of(sample, plan.factor, plan.k) for kind, sample in samples.items()}
    if {"post_training", "followup_alumni"} <= set(samples):
        published = register.get(f"{training.code}/post_training")
        beside = [*cells["post_training"], *cells["followup_alumni"]]
        beside.extend(() if published is None else published.cells)
        over_time = matched(
            samples["followup_alumni"], samples["post_training"], _sizes(beside), plan.k
        )
        cells["followup_alumni"] = (*cells["followup_alumni"], *over_time)
    releases = {}
    for round_ in training.rounds:
        key = register_key(training, round_)
        n = samples[round_.kind].answers["respondent"].nunique()
        fresh = release(register.get(key), cells[round_.kind], n, plan.k)
        if fresh is not None:
            releases[key] = fresh
    return releases


def _sizes(cells: list[Cell]) -> dict[str, set[int]]:
    sizes: dict[str, set[int]] = {}
    for cell in cells:
        if cell.kind in {"change", "level"}:
            sizes.setdefault(cell.name, set()).add(cell.n)
    return sizes


def _round_result(
    groups: _Groups, training: Training, round_: Round, released: Register, when: tuple[Plan, Period]
) -> RoundResult:  # fmt: skip
    plan, period = when
    published = released.get(register_key(training, round_))
    issued = groups.issued.get((training.code, round_.kind))
    if issued is None:
        return RoundResult(round_, Counts(), 0, published)
    completed = _counted(issued, round_)["completed_time"].dropna()
    days = list(completed.dt.tz_convert(str(plan.zone)).dt.date)
    new = sum(1 for day in days if period.first <= day <= period.last)
    return RoundResult(
        round_, counts_of(issued["disposition"], is_open=round_.is_open), new, published
    )
