"""The indicators that study.toml promises, each as the published numbers of its questions. Computes shares, no more.

`[indicators]` answers the customer's text line by line: a key is an indicator, an entry an item ("b06b") or one
answer to it ("b13=anggaran"). Nothing is put together into one figure: the questions stand side by side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from evaluation.frames import Tables
from evaluation.releases import Cell, Register
from evaluation.scales import Share, share_of


@dataclass(frozen=True, slots=True)
class Line:
    """One question of an indicator in one round.

    `cell` is its published item cell (kind `item`, or `text` for an open question); None where nothing may be seen,
    or nobody was asked (then `round` is empty as well). `share` is that of `code`, or of "yes", with its interval.
    """

    item: str
    code: str
    round: str
    label: str
    code_label: str
    cell: Cell | None
    share: Share | None


@dataclass(frozen=True, slots=True)
class Indicator:
    name: str
    lines: tuple[Line, ...]


def indicators_of(
    wanted: Mapping[str, Sequence[str]], training: str, register: Register, tables: Tables
) -> tuple[Indicator, ...]:
    """Every key of `wanted`, in its order, for one training ("*" for all of them)."""
    words, rounds = words_of_items(tables.codebook), _rounds(tables)
    return tuple(
        Indicator(
            name, tuple(_line(entry, (training, register), words, rounds) for entry in entries)
        )
        for name, entries in wanted.items()
    )


def words_of_items(codebook: pd.DataFrame) -> dict[tuple[str, str], str]:
    """(item, "") -> the question, (item, code) -> the answer; of the last version."""
    found: dict[tuple[str, str], str] = {}
    columns = ["item", "value", "label", "value_label"]
    rows = codebook.sort_values(["age", "questionnaire"], kind="stable")[columns]
    for item, value, label, value_label in rows.itertuples(index=False):
        found[str(item), ""] = str(label)
        if value:
            found[str(item), str(value)] = str(value_label)
    return found


def _rounds(tables: Tables) -> dict[str, str]:
    """Item -> the kind of round that asks it."""
    of_form = dict(zip(tables.issued["questionnaire"], tables.issued["round"], strict=True))
    asked = tables.codebook[["questionnaire", "item"]].drop_duplicates().itertuples(index=False)
    return {str(item): str(of_form[form]) for form, item in asked if form in of_form}


def _line(
    entry: str, where: tuple[str, Register], words: Mapping[tuple[str, str], str], rounds: Mapping[str, str]
) -> Line:  # fmt: skip
    training, register = where
    item, _, code = entry.partition("=")
    kind = rounds.get(item, "")
    release = register.releases.get(f"{training}/{kind}")
    cell = None if release is None else release.find("item", item) or release.find("text", item)
    return Line(
        item, code, kind, words.get((item, ""), ""), words.get((item, code), "") if code else "",
        cell, None if cell is None else _share(cell, code),
    )  # fmt: skip


def _share(cell: Cell, code: str) -> Share | None:
    """Of one code; without one, of "yes" where the answers are yes and no."""
    numbers = cell.numbers
    named = numbers.get(f"n_{code}" if code else "yes")
    if named is None:
        return None
    return share_of(int(named), int(numbers["count"]), int(numbers["population"]))
