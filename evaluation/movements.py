"""What moved since the last release: a number as it was published then, and as it is now. Pure comparison."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.releases import Release


@dataclass(frozen=True, slots=True)
class Movement:
    """One cell that was published before with other numbers; `before` and `now` as in catalogue.py."""

    kind: str
    name: str
    group: str
    n_before: int
    n_now: int
    before: Mapping[str, float]
    now: Mapping[str, float]


def movements(last: Release | None, now: Release | None) -> tuple[Movement, ...]:
    """In the order of the release; empty for the first one and where nothing moved."""
    if last is None or now is None:
        return ()
    known = {cell.key: cell for cell in last.cells}
    return tuple(
        Movement(
            cell.kind, cell.name, cell.group, known[cell.key].n, cell.n,
            known[cell.key].numbers, cell.numbers,
        )
        for cell in now.cells
        if cell.key in known and known[cell.key] != cell
    )  # fmt: skip
