"""BAB VII and VIII: what helps and hinders, and the office's own sheet on budget and planning."""

from collections.abc import Mapping

from evaluation.barriers import OTHER_BARRIER
from evaluation.figures.bars import BarRow, bars
from evaluation.releases import Cell
from evaluation.report.given import AFTER, BEFORE, PEERS, SUPERIORS, Given
from evaluation.report.levels import indices
from evaluation.report.lines import indicator_table
from evaluation.report.model import Block, Column, Heading, Paragraph, Picture, Table

_MOST_BARS = 8
_SYNERGY = ("sinergi", "dukungan_atasan", "lingkungan_kerja")
_MONEY = ("budget_planned", "budget_used")
_CHOICES = ("in_plan", "needs_analysis", "selection", "skm")
_SCORES = ("skm_before", "skm_after")
_Named = Mapping[str, Cell]  # code of a barrier -> what one role says of it


def factors(given: Given) -> list[Block]:
    found: list[Block] = [Heading(1, given.say("lap_bab_faktor"))]
    found += [Heading(2, given.say("lap_pendukung")), *indices(given, AFTER)]
    found += [Heading(2, given.say("lap_penghambat")), *_barriers(given)]
    found.append(Heading(2, given.say("lap_sinergi")))
    tables = [table for name in _SYNERGY if (table := indicator_table(given, name)) is not None]
    found += tables or [Paragraph(given.say("lap_indikator_belum"))]
    return found


def _barriers(given: Given) -> list[Block]:
    """Of the alumni, with superiors and peers beside; before the follow-up what the participants expect."""
    alumni = given.cells(AFTER, "barrier")
    kind, cells = ("barrier", alumni) if alumni else ("expected", given.cells(BEFORE, "expected"))
    others = _others(given) if alumni else {}
    shown = tuple(cell for cell in cells if _is_named(cell, others))
    if not shown:
        return [Paragraph(given.say("lap_hambatan_belum"))]
    series = [given.say(f"lap_seri_{kind}", n=shown[0].n)]
    series += [given.say(f"lap_seri_{who}", n=next(iter(named.values())).n) for who, named in others.items()]  # fmt: skip
    rows = [
        BarRow(
            given.barrier(cell.name),
            (cell.numbers["share"], *(_share(named, cell.name) for named in others.values())),
        )
        for cell in shown[:_MOST_BARS]
    ]
    picture = Picture(given.say(f"lap_gambar_{kind}"), bars(rows, series, given.texts))
    return [_barrier_table(given, kind, shown, others), picture]


def _others(given: Given) -> dict[str, _Named]:
    """Who else was asked about barriers and may be shown, in the order of the columns."""
    asked = {
        who: {cell.name: cell for cell in given.cells(round_kind, "barrier")}
        for who, round_kind in (("atasan", SUPERIORS), ("rekan", PEERS))
    }
    return {who: named for who, named in asked.items() if named}


def _is_named(cell: Cell, others: Mapping[str, _Named]) -> bool:
    """By anybody: what superiors see and no alumnus does is a finding too."""
    return bool(cell.numbers["named"]) or any(_share(named, cell.name) for named in others.values())


def _share(named: _Named, code: str) -> float | None:
    cell = named.get(code)
    return None if cell is None else cell.numbers["share"]


def _barrier_table(
    given: Given, kind: str, cells: tuple[Cell, ...], others: Mapping[str, _Named]
) -> Table:
    titles = ("jumlah", "persen", "utama", *(f"{who}_persen" for who in others))
    columns = (
        Column(given.say("lap_kolom_hambatan"), 40),
        *(Column(given.say(f"lap_kolom_{name}"), 15, is_number=True) for name in titles),
    )
    rows = tuple(
        (
            given.barrier(cell.name), given.number(cell.numbers["named"], 0),
            given.percent(cell.numbers["share"]), given.percent(cell.numbers.get("main_share")),
            *(given.percent(_share(named, cell.name)) for named in others.values()),
        )
        for cell in cells
    )  # fmt: skip
    key = "lap_catatan_hambatan_lain" if others else "lap_catatan_hambatan"
    return Table(given.say(f"lap_tabel_{kind}"), columns, rows, given.say(key, k_min=given.plan.k))


def main_barriers(given: Given, least: float) -> tuple[Cell, ...]:
    """Those that at least this share of the alumni calls the main one, the heaviest first."""
    found = [
        cell
        for cell in given.cells(AFTER, "barrier")
        if cell.name != OTHER_BARRIER and cell.numbers.get("main_share", 0.0) >= least
    ]
    return tuple(sorted(found, key=lambda cell: (-cell.numbers["main_share"], cell.name)))


def office_sheet(given: Given) -> list[Block]:
    answers = given.result.training.office
    heading = Heading(1, given.say("lap_bab_anggaran"))
    if not answers:
        return [heading, Paragraph(given.say("lap_kantor_kosong"), given.say("lap_draf_kantor"))]
    rows = [
        *((name, given.say("lap_rupiah", jumlah=given.number(float(answers[name]), 0))) for name in _MONEY if name in answers),
        *((name, given.texts.name_of(f"kantor_{name}", answers[name])) for name in _CHOICES if name in answers),
        *((name, given.number(float(answers[name]), 2)) for name in _SCORES if name in answers),
    ]  # fmt: skip
    columns = (
        Column(given.say("lap_kolom_pokok"), 55),
        Column(given.say("lap_kolom_isi"), 45),
    )
    shown = tuple((given.say(f"kantor_{name}"), text) for name, text in rows)
    table = Table(given.say("lap_tabel_kantor"), columns, shown, given.say("lap_catatan_kantor"))
    found: list[Block] = [heading, table, *_absorbed(given)]
    if "note" in answers:
        found.append(Paragraph(given.say("lap_kantor_catatan", catatan=answers["note"])))
    for name in ("anggaran", "terencana_terarah"):
        indicator = indicator_table(given, name)
        found += [] if indicator is None else [indicator]
    return found


def _absorbed(given: Given) -> list[Block]:
    planned, used = (float(given.result.training.office.get(name) or 0) for name in _MONEY)
    if not planned or not used:
        return []
    return [Paragraph(given.say("lap_serapan", persen=given.percent(used / planned)))]
