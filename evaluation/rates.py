"""Outcome rates after AAPOR's Standard Definitions, 10th edition (DOMAIN 3.7). Counts in, rates out.

A named roster leaves almost no unknown eligibility, so RR1 and RR2 are what we print; they are counts of
responses, which for superiors are ratings of one alumnus each. Every rate is 0 to 1, None without a denominator.
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
        return self.known + self.uncertain

    @property
    def known(self) -> int:
        """Known to be eligible: (I+P) + (R+NC+O), and the pending of an open round."""
        return self.answered + self.refused + self.noncontact + self.other + self.pending

    @property
    def uncertain(self) -> int:
        """UH+UO, whose eligibility nobody knows."""
        return self.unknown_household + self.unknown

    @property
    def answered(self) -> int:
        return self.complete + self.partial


@dataclass(frozen=True, slots=True)
class Rates:
    """The textbook's rates of one role in one round; `e` is the share taken as eligible of unknown eligibility.

    rr: response, coop: cooperation, ref: refusal, con: contact.
    """

    e: float
    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    coop1: float | None
    coop2: float | None
    coop3: float | None
    coop4: float | None
    ref1: float | None
    ref2: float | None
    ref3: float | None
    con1: float | None
    con2: float | None
    con3: float | None


@dataclass(frozen=True, slots=True)
class RoleRates:
    """Counts and rates of one role in one round: participants, superiors or peers."""

    role: str
    counts: Counts
    rates: Rates


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
    return _ratio(counts.complete, counts.eligible)


def rr2(counts: Counts) -> float | None:
    """RR2 = (I+P) / the same denominator, 0 to 1; None when nobody is eligible."""
    return _ratio(counts.answered, counts.eligible)


def rates_of(counts: Counts, e: float | None = None) -> Rates:
    """All rates. `e` defaults to known eligible / (known eligible + NE), 1 when nobody is either."""
    if e is None:
        settled = counts.known + counts.ineligible
        e = counts.known / settled if settled else 1.0
    complete, answered, contacted = counts.complete, counts.answered, _contacted(counts)
    likely = counts.known + e * counts.uncertain
    return Rates(
        e, rr1(counts), rr2(counts),
        _ratio(complete, likely), _ratio(answered, likely),
        _ratio(complete, counts.known), _ratio(answered, counts.known),
        _ratio(complete, contacted), _ratio(answered, contacted),
        _ratio(complete, answered + counts.refused), _ratio(answered, answered + counts.refused),
        _ratio(counts.refused, counts.eligible), _ratio(counts.refused, likely),
        _ratio(counts.refused, counts.known),
        _ratio(contacted, counts.eligible), _ratio(contacted, likely),
        _ratio(contacted, counts.known),
    )  # fmt: skip


def _contacted(counts: Counts) -> int:
    """(I+P) + R + O: everybody but those never reached."""
    return counts.answered + counts.refused + counts.other


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
