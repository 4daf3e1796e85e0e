"""What an instructor may be told: the own index, beside the mean of at least three others. Of published cells only."""

from dataclasses import dataclass
from statistics import fmean

from evaluation.releases import Cell, Register

LEAST_OTHERS = 3


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


def sheets(register: Register) -> tuple[InstructorSheet, ...]:
    """One sheet per scope and instructor with a published index."""
    return tuple(
        _sheet(scope, cell, [other for other in cells if other.name != cell.name])
        for scope, release in sorted(register.releases.items())
        for cells in [release.all_of("instructor")]
        for cell in cells
    )


def _sheet(scope: str, cell: Cell, others: list[Cell]) -> InstructorSheet:
    enough = len(others) >= LEAST_OTHERS
    mean = fmean(other.numbers["index"] for other in others) if enough else None
    return InstructorSheet(scope, cell.name, cell, mean, len(others))
