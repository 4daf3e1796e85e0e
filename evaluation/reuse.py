"""Whether the gate is asked anything new of a scope. Where not, its earlier judgement stands and nothing is worked out again.

A judgement is kept in the register under a seal: a digest of all that it rests on, and of all that stands published of its
scope. Reusing it publishes nothing, so a seal could at worst keep a number as it stands. Where none fits (an older register,
one that somebody wrote into, other answers, another plan, codebook or version of the analyst) the whole gate is asked.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.register import as_json
from evaluation.releases import Judged, Register, Withheld
from evaluation.sample import Sample
from evaluation.spans import places_of
from evaluation.study import Plan


def marks(table: pd.DataFrame, columns: Sequence[str]) -> NDArray[np.uint64]:
    """One number a row for what stands in these columns, the same in every process."""
    found = pd.util.hash_pandas_object(table[list(columns)], index=False)
    return np.asarray(found, dtype=np.uint64)


def ground_of(codebook: pd.DataFrame, plan: Plan) -> str:
    """A digest of what every judgement rests on: the plan, the codebook in any order of its rows, and this program."""
    planned = (f"{each.name}={_in_order(getattr(plan, each.name))!r}" for each in fields(plan))
    words = np.sort(marks(codebook, sorted(codebook.columns)))
    return _digest([_program(), "\n".join(planned), words.tobytes()])


def asked_of(ground: str, samples: Iterable[Sample]) -> str:
    """A digest of what a release would be made of: the answers of `samples`, who gave them and who could have."""
    return _digest([ground, *map(of_sample, samples)])


def asked_of_all(ground: str, register: Register, by_scope: Mapping[str, Sample]) -> str:
    """The same of several scopes together, as they were published: of each its last judgement too."""
    judged = [register.judged[scope].seal if scope in register.judged else "" for scope in by_scope]
    return _digest([ground, *by_scope, *judged, *map(of_sample, by_scope.values())])


def of_sample(sample: Sample) -> str:
    frames = (
        sample.counted["mark"],
        sample.eligible["mark_of_roster"],
        sample.answers["mark"],
    )
    return _digest([sample.kind, *(frame.to_numpy().tobytes() for frame in frames)])


def standing(register: Register, scope: str, asked: str) -> tuple[Withheld, ...] | None:
    """What was withheld the last time, where the same is asked and stands as it was left; else None."""
    last = register.judged.get(scope)
    if last is None or scope not in register.releases:
        return None
    fits = last.seal == _seal(register, scope, asked, last.withheld)
    return last.withheld if fits else None


def sealed(register: Register, scope: str, asked: str, withheld: tuple[Withheld, ...]) -> Register:
    judged = Judged(_seal(register, scope, asked, withheld), withheld)
    return replace(register, judged={**register.judged, scope: judged})


def _seal(register: Register, scope: str, asked: str, withheld: Sequence[Withheld]) -> str:
    release = register.releases[scope]
    people = [register.responses[place][1] for place in places_of(release.responses).tolist()]
    cells = [(as_json(cell), _rows(register, f"{scope}|{cell.key}")) for cell in release.cells]
    held = [astuple(each) for each in withheld]
    return _digest([json.dumps([asked, held, release.n, release.responses, people, cells])])


def _rows(register: Register, key: str) -> list[object]:
    return [
        (row.topic, [(part.item, part.weight, part.responses) for part in row.parts])
        for row in register.behind.get(key, ())
    ]


def _in_order(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


@cache
def _program() -> str:
    """Of this room: whatever else it claims, or judges otherwise, is judged anew."""
    return _digest(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))


def _digest(parts: Iterable[str | bytes]) -> str:
    found = sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        found.update(f"{len(content)} ".encode())
        found.update(content)
    return found.hexdigest()
