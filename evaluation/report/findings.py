"""The main findings and conclusions as sentences, chosen by fixed rules from published numbers."""

from collections.abc import Iterator

from evaluation.actions import MAIN_BARRIER_FROM
from evaluation.rates import rr2
from evaluation.report.factors import main_barriers
from evaluation.report.given import AFTER, BEFORE, SUPERIORS, Given


def main_findings(given: Given) -> tuple[str, ...]:
    """In the order of the report; empty while nothing may be shown."""
    return (
        *_response(given), *_indices(given, BEFORE), *_ability(given), *_applied(given),
        *_indices(given, AFTER), *_barriers(given), *_views(given),
    )  # fmt: skip


def _response(given: Given) -> Iterator[str]:
    """Who is below the target: their results may differ from those of all."""
    for kind in (BEFORE, AFTER, SUPERIORS):
        entry, target = given.round(kind), given.plan.targets.get(kind)
        share = None if entry is None else rr2(entry.counts)
        if entry is not None and share is not None and target is not None and share < target:
            yield given.say(
                "lap_temuan_jawaban", sumber=given.say(f"sebutan_{kind}"), persen=given.percent(share),
                sasaran=given.percent(target),
            )  # fmt: skip


def _indices(given: Given, kind: str) -> Iterator[str]:
    cells = sorted(given.cells(kind, "index"), key=lambda cell: (-cell.numbers["index"], cell.name))
    if not cells:
        return
    best, worst = cells[0], cells[-1]
    key = "lap_temuan_indeks" if len(cells) > 1 else "lap_temuan_indeks_satu"
    bands = [given.band(cell) for cell in (best, worst)]
    labels = ["" if band is None else band.label.lower() for band in bands]
    yield given.say(
        key, sumber=given.say(f"sebutan_{kind}"), tertinggi=given.dimension(best.name).lower(),
        nilai_tertinggi=given.number(best.numbers["index"]), mutu_tertinggi=labels[0],
        terendah=given.dimension(worst.name).lower(), nilai_terendah=given.number(worst.numbers["index"]),
        mutu_terendah=labels[1],
    )  # fmt: skip


def _ability(given: Given) -> Iterator[str]:
    for cell in given.cells(BEFORE, "change"):
        yield given.say(
            "lap_temuan_kemampuan", dimensi=given.dimension(cell.name), sebelum=given.number(cell.numbers["before"], 2),
            sesudah=given.number(cell.numbers["now"], 2), n=cell.n,
        )  # fmt: skip
    for cell in given.cells(AFTER, "matched"):
        yield given.say(
            "lap_temuan_bertahan", dimensi=given.dimension(cell.name), sesudah=given.number(cell.numbers["now"], 2),
            lanjut=given.number(cell.numbers["followup"], 2), n=cell.n,
        )  # fmt: skip


def _applied(given: Given) -> Iterator[str]:
    cell = given.cell(AFTER, "funnel")
    if cell is None:
        return
    numbers = cell.numbers
    if "evidence" not in numbers:
        yield given.say(
            "lap_temuan_penerapan_saja", jumlah=given.number(numbers["applied"], 0),
            dari=given.number(numbers["count"], 0), persen=given.percent(numbers["applied_share"]),
        )  # fmt: skip
        return
    yield given.say(
        "lap_temuan_penerapan", jumlah=given.number(numbers["applied"], 0), dari=given.number(numbers["count"], 0),
        persen=given.percent(numbers["applied_share"]), hasil=given.number(numbers["result"], 0),
        bukti=given.number(numbers["evidence"], 0),
    )  # fmt: skip


def _barriers(given: Given) -> Iterator[str]:
    main = main_barriers(given, MAIN_BARRIER_FROM)
    if main:
        told = ", ".join(
            given.say("lap_hambatan_persen", hambatan=given.barrier(cell.name), persen=given.percent(cell.numbers["main_share"]))
            for cell in main
        )  # fmt: skip
        yield given.say("lap_temuan_hambatan", isi=told)


def _views(given: Given) -> Iterator[str]:
    """Only where the interval of the difference leaves out zero."""
    for cell in given.cells(SUPERIORS, "gap"):
        low, high = cell.numbers.get("low"), cell.numbers.get("high")
        if low is None or high is None or low <= 0 <= high:
            continue
        key = "lap_temuan_atasan_rendah" if high < 0 else "lap_temuan_atasan_tinggi"
        yield given.say(
            key,
            dimensi=given.dimension(cell.name).lower(),
            selisih=given.number(abs(cell.numbers["difference"]), 2),
        )
