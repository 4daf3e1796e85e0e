"""The words of every question and answer, and which questions are about one thing, from the codebook. Holds no number."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from evaluation.indicators import words_of_items

FREQUENCY = "frekuensi"  # of the column scm: how often the training is applied


@dataclass(frozen=True, slots=True)
class Questions:
    """`words`: (item, "") -> the question, (item, code) -> the answer, in the order of the codebook.

    `points`: item -> (score, code), the lowest first; `several`: items that may have more than one answer.
    """

    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    of_dimension: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_scm: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    points: Mapping[str, tuple[tuple[float, str], ...]] = field(default_factory=dict)
    several: frozenset[str] = frozenset()

    def codes(self, item: str) -> tuple[str, ...]:
        return tuple(code for asked, code in self.words if asked == item and code)


def read_questions(codebook: pd.DataFrame) -> Questions:
    return Questions(
        words_of_items(codebook), _items_by(codebook, "dimension"), _items_by(codebook, "scm"), _points(codebook),
        frozenset(map(str, codebook.loc[codebook["type"] == "select_multiple", "item"])),
    )  # fmt: skip


def _items_by(codebook: pd.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    """Those that are answered by choosing, in the order of the codebook."""
    chosen = codebook[codebook["value"] != ""]
    found: dict[str, dict[str, None]] = {}
    for name, item in chosen[[column, "item"]].itertuples(index=False):
        found.setdefault(str(name), {})[str(item)] = None
    return {name: tuple(items) for name, items in found.items() if name}


def _points(codebook: pd.DataFrame) -> dict[str, tuple[tuple[float, str], ...]]:
    scored = codebook[codebook["score"].notna() & (codebook["missing"] == "")]
    found: dict[str, dict[str, float]] = {}
    for item, code, score in scored.sort_values("age")[["item", "value", "score"]].itertuples(
        index=False
    ):
        found.setdefault(str(item), {})[str(code)] = float(score)
    return {
        item: tuple(sorted((score, code) for code, score in codes.items()))
        for item, codes in found.items()
    }
