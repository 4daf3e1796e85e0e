"""Versions of a questionnaire: which was asked last, and whose answers may stand in one column. Selects; computes no statistic.

Answers of several versions merge by the name of the item where type, codes, scores and meanings agree; wording and order
may differ. A select_multiple may gain codes: each is a yes or no of its own, not asked before. Where they do not agree,
the version asked last is told and the earlier one left out of what is told over several trainings; a round has one
version, so its own numbers stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import pandas as pd

ITEM_KEY = ["questionnaire", "version", "item"]
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Differing:
    """An item whose `earlier` versions, oldest first, cannot be put together with `version`, the one asked last."""

    questionnaire: str
    item: str
    version: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Code:
    label: str
    score: float | None
    missing: str


@dataclass(frozen=True, slots=True)
class _Item:
    kind: str
    codes: Mapping[str, _Code]


def in_order(codebook: pd.DataFrame, issued: pd.DataFrame) -> pd.DataFrame:
    """The codebook with `age`: 0 for a version nobody was asked, else 1, 2, ... by when it was issued last.

    The names of versions say nothing of their order, and neither does the order of the rows.
    """
    last = issued.groupby(["questionnaire", "version"])["issued_time"].max().reset_index()
    last = last.sort_values(["questionnaire", "issued_time", "version"])
    last["age"] = last.groupby("questionnaire").cumcount() + 1
    ages = last.set_index(["questionnaire", "version"])["age"].to_dict()
    pairs = zip(codebook["questionnaire"], codebook["version"], strict=True)
    return codebook.assign(age=[ages.get(pair, 0) for pair in pairs])


def differing(codebook: pd.DataFrame) -> tuple[Differing, ...]:
    """What was asked in versions that do not agree, by questionnaire and item. Of `in_order`'s codebook."""
    asked = codebook[codebook["age"] > 0]
    several = asked.groupby(["questionnaire", "item"])["version"].transform("nunique") > 1
    found: list[Differing] = []
    for (form, item), rows in asked[several].groupby(["questionnaire", "item"]):
        newest, *earlier = _versions(rows)
        agreed = _item(rows, newest)
        others = tuple(one for one in reversed(earlier) if not _agree(_item(rows, one), agreed))
        if others:
            found.append(Differing(str(form), str(item), newest, others))
    return tuple(found)


def left_out(codebook: pd.DataFrame) -> frozenset[Key]:
    """The items, as ITEM_KEY, whose answers are not put together with those of the version asked last."""
    return frozenset(
        (each.questionnaire, version, each.item)
        for each in differing(codebook)
        for version in each.earlier
    )


def _versions(rows: pd.DataFrame) -> list[str]:
    """The youngest first."""
    return [str(one) for one in rows.sort_values("age", ascending=False)["version"].unique()]


def _item(rows: pd.DataFrame, version: str) -> _Item:
    mine = rows[rows["version"] == version]
    codes = mine.loc[mine["value"] != "", ["value", "value_label", "score", "missing"]]
    return _Item(
        str(mine["type"].iloc[0]),
        {
            str(value): _Code(str(label), None if isnan(score) else float(score), str(missing))
            for value, label, score, missing in codes.itertuples(index=False)
        },
    )


def _agree(before: _Item, after: _Item) -> bool:
    former, present = before.codes, after.codes
    if before.kind != after.kind or not former.keys() <= present.keys():
        return False
    if before.kind != "select_multiple" and former.keys() != present.keys():
        return False
    return all(
        (code.score, code.missing) == (present[name].score, present[name].missing)
        and not _took_over(name, former, present)
        for name, code in former.items()
    )


def _took_over(name: str, former: Mapping[str, _Code], present: Mapping[str, _Code]) -> bool:
    """Whether the code now carries the words of another one: the scale was turned round."""
    words = present[name].label
    return words != former[name].label and words in {
        code.label for other, code in former.items() if other != name
    }
