"""The answers that one aggregate is made of: counted responses of one round, or of many, whole or one group of them.

Selects and groups; computes no statistic and publishes nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluation.kinds import Places
from evaluation.releases import Part, Row
from evaluation.spans import places_of, spans_of

_NOWHERE = np.empty(0, dtype=np.int64)
_OF_BOTH = ["response", "respondent", "item", "dimension", "score", "topic", "unit"]
_OF_SCORED = [*_OF_BOTH, "training", "about", "questionnaire", "moment", "pair"]
_OF_RATED = [*_OF_BOTH, "instructor", "place", "unit_group", "grade_group"]
_CLEAN = 9  # digits of a weight; thirds are thirds


@dataclass(frozen=True, slots=True)
class Codes:
    """What of the codebook every sample needs; the same for the whole study.

    `unknown`: the codes that mean no answer; `listed`: the codes of each dimension of select_multiple items;
    `of_item`: (questionnaire, item) -> code -> score, None for a code that is no point of a scale; `moment_scale`:
    the ends of the scale used before, now and later.
    """

    unknown: frozenset[str]
    listed: Mapping[str, frozenset[str]]
    of_item: Mapping[tuple[str, str], Mapping[str, float | None]]
    moment_scale: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sample:
    """`counted`: one row per response that counts; `eligible`: one per response that could; `answers`: of the counted.

    All three hold `response`, the place of the response in the register. An answer also holds `rated` (on a 4-point
    item of a dimension), `topic` (whose answers can be set off against it), `unit` (the item, and how often the
    answer was changed: a changed answer is not the one that was published), `place` in the questionnaire, `merges`
    (its version agrees with the one asked last), and `put` (the item was put to this person and applies). `mark`, of an
    eligible one `mark_of_roster`: a number for all that the row tells (reuse.py).
    """

    kind: str  # of the round
    counted: pd.DataFrame
    eligible: pd.DataFrame
    answers: pd.DataFrame
    codes: Codes

    @property
    def population(self) -> int:
        return len(self.eligible)

    @property
    def responses(self) -> str:
        """Those that hold any answer, as spans."""
        return spans_of(self.answers["response"].to_numpy())

    def where(self, column: str, values: Collection[str]) -> "Sample":
        """The part whose `column` of the response's own row is one of `values`."""
        return replace(
            self._of(self.counted[self.counted[column].isin(list(values))]),
            eligible=self.eligible[self.eligible[column].isin(list(values))],
        )

    def among(self, responses: Iterable[int]) -> "Sample":
        """The part that belongs to these responses; the population stays."""
        return self._of(self.counted[self.counted["response"].isin(list(responses))])

    def of(self, responses: str) -> "Sample":
        """The same, of responses as spans."""
        return self.among(places_of(responses).tolist())

    def answering(self, rows: Iterable[Row]) -> "Sample":
        """The same responses with nothing but the answers that stand in these sums."""
        places = self.answers.groupby(["topic", "unit"]).indices
        response = self.answers["response"].to_numpy()
        kept = np.zeros(len(self.answers), dtype=bool)
        for topic, part in {(row.topic, part) for row in rows for part in row.parts}:
            here = places.get((topic, part.item), _NOWHERE)
            kept[here] |= np.isin(response[here], places_of(part.responses))
        return replace(self, answers=self.answers[kept])

    def _of(self, counted: pd.DataFrame) -> "Sample":
        mine = np.isin(self.answers["response"].to_numpy(), counted["response"].to_numpy())
        return replace(self, counted=counted, answers=self.answers[mine])

    def sizes(self, column: str) -> dict[str, int]:
        """How many people of each group answered; of nobody whose group is not known."""
        known = self.counted[self.counted[column] != ""]
        people = known.groupby(column)["respondent"].nunique()
        return {str(name): int(n) for name, n in people.items()}


def joined(samples: list[Sample]) -> Sample:
    """Several rounds of one kind as one sample; answers whose version does not agree with the last one stay out."""
    return replace(
        samples[0],
        counted=pd.concat([sample.counted for sample in samples], ignore_index=True),
        eligible=pd.concat([sample.eligible for sample in samples], ignore_index=True),
        answers=_merging(pd.concat([sample.answers for sample in samples], ignore_index=True)),
    )


def _merging(answers: pd.DataFrame) -> pd.DataFrame:
    return answers[answers["merges"]].reset_index(drop=True)


def scored(sample: Sample, mask: "pd.Series[bool]") -> pd.DataFrame:
    return sample.answers.loc[mask & sample.answers["score"].notna(), _OF_SCORED]


def rated(sample: Sample) -> pd.DataFrame:
    """Answers on 4-point items that belong to a dimension: what an index is made of."""
    return sample.answers.loc[sample.answers["rated"], _OF_RATED]


def population_of(sample: Sample, rows: pd.DataFrame) -> int:
    """How many could have answered: the class, scaled to the part to whom these items were put and apply.

    Who skipped or refused belongs to it; who was not asked, or cannot judge, does not.
    """
    answers = sample.answers
    put = answers["put"].to_numpy() & answers["item"].isin(rows["item"].unique()).to_numpy()
    asked = len(np.unique(answers["response"].to_numpy()[put]))
    responses = len(sample.counted)
    if asked >= responses or not responses:
        return sample.population
    return round(sample.population * asked / responses)


def shares(rows: pd.DataFrame, whose: Places | None = None) -> "pd.Series[float]":
    """The weight of each answer when every response counts once, or every number in `whose`: its answers share it equally."""
    if whose is None:
        whose, _ = pd.factorize(rows["response"].to_numpy())
    return pd.Series(1 / np.bincount(whose)[whose], index=rows.index, dtype="float64")


def row_of(rows: pd.DataFrame, weights: "pd.Series[float] | None" = None) -> Row:
    """The sum over these answers, all of one topic."""
    unit, names = pd.factorize(rows["unit"])
    response = rows["response"].to_numpy()
    weight = np.ones(len(rows)) if weights is None else weights.to_numpy().round(_CLEAN)
    parts = [
        Part(str(name), float(each), spans_of(response[(unit == at) & (weight == each)]))
        for name, at in sorted(zip(names, range(len(names)), strict=True))
        for each in np.unique(weight[unit == at])
    ]
    return Row(str(rows["topic"].iloc[0]), tuple(parts))
