"""What a roster says once it is read: the people, and whatever somebody must look at. Plain values; reads nothing.

A Problem names sheet, row and the key of a sentence in config/texts that says what is wrong and what to do. A row with a
problem is not saved; one with a note is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from bot.fieldwork.nip import Nip

MOST_ROWS = 5000
MOST_PEERS: Final = 5  # of one participant
Weight = Literal["problem", "note"]
RaterRole = Literal["superior", "peer"]
RATER_ROLES: Final[tuple[RaterRole, ...]] = ("superior", "peer")


@dataclass(frozen=True, slots=True)
class Problem:
    sheet: str
    row: int | None
    key: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    column: int | None = None  # of the cell, counted from 0
    weight: Weight = "problem"


@dataclass(frozen=True, slots=True)
class Rater:
    """Who is asked about a participant: the superior, or a peer."""

    name: str
    nip: Nip | None
    position: str
    phone: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """An empty text says nothing: what is known already stays."""

    nip: Nip | None  # None: known by the name within the training
    name: str
    unit: str
    unit_group: str
    grade: str
    position: str
    phone: str
    superior: Rater | None
    birth_date: date | None = None  # of its own column; else the NIP tells it
    row: int = 0
    peers: tuple[Rater, ...] = ()
    zone: str = ""  # empty: that of the training

    def raters(self, role: RaterRole) -> tuple[Rater, ...]:
        if role == "peer":
            return self.peers
        return (self.superior,) if self.superior is not None else ()

    @property
    def born(self) -> date | None:
        return self.birth_date or (self.nip.born if self.nip else None)


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    code: str
    title: str
    cohort: str
    starts_on: date
    ends_on: date

    @property
    def full_title(self) -> str:
        return f"{self.title} {self.cohort}".strip()


@dataclass(frozen=True, slots=True)
class Roster:
    """What is to be saved: a training with those of its people that can be."""

    code: str
    title: str
    cohort: str
    starts_on: date
    ends_on: date
    participants: tuple[Participant, ...]
    instructors: tuple[str, ...] | None = None  # None: as they are
    competences: tuple[str, ...] | None = None

    @property
    def full_title(self) -> str:
        return f"{self.title} {self.cohort}".strip()


@dataclass(frozen=True, slots=True)
class Columns:
    """How the headings were understood."""

    read: tuple[str, ...] = ()  # as they are written
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One roster file as it was read. Without a sheet nothing could be; then its problems say why."""

    sheet: str = ""
    header_row: int = 0
    rows: int = 0  # of people, with those that have a problem
    ready: tuple[Participant, ...] = ()
    problems: tuple[Problem, ...] = ()  # and notes, in the order of the rows
    passed_over: tuple[tuple[int, str], ...] = ()  # rows that are no person, and how they begin
    columns: Columns = field(default_factory=Columns)
    training: TrainingFacts | None = None  # of the sheet Pelatihan
    instructors: tuple[str, ...] | None = None
    competences: tuple[str, ...] | None = None

    @property
    def faults(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.weight == "problem")

    @property
    def notes(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.weight == "note")

    @property
    def to_check(self) -> int:
        return self.rows - len(self.ready)

    def roster(self, facts: TrainingFacts) -> Roster:
        return Roster(
            facts.code, facts.title, facts.cohort, facts.starts_on, facts.ends_on,
            self.ready, self.instructors, self.competences,
        )  # fmt: skip
