"""The conclusions, level by level, chosen by fixed rules from published numbers and the office's own sheet.

A change counts as one where its interval leaves out zero; "most" and "few" where the interval leaves out a half. The findings
say what was measured, the conclusions what follows from it; people edit both.
"""

from collections.abc import Iterator
from typing import Literal

from evaluation.actions import MAIN_BARRIER_FROM
from evaluation.releases import Cell
from evaluation.report.factors import main_barriers
from evaluation.report.given import AFTER, BEFORE, Given

_HALF = 0.5
_PLANNING = ("in_plan", "needs_analysis", "selection")
Direction = Literal["naik", "turun", "tetap", "tanpa_selang"]


def conclusions(given: Given) -> tuple[str, ...]:
    """In the order of the levels; empty while nothing may be shown."""
    return (
        *_reaction(given), *_learning(given), *_behaviour(given), *_results(given),
        *_hindrance(given), *_synergy(given), *_planning(given),
    )  # fmt: skip


def direction(low: float | None, high: float | None) -> Direction:
    """Of a difference by its interval."""
    if low is None or high is None:
        return "tanpa_selang"
    if low > 0:
        return "naik"
    return "turun" if high < 0 else "tetap"


def amount(cell: Cell) -> Literal["banyak", "sedikit", "separuh"]:
    """Of a share by its interval; of everybody, who needs none, by the share itself."""
    low = cell.numbers.get("low", cell.numbers["share"])
    high = cell.numbers.get("high", cell.numbers["share"])
    if low > _HALF:
        return "banyak"
    return "sedikit" if high < _HALF else "separuh"


def _reaction(given: Given) -> Iterator[str]:
    """How many dimensions reach the last band but one."""
    cells = given.cells(BEFORE, "index")
    bands = sorted(given.plan.bands, key=lambda band: band.start)
    if not cells or len(bands) < 2:  # noqa: PLR2004  a table of one band tells nothing apart
        return
    good = [cell for cell in cells if (band := given.band(cell)) and band.start >= bands[-2].start]
    yield given.say(
        "lap_simpulan_reaksi", baik=len(good), semua=len(cells), mutu=bands[-2].label.lower()
    )


def _learning(given: Given) -> Iterator[str]:
    for cell in given.cells(BEFORE, "change"):
        numbers = cell.numbers
        yield given.say(
            f"lap_simpulan_belajar_{direction(numbers.get('low'), numbers.get('high'))}",
            dimensi=given.dimension(cell.name).lower(), selisih=given.number(numbers["difference"], 2),
        )  # fmt: skip
    for cell in given.cells(AFTER, "matched"):
        kept = direction(cell.numbers.get("kept_low"), cell.numbers.get("kept_high"))
        if kept != "tanpa_selang":
            name = given.dimension(cell.name).lower()
            yield given.say(f"lap_simpulan_bertahan_{kept}", dimensi=name)


def _behaviour(given: Given) -> Iterator[str]:
    cell = given.cell(AFTER, "share")
    if cell is not None:
        persen = given.percent(cell.numbers["share"])
        yield given.say(f"lap_simpulan_perilaku_{amount(cell)}", persen=persen)


def _results(given: Given) -> Iterator[str]:
    cell = given.cell(AFTER, "funnel")
    if cell is not None and "evidence" in cell.numbers:
        proven = cell.numbers["evidence"]
        key = "lap_simpulan_hasil_ada" if proven else "lap_simpulan_hasil_belum"
        yield given.say(key, jumlah=given.number(proven, 0))


def _hindrance(given: Given) -> Iterator[str]:
    if not given.cells(AFTER, "barrier"):
        return
    main = [given.barrier(cell.name) for cell in main_barriers(given, MAIN_BARRIER_FROM)]
    key = "lap_simpulan_hambatan" if main else "lap_simpulan_tanpa_hambatan"
    persen = given.percent(MAIN_BARRIER_FROM)
    yield given.say(key, isi=", ".join(main), persen=persen)


def _synergy(given: Given) -> Iterator[str]:
    """Talks with the superior before and after, sharing with colleagues: what fewer than half did."""
    found = next((each for each in given.result.indicators if each.name == "sinergi"), None)
    lines = [line for line in (found.lines if found else ()) if line.share is not None]
    few = [
        given.say("lap_jawaban_persen", jawaban=given.question(line.label), persen=given.percent(line.share.share))
        for line in lines
        if line.share is not None and line.share.share < _HALF
    ]  # fmt: skip
    if lines:
        key = "lap_simpulan_sinergi_kurang" if few else "lap_simpulan_sinergi_ada"
        yield given.say(key, isi="; ".join(few))


def _planning(given: Given) -> Iterator[str]:
    answers = given.result.training.office
    told = [
        given.say("lap_simpulan_rinci", pokok=given.say(f"kantor_{name}"), isi=given.texts.name_of(f"kantor_{name}", answers[name]))
        for name in _PLANNING
        if name in answers
    ]  # fmt: skip
    if told:
        yield given.say("lap_simpulan_rencana", isi="; ".join(told))
