"""What people wrote, word for word: of at least k writers together, never by group, never in the order of the people.

The gate decides through the writers behind the claim; the words themselves never stand in the register.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

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
        yield writers_claim(sample, rows[rows["item"] == item], ("text", str(item)))


def writers_claim(sample: Sample, rows: pd.DataFrame, what: tuple[str, str]) -> Claim:
    """Who wrote these answers to one item; `what`: kind and name of the cell."""
    numbers = {"count": float(len(rows)), "population": float(sample.population)}
    row = row_of(rows.assign(topic=f"{sample.kind}/{rows['item'].iloc[0]}:text"))
    return Claim(Cell(*what, rows["respondent"].nunique(), numbers), (row,))


def quotes_of(sample: Sample, register: Register, scope: str) -> tuple[Quotes, ...]:
    """The texts of the writers who stand behind the published claims of `scope`."""
    return _quoted(sample, register, scope, "text")


def comments_on(name: str, sample: Sample, register: Register, scope: str) -> tuple[Quotes, ...]:
    """The same, of what was written about one instructor."""
    about = replace(sample, answers=sample.answers[sample.answers["instructor"] == name])
    return _quoted(about, register, scope, "instructor_text")


def _quoted(sample: Sample, register: Register, scope: str, kind: str) -> tuple[Quotes, ...]:
    release = register.releases.get(scope)
    if release is None or sample.kind in UNQUOTED_ROUNDS:
        return ()
    found = []
    for cell in release.all_of(kind):
        item = cell.name.partition(" ")[0]
        behind = register.behind.get(f"{scope}|{cell.key}", ())
        places = [places_of(part.responses) for row in behind for part in row.parts]
        if not places:
            continue
        rows = sample.answers[
            (sample.answers["item"] == item)
            & sample.answers["answered"]
            & sample.answers["response"].isin(np.concatenate(places))
        ]
        if len(rows):
            texts = tuple(sorted(str(text).strip() for text in rows["value"]))
            found.append(
                Quotes(item, str(rows["label"].iloc[0]), rows["respondent"].nunique(), texts)
            )
    return tuple(found)
