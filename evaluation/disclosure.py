"""Disclosure control: the one gate every aggregate passes. Decides what may be seen, computes no statistic.

1. Behind every number stand at least k people (k from study.toml, DOMAIN 3.9).
2. A published number moves only after k new people; until then it stands as it was published.
3. No number is published that, added to and subtracted from everything published before and beside it, would say
   something about fewer than k people: complementary groups, nested filters and consecutive releases are one
   question, answered by recovery.py. Whoever asks first is served first, so totals are claimed before groups.
4. Superiors are shown merged only, and so are peers: one of them speaks of one alumnus.

A claim names the answers its numbers are made of (`Row`); the register keeps the rows of all that was published.
Response rates are counts of participation and do not pass here; nonresponse.py merges small groups of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.recovery import Places, patterns_betray
from evaluation.releases import Cell, Claim, Register, Release, Row, Withheld
from evaluation.spans import places_of, spans_of
from evaluation.sums import Past, Told, grown, laid_out, reach_of

MERGED_ONLY = (
    "followup_superior/",
    "followup_peer/",
)  # topics whose answers are never shown by group
WITHOUT_PROXIES = (
    "proxy="  # all superiors who answered themselves: merged too, and held to k like any other
)
SMALL, BETRAYING, MERGED = "small", "betraying", "merged_only"


@dataclass(frozen=True, slots=True)
class Gate:
    """The register as it grows, the people behind its responses, and k.

    `classes` tells rows apart that cannot have an answer in common; empty means that all might. `past`: topic -> the
    register's rows by the classes they speak of, as far as it was asked for.
    """

    register: Register
    owners: Places  # place of a response -> person
    k: int
    classes: Places = field(default_factory=lambda: np.empty(0, dtype=np.int64))  # and -> training
    past: Mapping[str, Past] = field(default_factory=dict)


@dataclass(slots=True)
class _Hearing:
    """What is added to the gate while the claims of one scope are put to it: in place, so that the next claim costs no more."""

    gate: Gate
    past: dict[str, Past]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    behind: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    told: Told = field(default_factory=dict)
    refused: dict[str, list[list[Row]]] = field(default_factory=dict)  # since the topic has grown

    @classmethod
    def of(cls, gate: Gate, claims: Sequence[Claim]) -> "_Hearing":
        """A register that was read knows rows only: `past` of the topics that are asked for is completed."""
        topics = {row.topic for claim in claims for row in claim.rows} - gate.past.keys()
        rows = gate.register.rows
        found = {topic: grown({}, rows.get(topic, ()), gate.classes) for topic in topics}
        return cls(gate, {**gate.past, **found})

    def stands_behind(self, key: str) -> tuple[Row, ...]:
        return self.behind.get(key) or self.gate.register.behind.get(key, ())

    def knows(self, row: Row) -> bool:
        alike = self.past[row.topic].get(reach_of(row, self.gate.classes), ())
        return any(row == known for _, known in alike)

    def add(self, key: str, rows: tuple[Row, ...]) -> None:
        self.behind[key] = rows
        for row in rows:
            if not self.knows(row):
                self.past[row.topic] = grown(self.past[row.topic], [row], self.gate.classes)
                self.rows.setdefault(row.topic, []).append(row)
                self.refused[row.topic] = []

    def closed(self) -> Gate:
        register = self.gate.register
        fresh = {topic: (*register.rows.get(topic, ()), *rows) for topic, rows in self.rows.items()}
        register = replace(
            register, rows={**register.rows, **fresh}, behind={**register.behind, **self.behind}
        )
        return replace(self.gate, register=register, past=self.past)


def publish(
    gate: Gate, scope: str, claims: Sequence[Claim], responses: str
) -> tuple[Gate, tuple[Withheld, ...]]:
    """Put the claims of one scope to the gate, in their order, and write what passes into the register.

    `scope` is "<training>/<round>", `responses` the responses the release is made of. What was published and is
    not claimed any more stands.
    """
    before = gate.register.releases.get(scope)
    hearing = _Hearing.of(gate, claims)
    cells: dict[str, Cell] = {}
    withheld = []
    for claim in claims:
        passed = _put(hearing, scope, claim, before)
        if isinstance(passed, Cell):
            cells[passed.key] = passed
        else:
            withheld.append(passed)
    for cell in () if before is None else before.cells:
        cells.setdefault(cell.key, cell)
    gate, n = hearing.closed(), _people(gate, responses)
    found = Release(n, tuple(cells.values()), responses)
    if cells or before is not None or n >= gate.k:
        releases = {**gate.register.releases, scope: found}
        gate = replace(gate, register=replace(gate.register, releases=releases))
    return gate, tuple(withheld)


def snapshot(gate: Gate, scope: str, responses: str) -> str | None:
    """The responses the next release of `scope` is made of: all of now once k people are new, else the last ones.

    None where the last ones are not known, and not k more people have answered: everything stands then.
    """
    before = gate.register.releases.get(scope)
    if before is None:
        return responses
    if not before.responses:
        return responses if _people(gate, responses) - before.n >= gate.k else None
    moves = new_people(gate, responses, before.responses) >= gate.k
    return responses if moves else before.responses


def new_people(gate: Gate, responses: str, published: str) -> int:
    """How many people of `responses` do not stand behind `published`."""
    known = _owners(gate, published)
    return int((_owners(gate, responses) & ~known).sum())


def _put(hearing: _Hearing, scope: str, claim: Claim, before: Release | None) -> Cell | Withheld:
    cell, key = claim.cell, f"{scope}|{claim.cell.key}"
    published = None if before is None else before.find(cell.kind, cell.name, cell.group)
    known = hearing.stands_behind(key)
    if published is not None and not _moves(hearing.gate, claim, known, published):
        return published
    reason = _objection(hearing, claim)
    if reason is None:
        hearing.add(key, claim.rows)
        return cell
    if published is not None:
        return published
    return Withheld(cell.kind, cell.name, cell.group, reason)


def _moves(gate: Gate, claim: Claim, known: tuple[Row, ...], published: Cell) -> bool:
    """Whether at least k people are new behind the number; only their number is known of an older register."""
    if not known:
        return claim.cell.n - published.n >= gate.k
    return new_people(gate, _responses(claim.rows), _responses(known)) >= gate.k


def _objection(hearing: _Hearing, claim: Claim) -> str | None:
    gate = hearing.gate
    by_group = claim.cell.group not in {"", WITHOUT_PROXIES}
    if by_group and any(row.topic.startswith(MERGED_ONLY) for row in claim.rows):
        return MERGED
    people = [_people(gate, _responses([row])) for row in claim.rows]
    if claim.cell.n < gate.k or not people or min(people) < gate.k:
        return SMALL
    topics = {row.topic for row in claim.rows}
    mine = {topic: [row for row in claim.rows if row.topic == topic] for topic in topics}
    if any(_betrays(hearing, topic, rows) for topic, rows in mine.items()):
        return BETRAYING
    return None


def _betrays(hearing: _Hearing, topic: str, rows: Sequence[Row]) -> bool:
    gate = hearing.gate
    fresh = [(row, reach_of(row, gate.classes)) for row in rows if not hearing.knows(row)]
    if not fresh:
        return False
    asked, refused = [row for row, _ in fresh], hearing.refused.setdefault(topic, [])
    if asked in refused:
        return True
    found = laid_out(hearing.past[topic], fresh, gate.owners, gate.classes, hearing.told)
    betraying = patterns_betray(found, gate.k)
    if betraying:
        refused.append(asked)
    return betraying


def _responses(rows: Sequence[Row]) -> str:
    """All responses of the rows together."""
    spans = {part.responses for row in rows for part in row.parts}
    if len(spans) == 1:
        return spans.pop()
    return spans_of(np.concatenate([places_of(each) for each in spans])) if spans else ""


def _people(gate: Gate, responses: str) -> int:
    return int(_owners(gate, responses).sum())


def _owners(gate: Gate, responses: str) -> NDArray[np.bool_]:
    """For each person whether any of the responses is theirs."""
    mine = np.zeros(int(gate.owners.max(initial=-1)) + 1, dtype=bool)
    mine[gate.owners[places_of(responses)]] = True
    return mine
