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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.recovery import Places, patterns_betray
from evaluation.releases import Cell, Claim, Register, Release, Row, Withheld
from evaluation.spans import places_of, spans_of
from evaluation.sums import Reach, laid_out, reach_of

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

    `classes` tells rows apart that cannot have an answer in common; empty means that all might. `reach`: topic -> of each
    of the register's rows the classes it speaks of, as far as it was asked for.
    """

    register: Register
    owners: Places  # place of a response -> person
    k: int
    classes: Places = field(default_factory=lambda: np.empty(0, dtype=np.int64))  # and -> training
    reach: Mapping[str, tuple[Reach, ...]] = field(default_factory=dict)


def publish(
    gate: Gate, scope: str, claims: Sequence[Claim], responses: str
) -> tuple[Gate, tuple[Withheld, ...]]:
    """Put the claims of one scope to the gate, in their order, and write what passes into the register.

    `scope` is "<training>/<round>", `responses` the responses the release is made of. What was published and is
    not claimed any more stands.
    """
    before = gate.register.releases.get(scope)
    gate = _reaching(gate, {row.topic for claim in claims for row in claim.rows})
    cells: dict[str, Cell] = {}
    withheld = []
    for claim in claims:
        gate, passed = _put(gate, scope, claim, before)
        if isinstance(passed, Cell):
            cells[passed.key] = passed
        else:
            withheld.append(passed)
    for cell in () if before is None else before.cells:
        cells.setdefault(cell.key, cell)
    n = _people(gate, responses)
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


def _put(
    gate: Gate, scope: str, claim: Claim, before: Release | None
) -> tuple[Gate, Cell | Withheld]:
    cell = claim.cell
    published = None if before is None else before.find(cell.kind, cell.name, cell.group)
    known = gate.register.behind.get(f"{scope}|{cell.key}", ())
    if published is not None and not _moves(gate, claim, known, published):
        return gate, published
    reason = _objection(gate, claim)
    if reason is None:
        return _written(gate, scope, claim), cell
    if published is not None:
        return gate, published
    return gate, Withheld(cell.kind, cell.name, cell.group, reason)


def _moves(gate: Gate, claim: Claim, known: tuple[Row, ...], published: Cell) -> bool:
    """Whether at least k people are new behind the number; only their number is known of an older register."""
    if not known:
        return claim.cell.n - published.n >= gate.k
    return new_people(gate, _responses(claim.rows), _responses(known)) >= gate.k


def _objection(gate: Gate, claim: Claim) -> str | None:
    by_group = claim.cell.group not in {"", WITHOUT_PROXIES}
    if by_group and any(row.topic.startswith(MERGED_ONLY) for row in claim.rows):
        return MERGED
    people = [_people(gate, _responses([row])) for row in claim.rows]
    if claim.cell.n < gate.k or not people or min(people) < gate.k:
        return SMALL
    topics = {row.topic for row in claim.rows}
    mine = {topic: [row for row in claim.rows if row.topic == topic] for topic in topics}
    if any(_betrays(gate, topic, rows) for topic, rows in mine.items()):
        return BETRAYING
    return None


def _betrays(gate: Gate, topic: str, rows: Sequence[Row]) -> bool:
    past = gate.register.rows.get(topic, ())
    fresh = [row for row in rows if row not in past]
    if not fresh:
        return False
    known = list(zip(past, gate.reach[topic], strict=True))
    asking = [(row, reach_of(row, gate.classes)) for row in fresh]
    return patterns_betray(laid_out(known, asking, gate.owners, gate.classes), gate.k)


def _reaching(gate: Gate, topics: Iterable[str]) -> Gate:
    """With `reach` of these topics complete: a register that was read knows rows only."""
    reach = dict(gate.reach)
    for topic in topics:
        rows, known = gate.register.rows.get(topic, ()), reach.get(topic, ())
        reach[topic] = (*known, *(reach_of(row, gate.classes) for row in rows[len(known) :]))
    return replace(gate, reach=reach)


def _written(gate: Gate, scope: str, claim: Claim) -> Gate:
    register = gate.register
    rows = dict(register.rows)
    for row in claim.rows:
        if row not in rows.get(row.topic, ()):
            rows[row.topic] = (*rows.get(row.topic, ()), row)
    behind = {**register.behind, f"{scope}|{claim.cell.key}": claim.rows}
    grown = replace(gate, register=replace(register, rows=rows, behind=behind))
    return _reaching(grown, {row.topic for row in claim.rows})


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
