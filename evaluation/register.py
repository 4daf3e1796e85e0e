"""The register of releases as a file: what was published, and the pseudonyms behind it. Judges nothing.

Without the pseudonyms nobody could say whether two releases differ by one person. The file is as confidential as
the responses themselves and stays where they are.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import cast

from evaluation.errors import EvaluationError
from evaluation.releases import Cell, Judged, Part, Register, Release, Row, Withheld
from evaluation.spans import places_of

_Json = Mapping[str, object]


def read_register(path: Path) -> Register:
    """The register from its JSON file; empty when there is no file yet.

    A register of the first form knew how many people stood behind a number, not who: its numbers stand until k
    more have answered.
    """
    if not path.exists():
        return Register()
    try:
        return _register_from(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as wrong:
        raise EvaluationError(
            path.name,
            "this is not a register of releases. Restore it from a backup: without it small groups "
            f"could be found by comparing two summaries. ({type(wrong).__name__})",
        ) from wrong


def _register_from(written: _Json) -> Register:
    releases = cast("Mapping[str, _Json]", written["releases"])
    rows = [_row_from(row) for row in cast("Iterable[list[object]]", written.get("rows", ()))]
    behind = cast("Mapping[str, list[int]]", written.get("behind", {}))
    judged = cast("Mapping[str, _Json]", written.get("judged", {}))
    by_topic: dict[str, tuple[Row, ...]] = {}
    for row in rows:
        by_topic[row.topic] = (*by_topic.get(row.topic, ()), row)
    return Register(
        tuple(_who(entry) for entry in cast("Iterable[list[str]]", written.get("responses", ()))),
        {key: _release_from(entry) for key, entry in releases.items()},
        {key: tuple(rows[place] for place in places) for key, places in behind.items()},
        by_topic,
        {key: _judged_from(entry) for key, entry in judged.items()},
    )


def _who(entry: list[str]) -> tuple[str, str, str]:
    training, respondent, about = entry
    return training, respondent, about


def _row_from(written: list[object]) -> Row:
    topic, parts = cast("tuple[str, list[tuple[str, float, str]]]", tuple(written))
    for _, _, spans in parts:
        places_of(spans)
    return Row(topic, tuple(Part(item, float(weight), spans) for item, weight, spans in parts))


def _release_from(entry: _Json) -> Release:
    cells = cast("Iterable[_Json]", entry["cells"])
    n, responses = int(str(entry["n"])), str(entry.get("responses", ""))
    return Release(n, tuple(_cell_from(cell) for cell in cells), responses)


def _judged_from(entry: _Json) -> Judged:
    withheld = cast("Iterable[tuple[str, str, str, str]]", entry["withheld"])
    return Judged(
        str(entry["seal"]),
        tuple(Withheld(kind, name, group, reason) for kind, name, group, reason in withheld),
    )


def _cell_from(cell: _Json) -> Cell:
    numbers = cast("Mapping[str, float]", cell["numbers"])
    return Cell(
        str(cell["kind"]), str(cell["name"]), int(str(cell["n"])),
        {name: float(number) for name, number in numbers.items()}, str(cell.get("group", "")),
    )  # fmt: skip


def write_register(path: Path, register: Register) -> None:
    """Write it whole or not at all: a half-written register would free everything."""
    rows = [row for topic in sorted(register.rows) for row in register.rows[topic]]
    place = {row: at for at, row in enumerate(rows)}
    whole = {
        "releases": {
            key: {"n": entry.n, "responses": entry.responses, "cells": [as_json(cell) for cell in entry.cells]}
            for key, entry in sorted(register.releases.items())
        },
        "behind": {key: [place[row] for row in of] for key, of in sorted(register.behind.items())},
        "rows": [[row.topic, [[p.item, p.weight, p.responses] for p in row.parts]] for row in rows],
        "responses": register.responses,
        "judged": {
            key: {"seal": entry.seal, "withheld": [astuple(each) for each in entry.withheld]}
            for key, entry in sorted(register.judged.items())
        },
    }  # fmt: skip
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def as_json(cell: Cell) -> dict[str, object]:
    grouped = {"group": cell.group} if cell.group else {}
    return {
        "kind": cell.kind, "name": cell.name, "n": cell.n, "numbers": dict(cell.numbers), **grouped
    }  # fmt: skip
