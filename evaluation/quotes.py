"""What people wrote, word for word: of at least k writers together, never by group, never in the order of the people.

The gate decides through the writers behind the claim; the words themselves never stand in the register. Words can be told
one from the other, which sums cannot: where one writer changed or took back what was published, whoever holds the last release
would see whose words are gone. Of that question nothing is quoted any more.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.releases import Cell, Claim, Part, Register
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
    row = row_of(rows.assign(topic=_topic(sample, str(rows["item"].iloc[0]))))
    return Claim(Cell(*what, rows["respondent"].nunique(), numbers), (row,))


def quotes_of(
    sample: Sample, register: Register, scope: str, quoted: Collection[str]
) -> tuple[Quotes, ...]:
    """The texts of the writers who stand behind the published claims of `scope`, of the items in `quoted`."""
    mine = sample.answers[sample.answers["item"].isin(list(quoted))]
    return tuple(_quoted(sample, mine, register, (scope, "text")))


def comments_on(name: str, sample: Sample, register: Register, scope: str) -> tuple[Quotes, ...]:
    """The same, of what was written about one instructor."""
    about = sample.answers[sample.answers["instructor"] == name]
    return tuple(_quoted(sample, about, register, (scope, "instructor_text")))


def _quoted(
    sample: Sample, answers: pd.DataFrame, register: Register, what: tuple[str, str]
) -> Iterator[Quotes]:
    """Of `answers`, a part of the sample's; `what`: the scope and the kind of its cells."""
    scope, kind = what
    release = register.releases.get(scope)
    if release is None or sample.kind in UNQUOTED_ROUNDS:
        return
    for cell in release.all_of(kind):
        item = cell.name.partition(" ")[0]
        behind = register.behind.get(f"{scope}|{cell.key}", ())
        places = [places_of(part.responses) for row in behind for part in row.parts]
        if not places:
            continue
        rows = answers[
            (answers["item"] == item)
            & answers["answered"]
            & answers["response"].isin(np.concatenate(places))
        ]
        if len(rows) and not _something_is_gone(sample, item, register, scope):
            texts = tuple(sorted(str(text).strip() for text in rows["value"]))
            label = str(rows["label"].iloc[0])
            yield Quotes(item, label, rows["respondent"].nunique(), texts)


def _something_is_gone(sample: Sample, item: str, register: Register, scope: str) -> bool:
    """Whether any text that was ever published of this item and training does not stand as it stood."""
    mine = sample.answers[(sample.answers["item"] == item) & sample.answers["answered"]]
    present = {str(unit): set(rows["response"]) for unit, rows in mine.groupby("unit")}
    training = scope.rpartition("/")[0]

    def gone(part: Part) -> bool:
        published = {
            place
            for place in places_of(part.responses).tolist()
            if register.responses[place][0] == training
        }
        return not published <= present.get(part.item, set())

    rows = register.rows.get(_topic(sample, item), ())
    return any(gone(part) for row in rows for part in row.parts)


def _topic(sample: Sample, item: str) -> str:
    return f"{sample.kind}/{item}:text"
