"""Disclosure control: the one gate every aggregate passes. Decides what may be seen, computes no statistic.

- A cell of fewer than k respondents is not shown (k from study.toml, DOMAIN 3.9).
- Where a total is shown beside its groups, one hidden group could be subtracted: a second one is hidden too.
- A published score moves only after k new answers, or two summaries would reveal the newcomers. `Register`
  holds what was published; counts are never held back.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from evaluation.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Cell:
    """One aggregate: what it is about, how many distinct respondents stand behind it, its numbers."""

    kind: str  # index, share, change, level, barrier, instructor
    name: str  # dimension, barrier code, instructor
    n: int
    numbers: Mapping[str, float]

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Release:
    """What was published of one training and round, from n respondents."""

    n: int
    cells: tuple[Cell, ...]

    def find(self, kind: str, name: str) -> Cell | None:
        return next((c for c in self.cells if (c.kind, c.name) == (kind, name)), None)

    def all_of(self, kind: str) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.kind == kind)


Register = Mapping[str, Release]  # "<training>/<round>" -> the last release


def shown_groups(sizes: Mapping[str, int], k: int) -> frozenset[str]:
    """Names of the groups that may be shown beside their total.

    Groups under k are hidden; as long as the hidden ones together are under k, subtraction from the total
    would reveal them, so the next smallest groups are hidden as well.
    """
    in_order = sorted((name for name in sizes if sizes[name]), key=lambda name: (sizes[name], name))
    hidden = [name for name in in_order if sizes[name] < k]
    shown = in_order[len(hidden) :]
    while hidden and shown and sum(sizes[name] for name in hidden) < k:
        hidden.append(shown.pop(0))
    return frozenset(shown)


def may_subtract(larger: int, smaller: int, k: int) -> bool:
    """Whether showing a group and a part of it is harmless: the difference is nobody or at least k."""
    return larger == smaller or abs(larger - smaller) >= k


def release(previous: Release | None, cells: Sequence[Cell], n: int, k: int) -> Release | None:
    """What may be published now of one training and round with n respondents; None: nothing yet.

    A cell under k is dropped. Nothing moves before k new respondents; then each cell moves only
    if it has k new answers of its own, otherwise it stands as it was published.
    """
    if previous is not None and abs(n - previous.n) < k:
        return previous
    if n < k:
        return previous
    published = {} if previous is None else {cell.key: cell for cell in previous.cells}
    safe = [cell for cell in cells if cell.n >= k]
    return Release(n, tuple(_newer(published.get(cell.key), cell, k) for cell in safe))


def _newer(published: Cell | None, cell: Cell, k: int) -> Cell:
    return cell if published is None or abs(cell.n - published.n) >= k else published


def read_register(path: Path) -> Register:
    """The register of releases from its JSON file; empty when there is no file yet."""
    if not path.exists():
        return {}
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return {key: _release_from(entry) for key, entry in written["releases"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as wrong:
        raise EvaluationError(
            path.name,
            "this is not a register of releases. Restore it from a backup: without it small groups "
            f"could be found by comparing two summaries. ({type(wrong).__name__})",
        ) from wrong


def _release_from(entry: Mapping[str, object]) -> Release:
    cells = cast("Iterable[Mapping[str, object]]", entry["cells"])
    return Release(int(str(entry["n"])), tuple(_cell_from(cell) for cell in cells))


def _cell_from(cell: Mapping[str, object]) -> Cell:
    numbers = cast("Mapping[str, float]", cell["numbers"])
    return Cell(
        str(cell["kind"]), str(cell["name"]), int(str(cell["n"])),
        {name: float(number) for name, number in numbers.items()},
    )  # fmt: skip


def write_register(path: Path, register: Register) -> None:
    """Write it whole or not at all: a half-written register would free everything."""
    releases = {
        key: {"n": entry.n, "cells": [as_json(cell) for cell in entry.cells]}
        for key, entry in sorted(register.items())
    }
    text = json.dumps({"releases": releases}, ensure_ascii=False, indent=1) + "\n"
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def as_json(cell: Cell) -> dict[str, object]:
    return {"kind": cell.kind, "name": cell.name, "n": cell.n, "numbers": dict(cell.numbers)}
