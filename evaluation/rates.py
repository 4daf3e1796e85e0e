"""Response rates after AAPOR's Standard Definitions, 10th edition (DOMAIN 3.7). Counts in, rates out.

A named roster leaves almost no unknown eligibility, so RR1 and RR2 are what we print; they are counts of
responses, which for superiors are ratings of one alumnus each.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_PENDING = frozenset({"issued", "invited"})


@dataclass(frozen=True, slots=True)
class Counts:
    """Final disposition groups of AAPOR; `pending` is ours: begun or untouched in a round that is still open."""

    complete: int = 0  # I
    partial: int = 0  # P
    refused: int = 0  # R: refusals and break-offs
    noncontact: int = 0  # NC
    other: int = 0  # O
    unknown_household: int = 0  # UH; no such thing on a roster, kept for the textbook
    unknown: int = 0  # UO
    ineligible: int = 0  # NE
    pending: int = 0
    begun: int = 0  # of the pending

    @property
    def issued(self) -> int:
        return self.eligible + self.ineligible

    @property
    def eligible(self) -> int:
        """The denominator of RR1 and RR2; pending responses wait in it."""
        return (
            self.answered + self.refused + self.noncontact + self.other
            + self.unknown_household + self.unknown + self.pending
        )  # fmt: skip

    @property
    def answered(self) -> int:
        return self.complete + self.partial


def counts_of(dispositions: Iterable[str], *, is_open: bool) -> Counts:
    """Group dispositions. While a round is open a `partial` is only begun: it counts as P once settled."""
    names = list(dispositions)

    def count(*wanted: str) -> int:
        return sum(1 for name in names if name in wanted)

    begun = count("partial") if is_open else 0
    return Counts(
        complete=count("complete"),
        partial=count("partial") - begun,
        refused=count("refused", "break_off"),
        noncontact=count("noncontact"),
        other=count("other"),
        unknown=count("unknown"),
        ineligible=count("ineligible"),
        pending=count(*_PENDING) + begun,
        begun=begun,
    )


def rr1(counts: Counts) -> float | None:
    """RR1 = I / ((I+P) + (R+NC+O) + (UH+UO)), 0 to 1; None when nobody is eligible."""
    return counts.complete / counts.eligible if counts.eligible else None


def rr2(counts: Counts) -> float | None:
    """RR2 = (I+P) / the same denominator, 0 to 1; None when nobody is eligible."""
    return counts.answered / counts.eligible if counts.eligible else None
