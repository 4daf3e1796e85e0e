"""Recommendations and the RTL table, drafted by the rules of study.toml from published numbers (DOMAIN section 5).

A finding triggers a recommendation when at least a fifth of the alumni call a barrier the main one, or a dimension's index
falls into the lowest band; evidence of results triggers that they be spread. People edit the draft; nothing is invented.
"""

from dataclasses import dataclass

from evaluation.actions import MAIN_BARRIER_FROM
from evaluation.releases import Cell
from evaluation.report.factors import main_barriers
from evaluation.report.given import AFTER, BEFORE, Given
from evaluation.report.model import Block, Column, Paragraph, Table
from evaluation.report.office import Recommendation

SUCCESS = "berhasil"


@dataclass(frozen=True, slots=True)
class Measure:
    """A rule and the finding in words that triggered it."""

    rule: Recommendation
    because: str


def measures(given: Given) -> tuple[Measure, ...]:
    """Barriers first, the heaviest first; each rule once, with all that triggered it."""
    found: dict[Recommendation, list[str]] = {}
    for name, because in [*_barriers(given), *_dimensions(given), *_success(given)]:
        rule = given.office.against(name)
        if rule is not None:
            found.setdefault(rule, []).append(because)
    return tuple(Measure(rule, "; ".join(reasons)) for rule, reasons in found.items())


def _barriers(given: Given) -> list[tuple[str, str]]:
    return [
        (cell.name, given.say("lap_sebab_hambatan", hambatan=given.barrier(cell.name), persen=given.percent(cell.numbers["main_share"])))
        for cell in main_barriers(given, MAIN_BARRIER_FROM)
    ]  # fmt: skip


def _dimensions(given: Given) -> list[tuple[str, str]]:
    lowest = min(given.plan.bands, key=lambda band: band.start)
    weak = [
        cell
        for kind in (BEFORE, AFTER)
        for cell in given.cells(kind, "index")
        if given.band(cell) == lowest
    ]
    weak.sort(key=lambda cell: (cell.numbers["index"], cell.name))
    return [(cell.name, _weak(given, cell)) for cell in weak]


def _weak(given: Given, cell: Cell) -> str:
    return given.say(
        "lap_sebab_dimensi",
        dimensi=given.dimension(cell.name),
        indeks=given.number(cell.numbers["index"]),
    )


def _success(given: Given) -> list[tuple[str, str]]:
    cell = given.cell(AFTER, "funnel")
    if cell is None or not cell.numbers.get("evidence"):
        return []
    return [(SUCCESS, given.say("lap_sebab_bukti", jumlah=given.number(cell.numbers["evidence"], 0)))]  # fmt: skip


def action_table(given: Given) -> Block:
    """Prioritas | Tindak lanjut | Penanggung jawab | Waktu | Indikator keberhasilan; and why."""
    titles = (("prioritas", 9), ("tindak_lanjut", 34), ("penanggung_jawab", 17), ("waktu", 16), ("keberhasilan", 24))  # fmt: skip
    columns = tuple(
        Column(given.say(f"lap_kolom_{name}"), width, is_number=name == "prioritas")
        for name, width in titles
    )
    rows = tuple(
        (
            str(place), given.say("lap_rtl_isi", tindakan=each.rule.deed, sebab=each.because),
            each.rule.owner, each.rule.due, each.rule.success,
        )
        for place, each in enumerate(measures(given), start=1)
    )  # fmt: skip
    if not rows:
        return Paragraph(given.say("lap_rtl_kosong"))
    return Table(given.say("lap_tabel_rtl"), columns, rows, given.say("lap_catatan_rtl"))
