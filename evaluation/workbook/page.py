"""One sheet of a workbook as a value: title, notes, one table, charts over tables. Draws nothing, knows no statistic.

1. A page holds one real table; what cannot be shown is an empty cell, never a zero.
2. A chart names the rows of a table it shows; that table may stand on another page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Form = Literal["text", "id", "count", "percent", "index", "score", "date"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a column of several units, which brings its own form."""

    value: float
    form: Form


Value = str | float | date | Number | None
Line = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters. `choices`: what a person may pick in its cells."""

    header: str
    form: Form
    width: int
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """One row of bars: the column of the values, and how far each interval reaches below and above (0 without one)."""

    column: int
    colour: str
    below: tuple[float, ...] = ()
    above: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows `first` to `last` of the table of `page`, counted from 0; `marks` is a column drawn as marks, such as targets.

    `axis`: the ends of the value axis; `title` and `says` (what a blind reader hears) begin with words of ours.
    """

    page: str
    title: str
    says: str
    first: int
    last: int
    names: int
    bars: tuple[Bars, ...]
    axis: tuple[float, float]
    form: Form
    lying: bool = True
    marks: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`frozen`: how many columns stay in sight; `empty` stands where the table would have no row."""

    name: str
    table: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    empty: str
    frozen: int = 1
    portrait: bool = False
    charts: Sequence[Chart] = ()
