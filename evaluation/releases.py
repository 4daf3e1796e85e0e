"""What is published, as values: cells, the sums behind them, releases and their register. Decides nothing.

A cell asks to be published as a `Claim`, which names the answers its numbers are made of; disclosure.py decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One aggregate: what it is about, how many distinct respondents stand behind it, its numbers.

    catalogue.py lists the kinds, their numbers and units. `group` is empty for a total, else "variable=value".
    """

    kind: str
    name: str  # dimension, item, barrier code, instructor
    n: int
    numbers: Mapping[str, float]
    group: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.name}" + (f"@{self.group}" if self.group else "")


@dataclass(frozen=True, slots=True)
class Part:
    """Answers of one item that enter a sum with one weight; `responses` are places in the register, as spans."""

    item: str
    weight: float
    responses: str


@dataclass(frozen=True, slots=True)
class Row:
    """One weighted sum over answers. Rows of one `topic` share answers and can be set off against each other."""

    topic: str  # "<kind of round>/<dimension>"
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A cell that asks to be published, and the sums its numbers are made of."""

    cell: Cell
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A cell that may not be seen (yet), and why: small, betraying or merged_only."""

    kind: str
    name: str
    group: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the gate withheld of a scope when it was asked last; `seal`: on what that rests (reuse.py)."""

    seal: str
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """What was published of one training and round, from n respondents.

    `cells` in the order of the claims; `responses` are the responses it was made of, as spans.
    """

    n: int
    cells: tuple[Cell, ...]
    responses: str = ""

    def find(self, kind: str, name: str, group: str = "") -> Cell | None:
        wanted = (kind, name, group)
        return next((c for c in self.cells if (c.kind, c.name, c.group) == wanted), None)

    def all_of(self, kind: str, group: str = "") -> tuple[Cell, ...]:
        """All cells of a kind: of the total, or of one group."""
        return tuple(cell for cell in self.cells if (cell.kind, cell.group) == (kind, group))

    def groups(self, variable: str) -> tuple[str, ...]:
        """The groups of `variable` with anything to see, as "variable=value", in order of their names."""
        mine = {cell.group for cell in self.cells if cell.group.startswith(f"{variable}=")}
        return tuple(sorted(mine))


@dataclass(frozen=True, slots=True)
class Register:
    """Everything ever published, and who stands behind it.

    `responses` numbers them: (training, respondent, about). `releases`: "<training>/<round>" -> the last release;
    `behind`: "<training>/<round>|<cell key>" -> its rows; `rows`: topic -> every row ever published; `judged`:
    "<training>/<round>" -> the last judgement.
    """

    responses: tuple[tuple[str, str, str], ...] = ()
    releases: Mapping[str, Release] = field(default_factory=dict)
    behind: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    judged: Mapping[str, Judged] = field(default_factory=dict)
