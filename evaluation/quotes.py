"""What people wrote, word for word: of at least k writers together, never by group, never in the order of the people.

The gate decides through the writers behind the claim; the words themselves never stand in the register.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evaluation.releases import Cell, Claim, Register
from evaluation.sample import Sample, row_of
from evaluation.spans import places_of

UNQUOTED_ROUNDS = frozenset({"interview"})  # told as cases, with the teller's permission only


@dataclass(frozen=True, slots=True)
class Quotes:
    """The texts of `n` writers to one open question, in alphabetical order."""

    item: str
    label: str
    n: int
    texts: tuple[str, ...]


def writers(sample: Sample) -> Iterator[Claim]:
    """One claim per open question that anybody answered."""
    rows = sample.answers[sample.answers["answered"] & (sample.answers["type"] == "text")]
    for item in sorted(set(rows["item"])):
        mine = rows[rows["item"] == item]
        numbers = {"count": float(len(mine)), "population": float(sample.population)}
        row = row_of(mine.assign(topic=f"{sample.kind}/{item}:text"))
        yield Claim(Cell("text", str(item), mine["respondent"].nunique(), numbers), (row,))


def quotes_of(sample: Sample, register: Register, scope: str) -> tuple[Quotes, ...]:
    """The texts of the writers who stand behind the published claims of `scope`."""
    release = register.releases.get(scope)
    if release is None or sample.kind in UNQUOTED_ROUNDS:
        return ()
    found = []
    for cell in release.all_of("text"):
        behind = register.behind.get(f"{scope}|{cell.key}", ())
        places = [places_of(part.responses) for row in behind for part in row.parts]
        if not places:
            continue
        rows = sample.answers[
            (sample.answers["item"] == cell.name)
            & sample.answers["answered"]
            & sample.answers["response"].isin(np.concatenate(places))
        ]
        if len(rows):
            texts = tuple(sorted(str(text).strip() for text in rows["value"]))
            found.append(
                Quotes(cell.name, str(rows["label"].iloc[0]), rows["respondent"].nunique(), texts)
            )
    return tuple(found)
