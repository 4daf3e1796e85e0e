"""All numbers of one evaluation, per training and round: rates always, aggregates as far as they may be published.

Joins tables, statistics and disclosure; writes no sentence and draws nothing. Everything an output may tell is in
`Results`; the tables themselves never reach an output.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from evaluation.frames import Tables
from evaluation.indicators import Indicator, indicators_of, words_of_items
from evaluation.instructors import InstructorSheet, sheets
from evaluation.movements import Movement, movements
from evaluation.nonresponse import Comparison, compare
from evaluation.period import Period
from evaluation.publication import (
    GROUPINGS,
    POOLED,
    Published,
    Samples,
    publish_pool,
    publish_training,
    scope_of,
)  # fmt: skip
from evaluation.quotes import Quotes, comments_on, quotes_of
from evaluation.rates import Counts, RoleRates, counts_of, rates_of
from evaluation.releases import Register, Release, Withheld
from evaluation.reuse import ground_of
from evaluation.samples import Numbered, counted, number, sample_of
from evaluation.schedule import ROUND_KINDS, Round, Training
from evaluation.study import Plan
from evaluation.versions import Differing, differing

_INSTRUCTION = re.compile(r"\s*\([^)]*\)$")  # "Lainnya (tulis)" tells the respondent to write


@dataclass(frozen=True, slots=True)
class RoundResult:
    """`new` counts responses completed within the period; `release` is None while fewer than k have answered.

    `rates` by role; `withheld`: what may not be seen and why; `moved`: against the last release; `participation`
    compares those who answered with the roster, of a closed round; `quotes` are the open answers that may be quoted, merged.
    """

    round: Round
    counts: Counts
    new: int
    release: Release | None
    rates: tuple[RoleRates, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    moved: tuple[Movement, ...] = ()
    participation: tuple[Comparison, ...] = ()
    quotes: tuple[Quotes, ...] = ()
    completed_on: tuple[date, ...] = ()  # the days of the answers, in order
    proxies: int = 0  # of the answered: filled in by somebody in the superior's place


@dataclass(frozen=True, slots=True)
class TrainingResult:
    training: Training
    rounds: tuple[RoundResult, ...]
    indicators: tuple[Indicator, ...] = ()

    def find(self, kind: str) -> RoundResult | None:
        return next((result for result in self.rounds if result.round.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Results:
    """`pooled`: kind of round -> all closed trainings together, by unit group, grade group and cohort; needs two.

    `labels`: barrier code -> its words in the participants' questionnaire.
    """

    period: Period
    trainings: tuple[TrainingResult, ...]
    register: Register
    labels: Mapping[str, str]
    pooled: Mapping[str, Release]
    instructors: tuple[InstructorSheet, ...]
    differing: tuple[Differing, ...] = ()  # what `pooled` leaves out of earlier versions


def evaluate(tables: Tables, plan: Plan, period: Period, register: Register) -> Results:
    """Results of every training, and the register as it stands after publishing them."""
    numbered, gate = number(tables, register, plan.k)
    samples = {
        training.code: {
            round_.kind: sample_of(numbered, training, round_) for round_ in training.rounds
        }
        for training in tables.trainings
    }
    state = Published(gate, {}, ground_of(tables.codebook, plan))
    for training in tables.trainings:
        state = publish_training(state, training, samples[training.code], plan)
    each = [(training, samples[training.code]) for training in tables.trainings]
    state = publish_pool(state, each, plan)
    told = _Told(tables, numbered, state, register)
    trainings = tuple(
        _training(told, training, samples[training.code], (plan, period))
        for training in tables.trainings
    )
    after = state.gate.register
    pooled = {
        kind: after.releases[scope_of(POOLED, kind)]
        for kind in ROUND_KINDS
        if scope_of(POOLED, kind) in after.releases
    }
    return Results(
        period, trainings, after, _labels(tables), pooled, tuple(_sheets(tables, samples, after)),
        differing(tables.codebook),
    )  # fmt: skip


def _sheets(
    tables: Tables, samples: Mapping[str, Samples], after: Register
) -> Iterator[InstructorSheet]:
    """With what was written about them in their training; over all trainings nobody is quoted."""
    labels = {item: label for (item, code), label in words_of_items(tables.codebook).items() if not code}  # fmt: skip
    for sheet in sheets(after, labels):
        training, _, kind = sheet.scope.rpartition("/")
        sample = samples.get(training, {}).get(kind)
        if sample is None:
            yield sheet
        else:
            yield replace(sheet, comments=comments_on(sheet.name, sample, after, sheet.scope))


@dataclass(frozen=True, slots=True)
class _Told:
    tables: Tables
    numbered: Numbered
    state: Published
    before: Register

    @property
    def after(self) -> Register:
        return self.state.gate.register


def _training(
    told: _Told, training: Training, samples: Samples, when: tuple[Plan, Period]
) -> TrainingResult:
    rounds = tuple(_round(told, training, round_, samples, when) for round_ in training.rounds)
    wanted = when[0].indicators
    indicators = indicators_of(wanted, training.code, told.after, told.tables)
    return TrainingResult(training, rounds, indicators)


def _round(
    told: _Told, training: Training, round_: Round, samples: Samples, when: tuple[Plan, Period]
) -> RoundResult:
    plan, period = when
    scope = scope_of(training.code, round_.kind)
    release = told.after.releases.get(scope)
    issued = told.numbered.issued.get((training.code, round_.kind), told.numbered.none[0])
    answered = counted(issued, round_)
    completed = answered["completed_time"].dropna()
    days = list(completed.dt.tz_convert(str(plan.zone)).dt.date)
    return RoundResult(
        round_,
        counts_of(issued["disposition"], is_open=round_.is_open),
        sum(1 for day in days if period.first <= day <= period.last),
        release,
        _rates(issued, round_),
        told.state.withheld.get(scope, ()),
        movements(told.before.releases.get(scope), release),
        _participation(issued, round_, plan.k),
        quotes_of(samples[round_.kind], told.after, scope, plan.quoted),
        tuple(sorted(days)),
        int((answered["proxy"] != "").sum()),
    )


def _rates(issued: pd.DataFrame, round_: Round) -> tuple[RoleRates, ...]:
    by_role = {
        str(role): counts_of(rows["disposition"], is_open=round_.is_open)
        for role, rows in issued.groupby("role")
    }
    return tuple(RoleRates(role, counts, rates_of(counts)) for role, counts in by_role.items())


def _participation(issued: pd.DataFrame, round_: Round, k: int) -> tuple[Comparison, ...]:
    if round_.state != "closed":
        return ()
    eligible = issued[issued["disposition"] != "ineligible"]
    answered = eligible["disposition"].isin(["complete", "partial"])
    found = []
    for column in GROUPINGS:
        known = eligible[column] != ""
        tally = answered[known].groupby(eligible.loc[known, column]).agg(["sum", "size"])
        sizes = {str(name): (int(row["sum"]), int(row["size"])) for name, row in tally.iterrows()}
        found.append(compare(column, sizes, k))
    return tuple(each for each in found if each is not None)


def _labels(tables: Tables) -> dict[str, str]:
    """Words of every code of a list of barriers; superiors read other words for the same codes."""
    issued, codes = tables.issued, tables.codebook
    asked = set(issued.loc[issued["role"] == "participant", "questionnaire"])
    mine = codes[codes["questionnaire"].isin(asked) & codes["dimension"].str.startswith("hambatan")]
    in_order = mine.sort_values(["questionnaire", "age", "item", "value"])
    words = zip(in_order["value"], in_order["value_label"], strict=True)
    return {str(code): _INSTRUCTION.sub("", str(label)) for code, label in words if code and label}
