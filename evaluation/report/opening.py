"""Ringkasan Eksekutif, BAB I and II: what was evaluated and how, with its limits in plain words."""

from evaluation.numbers import half_up
from evaluation.rates import rr2
from evaluation.report.findings import main_findings
from evaluation.report.given import AFTER, BEFORE, INTERVIEW, PEERS, SUPERIORS, Given
from evaluation.report.model import Block, Bullets, Column, Heading, Paragraph, Table
from evaluation.report.plan_of_action import measures
from evaluation.scales import band_of
from evaluation.texts import days

_MOST_PRIORITIES = 3
_LIMITS = ("diri", "pembanding", "ingatan", "jumlah", "atasan", "rahasia", "gerak")


def summary(given: Given) -> list[Block]:
    found: list[Block] = [Heading(1, given.say("lap_ringkasan")), _facts(given)]
    found.append(Heading(2, given.say("lap_temuan")))
    findings = main_findings(given)
    found.append(Bullets(findings) if findings else Paragraph(given.say("lap_temuan_belum")))
    found.append(Heading(2, given.say("lap_prioritas")))
    deeds = tuple(
        given.say("lap_prioritas_isi", tindakan=each.rule.deed, pemilik=each.rule.owner)
        for each in measures(given)[:_MOST_PRIORITIES]
    )
    found.append(Bullets(deeds) if deeds else Paragraph(given.say("lap_rtl_kosong")))
    return found


def _facts(given: Given) -> Table:
    training = given.result.training
    when = ""
    if training.starts_on is not None and training.ends_on is not None:
        when = days(given.texts, training.starts_on, training.ends_on)
    rows = [
        (given.say("lap_fakta_pelatihan"), training.title),
        (given.say("lap_fakta_waktu"), when),
        (given.say("lap_fakta_penyelenggara"), given.plan.organiser),
        (given.say("lap_fakta_metode"), given.say("lap_fakta_metode_isi")),
        (given.say("lap_fakta_peserta"), "" if training.participants is None else str(training.participants)),
        *(row for kind in (BEFORE, AFTER, SUPERIORS, PEERS) for row in _response(given, kind)),
        (given.say("lap_fakta_level1"), _indices(given, BEFORE)),
        (given.say("lap_fakta_level3"), _applied(given)),
        (given.say("lap_fakta_faktor"), _indices(given, AFTER)),
        (given.say("lap_fakta_level4"), _results(given)),
        (given.say("lap_fakta_keadaan"), days(given.texts, given.results.period.issued_on, given.results.period.issued_on)),
    ]  # fmt: skip
    columns = (
        Column(given.say("lap_kolom_pokok"), 34),
        Column(given.say("lap_kolom_isi"), 66),
    )
    shown = tuple((name, text or given.say("lap_belum_ada")) for name, text in rows)
    return Table(given.say("lap_tabel_fakta"), columns, shown)


def _response(given: Given, kind: str) -> list[tuple[str, str]]:
    entry = given.round(kind)
    share = None if entry is None else rr2(entry.counts)
    if entry is None or share is None:
        return []
    text = given.say(
        "lap_jawab_dari", jawab=entry.counts.answered, semua=entry.counts.eligible, persen=given.percent(share)
    )  # fmt: skip
    return [(given.say("lap_fakta_jawaban", peran=given.say(f"sebutan_{kind}")), text)]


def _indices(given: Given, kind: str) -> str:
    """The indices side by side; they are not put together into one figure."""
    told = []
    for cell in given.cells(kind, "index"):
        band = given.band(cell)
        told.append(
            given.say(
                "lap_indeks_ringkas", dimensi=given.dimension(cell.name),
                indeks=given.number(cell.numbers["index"]), mutu="" if band is None else band.label,
            )
        )  # fmt: skip
    return "; ".join(told)


def _applied(given: Given) -> str:
    cell = given.cell(AFTER, "share")
    if cell is None:
        return ""
    return given.say(
        "lap_penerapan_ringkas", jumlah=given.number(cell.numbers["named"], 0),
        dari=given.number(cell.numbers["count"], 0), persen=given.percent(cell.numbers["share"]),
    )  # fmt: skip


def _results(given: Given) -> str:
    cell = given.cell(AFTER, "funnel")
    if cell is None or "evidence" not in cell.numbers:
        return ""
    hasil, bukti = (given.number(cell.numbers[name], 0) for name in ("result", "evidence"))
    return given.say("lap_hasil_ringkas", hasil=hasil, bukti=bukti)


def introduction(given: Given) -> list[Block]:
    title = given.result.training.title
    return [
        Heading(1, given.say("lap_bab_pendahuluan")),
        Heading(2, given.say("lap_latar")),
        Paragraph(given.say("lap_latar_isi", pelatihan=title, penyelenggara=given.plan.organiser),
                  given.say("lap_draf_latar")),
        Heading(2, given.say("lap_dasar")),
        Paragraph(given.say("lap_dasar_isi"), given.say("lap_draf_dasar")),
        Bullets(given.office.legal_basis),
        Heading(2, given.say("lap_maksud")),
        Bullets(tuple(given.say(f"lap_maksud_{place}") for place in range(1, 5))),
        Heading(2, given.say("lap_lingkup")),
        Paragraph(given.say("lap_lingkup_isi", pelatihan=title)),
    ]  # fmt: skip


def _sources(given: Given) -> tuple[str, ...]:
    """Peers only where they were asked."""
    peers = (PEERS,) if given.round(PEERS) is not None else ()
    return (BEFORE, AFTER, SUPERIORS, *peers, INTERVIEW)


def method(given: Given) -> list[Block]:
    plan, issued = given.plan, given.results.period.issued_on
    return [
        Heading(1, given.say("lap_bab_metode")),
        Heading(2, given.say("lap_desain")),
        Paragraph(given.say("lap_desain_isi")),
        Bullets(tuple(given.say(f"lap_sumber_{kind}") for kind in _sources(given))),
        Heading(2, given.say("lap_skor")),
        Paragraph(given.say("lap_skor_isi", nama=plan.index_name, faktor=given.number(plan.factor, 0))),
        _bands(given),
        Paragraph(given.say("lap_selang_isi")),
        Paragraph(given.say("lap_perubahan_isi")),
        Heading(2, given.say("lap_batas")),
        Paragraph(given.say("lap_batas_isi", tanggal=days(given.texts, issued, issued))),
        Bullets(tuple(given.say(f"lap_batas_{name}", k_min=plan.k) for name in _LIMITS)),
    ]  # fmt: skip


def _bands(given: Given) -> Table:
    columns = (
        Column(given.say("lap_kolom_mulai"), 30, is_number=True),
        Column(given.say("lap_kolom_mutu"), 20),
        Column(given.say("lap_kolom_kinerja"), 50),
    )
    rows = tuple(
        (given.number(float(half_up(float(band.start), 2)), 2), band.grade, band.label)
        for band in sorted(given.plan.bands, key=lambda band: band.start)
        if band_of(float(band.start), given.plan.bands) == band
    )
    note = given.say("lap_sumber_mutu", sumber=given.plan.index_source)
    return Table(given.say("lap_tabel_mutu"), columns, rows, note)
