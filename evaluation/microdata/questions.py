"""Questions of one questionnaire over all its versions, as the codebook knows them, with the numbers SPSS gets. Pure.

1. A question keeps its variable over the versions; one whose type changed becomes a second variable.
2. The number of a code is the code itself where codes are whole numbers, else its score where scores tell all codes
   apart, else its place. Codes that mean no answer get numbers of `MISSING`, which SPSS leaves out by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import pandas as pd

MISSING: Mapping[str, int] = {
    "not_asked": -91, "not_applicable": -92, "skipped": -93, "refused": -94, "dont_know": -95,
}  # fmt: skip
MISSING_RANGE = (-99.0, -70.0)
_SPARE = -89  # numbers for a second code of the same meaning in one question, going up
_LEAST_ORDERED = 3
NOT_STORED = frozenset({"note"})


@dataclass(frozen=True, slots=True)
class Code:
    value: str
    label: str
    number: float
    missing: str


@dataclass(frozen=True, slots=True)
class Question:
    item: str
    kind: str
    label: str
    dimension: str
    codes: tuple[Code, ...]
    is_ordered: bool  # a scale: every answer has a score of its own
    versions: frozenset[str]  # in which it was asked in this type


def questions_of(codebook: pd.DataFrame, questionnaire: str) -> tuple[Question, ...]:
    """In the order of the last version; what only older versions asked comes after."""
    mine = codebook[codebook["questionnaire"] == questionnaire]
    mine = mine[~mine["type"].isin(list(NOT_STORED))]
    mine = mine.assign(place=pd.to_numeric(mine["position"]))
    mine = mine.sort_values(["age", "place"], ascending=[False, True], kind="stable")
    return tuple(
        _question(str(item), str(kind), rows)
        for (item, kind), rows in mine.groupby(["item", "type"], sort=False)
    )


def _question(item: str, kind: str, rows: pd.DataFrame) -> Question:
    last = rows.iloc[0]
    chosen = rows[rows["value"] != ""].drop_duplicates("value")
    raw = [
        (str(row.value), str(row.value_label), float(str(row.score)), str(row.missing))
        for row in chosen[["value", "value_label", "score", "missing"]].itertuples(index=False)
    ]
    scores = [score for _, _, score, missing in raw if not missing]
    ordered = kind == "select_one" and len(scores) >= _LEAST_ORDERED and _tell_apart(scores)
    return Question(
        item, kind, str(last["label"]), str(last["dimension"]), _numbered(raw), ordered,
        frozenset(str(version) for version in rows["version"]),
    )  # fmt: skip


def _numbered(raw: Sequence[tuple[str, str, float, str]]) -> tuple[Code, ...]:
    real = [(value, score) for value, _, score, missing in raw if not missing]
    numbers = dict(zip([value for value, _ in real], _numbers(real), strict=True))
    used = set(numbers.values())
    found = []
    for value, label, _, missing in raw:
        number = numbers.get(value) if not missing else _free(MISSING[missing], used)
        used.add(float(number or 0))
        found.append(Code(value, label, float(number or 0), missing))
    return tuple(found)


def _numbers(real: Sequence[tuple[str, float]]) -> list[float]:
    values = [value for value, _ in real]
    if all(value.isdecimal() for value in values):
        whole = [float(value) for value in values]
        if len(set(whole)) == len(whole):
            return whole
    scores = [score for _, score in real]
    if _tell_apart(scores):
        return scores
    return [float(place) for place in range(1, len(real) + 1)]


def _free(number: int, used: set[float]) -> float:
    if number not in used:
        return float(number)
    return next(float(spare) for spare in range(_SPARE, -70) if spare not in used)


def _tell_apart(scores: Sequence[float]) -> bool:
    return not any(isnan(score) for score in scores) and len(set(scores)) == len(scores)
