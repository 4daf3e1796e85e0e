"""What an instructor may be told: the own index, in all and by question, beside the mean of at least three others; comments.

Of published cells only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from evaluation.quotes import Quotes
from evaluation.releases import Cell, Register, Release

LEAST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """One question as it is asked, the own cell, and the mean of the others as in the sheet."""

    label: str
    cell: Cell
    others: float | None


@dataclass(frozen=True, slots=True)
class InstructorSheet:
    """`scope` is "<training>/<round>", with "*" for all trainings; at least k raters stand behind `cell`.

    `others` is the mean index (index points) of the `number_of_others` other instructors of the scope, each counted
    once; None below three, where the others would know each other's.
    """

    scope: str
    name: str
    cell: Cell
    others: float | None
    number_of_others: int
    questions: tuple[QuestionScore, ...] = ()
    comments: tuple[Quotes, ...] = ()


def sheets(register: Register, labels: Mapping[str, str]) -> tuple[InstructorSheet, ...]:
    """One sheet per scope and instructor with a published index; `labels`: item -> question."""
    return tuple(
        InstructorSheet(
            scope, cell.name, cell, _mean(others), len(others),
            tuple(_questions(release, cell.name, labels)),
        )
        for scope, release in sorted(register.releases.items())
        for cells in [release.all_of("instructor")]
        for cell in cells
        for others in [[other for other in cells if other.name != cell.name]]
    )  # fmt: skip


def _questions(release: Release, name: str, labels: Mapping[str, str]) -> Iterator[QuestionScore]:
    cells = release.all_of("instructor_item")
    for cell in cells:
        item, whose = _about(cell)
        if whose == name:
            others = [other for other in cells if _about(other)[0] == item and other != cell]
            yield QuestionScore(labels.get(item, item), cell, _mean(others))


def _about(cell: Cell) -> tuple[str, str]:
    item, _, name = cell.name.partition(" ")
    return item, name


def _mean(others: Sequence[Cell]) -> float | None:
    """None below three."""
    enough = len(others) >= LEAST_OTHERS
    return fmean(other.numbers["index"] for other in others) if enough else None
