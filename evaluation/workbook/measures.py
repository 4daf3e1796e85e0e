"""What a published cell says, measure by measure: a key for its words, a value, its unit, its interval. Writes no word.

catalogue.py lists the kinds. Barriers, single questions and instructors have pages of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from evaluation.releases import Cell

Unit = Literal["indeks", "persen", "skor", "poin", "koefisien"]


@dataclass(frozen=True, slots=True)
class Measure:
    """`key` names a sentence, filled in with the name of the cell and the ends of its scale; percents are 0 to 1."""

    key: str
    unit: Unit
    value: float
    n: int
    low: float | None = None
    high: float | None = None


def measures(cell: Cell) -> Iterator[Measure]:
    """Nothing for a kind that has a page of its own."""
    match cell.kind:
        case "index":
            yield _plain("indeks", "indeks", cell, "index")
        case "weighted":
            yield _plain("indeks_tertimbang", "indeks", cell, "index", interval=False)
        case "share" | "kept":
            yield _plain(cell.name, "persen", cell, "share")
        case "funnel":
            yield from _funnel(cell)
        case "change" | "matched":
            yield from _change(cell)
        case "level":
            yield _plain("lanjut", "skor", cell, "mean")
        case "nps":
            yield from _recommendation(cell)
        case "gap" | "peer_gap":
            yield from _gap(cell)
        case "reliability":
            yield _plain("keandalan", "koefisien", cell, "coefficient")
        case _:
            return


def _plain(key: str, unit: Unit, cell: Cell, name: str, *, interval: bool = True) -> Measure:
    low, high = _ends(cell.numbers, "") if interval else (None, None)
    return Measure(key, unit, cell.numbers[name], cell.n, low, high)


def _funnel(cell: Cell) -> Iterator[Measure]:
    for step in ("applied", "result", "evidence"):
        share = cell.numbers.get(f"{step}_share")
        if share is not None:
            yield Measure(
                f"jenjang_{step}", "persen", share, cell.n, *_ends(cell.numbers, f"{step}_")
            )


def _change(cell: Cell) -> Iterator[Measure]:
    numbers = cell.numbers
    same = "_sama" if cell.kind == "matched" else ""
    for name, key in (("before", "sebelum"), ("now", "sesudah"), ("followup", "lanjut")):
        if name in numbers:
            yield Measure(f"{key}{same}", "skor", numbers[name], cell.n)
    yield Measure(f"selisih{same}", "skor", numbers["difference"], cell.n, *_ends(numbers, ""))
    if "kept" in numbers:
        yield Measure("bertahan", "skor", numbers["kept"], cell.n, *_ends(numbers, "kept_"))
    if "g_av" in numbers:
        yield Measure(f"efek{same}", "koefisien", numbers["g_av"], cell.n, *_ends(numbers, "g_"))


def _recommendation(cell: Cell) -> Iterator[Measure]:
    numbers = cell.numbers
    for name in ("promoters", "passives", "detractors"):
        yield Measure(f"rekomendasi_{name}", "persen", numbers[name] / numbers["count"], cell.n)
    if "score" in numbers:
        yield Measure("rekomendasi_skor", "poin", numbers["score"], cell.n, *_ends(numbers, ""))


def _gap(cell: Cell) -> Iterator[Measure]:
    is_of_peers = cell.kind == "peer_gap"
    who, difference = ("peer", "peer_difference") if is_of_peers else ("superior", "difference")
    for name in ("self", who, "combined"):
        yield Measure(f"pandangan_{name}", "skor", cell.numbers[name], cell.n)
    ends = _ends(cell.numbers, "")
    yield Measure(f"pandangan_{difference}", "skor", cell.numbers["difference"], cell.n, *ends)


def _ends(numbers: Mapping[str, float], prefix: str) -> tuple[float | None, float | None]:
    return numbers.get(f"{prefix}low"), numbers.get(f"{prefix}high")
