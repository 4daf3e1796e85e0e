"""BAB IV to VI: reaction and learning, behaviour, results; tables first, pictures beside, a sentence that reads them."""

from collections.abc import Sequence

from evaluation.figures.dots import INDEX, DotRow, Ruler, dots
from evaluation.figures.likert import LikertRow, likert
from evaluation.figures.slope import Moment, slope
from evaluation.publication import scope_of
from evaluation.releases import Cell
from evaluation.report.answers import answers_table
from evaluation.report.given import AFTER, BEFORE, PEERS, SUPERIORS, Given
from evaluation.report.lines import indicator_table
from evaluation.report.model import Block, Column, Heading, Paragraph, Picture, Table
from evaluation.report.questions import FREQUENCY
from evaluation.sections import interval_of
from evaluation.texts import number
from evaluation.transfer import COMMITMENT, EVIDENCE

_POINTS = ("d1", "d2", "d3", "d4")


def reaction(given: Given) -> list[Block]:
    found: list[Block] = [Heading(1, given.say("lap_bab_level12"))]
    found += [Heading(2, given.say("lap_indeks")), *indices(given, BEFORE)]
    found += [Heading(2, given.say("lap_instruktur")), *_instructors(given)]
    found += [Heading(2, given.say("lap_kemampuan")), *_ability(given)]
    nps = given.cell(BEFORE, "nps")
    return found if nps is None else [*found, Paragraph(_recommendation(given, nps))]


def indices(given: Given, kind: str) -> list[Block]:
    cells = given.cells(kind, "index")
    if not cells:
        return [Paragraph(too_few(given, kind))]
    source = given.say(f"sebutan_{kind}")
    columns = (
        Column(given.say("lap_kolom_dimensi"), 27),
        *(Column(given.say(f"lap_kolom_{name}"), width, is_number=True) for name, width in (("n", 7), ("rata", 15), ("dua", 13), ("indeks", 11))),
        Column(given.say("lap_kolom_selang"), 18, is_number=True),
        Column(given.say("lap_kolom_mutu"), 20),
    )  # fmt: skip
    rows = tuple(_index_row(given, cell) for cell in cells)
    note = given.say(
        "lap_catatan_indeks", nama=given.plan.index_name, sumber=given.plan.index_source
    )
    bars = [
        LikertRow(given.dimension(cell.name), cell.n, _counts(cell))
        for cell in cells
    ]  # fmt: skip
    points = tuple(given.say(f"lap_titik_{place}") for place in range(1, 5))
    ruler = Ruler(INDEX.low, INDEX.high, INDEX.ticks, given.plan.bands)
    marks = [_dot(given.dimension(cell.name), cell) for cell in cells]
    return [
        Table(given.say("lap_tabel_indeks", sumber=source), columns, rows, note),
        Picture(given.say("lap_gambar_likert", sumber=source), likert(bars, points, given.texts)),
        Picture(given.say("lap_gambar_indeks", sumber=source), dots(marks, ruler, given.texts)),
    ]  # fmt: skip


def too_few(given: Given, kind: str) -> str:
    return given.say("lap_belum_cukup", sumber=given.say(f"sebutan_{kind}"), k_min=given.plan.k)


def _index_row(given: Given, cell: Cell) -> tuple[str, ...]:
    band = given.band(cell)
    return (
        given.dimension(cell.name), str(cell.n), given.number(cell.numbers["mean"], 2),
        given.percent(cell.numbers["top2"]), given.number(cell.numbers["index"], 2),
        given.interval(cell) or given.say("lap_tanpa_selang"),
        "" if band is None else given.say("lap_mutu", mutu=band.grade, label=band.label),
    )  # fmt: skip


def _counts(cell: Cell) -> tuple[float, float, float, float]:
    one, two, three, four = (cell.numbers[point] for point in _POINTS)
    return one, two, three, four


def _dot(name: str, cell: Cell) -> DotRow:
    return DotRow(name, cell.n, cell.numbers["index"], interval_of(cell))


def _instructors(given: Given) -> list[Block]:
    scope = scope_of(given.result.training.code, BEFORE)
    sheets = [sheet for sheet in given.results.instructors if sheet.scope == scope]
    if not sheets:
        return [Paragraph(given.say("buku_instruktur_kosong", k_min=given.plan.k))]
    columns = (
        Column(given.say("lap_kolom_instruktur"), 48),
        Column(given.say("lap_kolom_penilai"), 12, is_number=True),
        Column(given.say("lap_kolom_indeks"), 11, is_number=True),
        Column(given.say("lap_kolom_selang"), 16, is_number=True),
        Column(given.say("lap_kolom_mutu"), 18),
    )
    rows = []
    for sheet in sheets:
        band = given.band(sheet.cell)
        rows.append((
            sheet.name, str(sheet.cell.n), given.number(sheet.cell.numbers["index"], 2),
            given.interval(sheet.cell) or given.say("lap_tanpa_selang"),
            "" if band is None else given.say("lap_mutu", mutu=band.grade, label=band.label),
        ))  # fmt: skip
    note = given.say("buku_catatan_instruktur", k_min=given.plan.k)
    return [Table(given.say("lap_tabel_instruktur"), columns, tuple(rows), note)]


def _ability(given: Given) -> list[Block]:
    changes = given.cells(BEFORE, "change")
    matched = given.cells(AFTER, "matched")
    if not changes and not matched:
        return [Paragraph(given.say("lap_kemampuan_belum"))]
    columns = (
        Column(given.say("lap_kolom_dimensi"), 24),
        *(Column(given.say(f"lap_kolom_{name}"), 11, is_number=True) for name in ("n", "sebelum", "sesudah", "selisih")),
        Column(given.say("lap_kolom_selang"), 18, is_number=True),
        Column(given.say("lap_kolom_efek"), 14, is_number=True),
    )  # fmt: skip
    rows = tuple(_change_row(given, cell) for cell in changes)
    found: list[Block] = [Table(given.say("lap_tabel_kemampuan"), columns, rows, given.say("lap_catatan_kemampuan"))]  # fmt: skip
    levels = {cell.name: cell for cell in given.cells(AFTER, "level")}
    same = {cell.name: cell for cell in matched}
    for cell in changes:
        found += _slope(given, same.get(cell.name, cell), levels.get(cell.name))
    return found


def _change_row(given: Given, cell: Cell) -> tuple[str, ...]:
    numbers = cell.numbers
    return (
        given.dimension(cell.name), str(cell.n), given.number(numbers["before"], 2),
        given.number(numbers["now"], 2), given.number(numbers["difference"], 2),
        given.fine_span(numbers.get("low"), numbers.get("high")) or given.say("lap_tanpa_selang"),
        given.number(numbers.get("g_av"), 2),
    )  # fmt: skip


def _slope(given: Given, cell: Cell, later: Cell | None) -> list[Block]:
    """Of the same people where they may be shown, else each moment with its own n."""
    numbers = cell.numbers
    moments = [
        Moment(given.say("gambar_sebelum"), numbers["before"], cell.n),
        Moment(given.say("gambar_sesudah"), numbers["now"], cell.n),
    ]
    if "followup" in numbers:
        moments.append(Moment(given.say("gambar_sekarang"), numbers["followup"], cell.n))
    elif later is not None:
        moments.append(Moment(given.say("gambar_sekarang"), later.numbers["mean"], later.n))
    ends = (int(numbers["from"]), int(numbers["to"]))
    name = given.dimension(cell.name)
    key = "lap_gambar_perubahan_sama" if "followup" in numbers else "lap_gambar_perubahan"
    caption = given.say(key, dimensi=name, dari=ends[0], sampai=ends[1])
    return [Picture(caption, slope(name, moments, ends, given.texts))]


def _recommendation(given: Given, cell: Cell) -> str:
    counts = {
        name: number(given.texts, cell.numbers[name], 0)
        for name in ("promoters", "passives", "detractors")
    }
    text = given.say("lap_rekomendasi_isi", n=cell.n, **counts)
    if "score" not in cell.numbers:
        return text + " " + given.say("lap_rekomendasi_tanpa_skor")
    return text + " " + given.say(
        "lap_rekomendasi_skor", skor=given.number(cell.numbers["score"]), selang=given.fine_span(cell.numbers.get("low"), cell.numbers.get("high"), 1) or given.say("lap_tanpa_selang"),
    )  # fmt: skip


def behaviour(given: Given) -> list[Block]:
    found: list[Block] = [Heading(1, given.say("lap_bab_level3"))]
    found += [Heading(2, given.say("lap_penerapan")), *_funnel(given)]
    frequency = answers_table(given, AFTER, given.questions.of_scm.get(FREQUENCY, ()))
    found += [] if frequency is None else [frequency]
    found += [Heading(2, given.say("lap_komitmen")), *_commitment(given)]
    found += [Heading(2, given.say("lap_pandangan")), *_gaps(given)]
    return found


def _commitment(given: Given) -> list[Block]:
    """How many did what they had written down in class, and how the plans stand."""
    cell = given.cell(AFTER, "kept")
    if cell is None:
        return [Paragraph(given.say("lap_komitmen_belum", k_min=given.plan.k))]
    text = given.say(
        "lap_komitmen_isi", jumlah=given.number(cell.numbers["named"], 0), n=given.number(cell.numbers["count"], 0),
        persen=given.percent(cell.numbers["share"]), selang=given.interval(cell, 100) or given.say("lap_tanpa_selang"),
    )  # fmt: skip
    table = answers_table(given, AFTER, given.questions.of_dimension.get(COMMITMENT, ()))
    return [Paragraph(text), *([] if table is None else [table])]


def _funnel(given: Given) -> list[Block]:
    cell = given.cell(AFTER, "funnel")
    if cell is None:
        return [Paragraph(too_few(given, AFTER))]
    columns = (
        Column(given.say("lap_kolom_langkah"), 46),
        *(Column(given.say(f"lap_kolom_{name}"), 18, is_number=True) for name in ("jumlah", "persen", "selang")),
    )  # fmt: skip
    numbers = cell.numbers
    rows = [
        (given.say("lap_langkah_trained"), given.number(numbers["trained"], 0), "", ""),
        (given.say("lap_langkah_count"), given.number(numbers["count"], 0), "", ""),
    ]
    for step in ("applied", "result", "evidence"):
        if step not in numbers:
            rows.append(
                (given.say(f"lap_langkah_{step}"), given.say("lap_belum_ditanyakan"), "", "")
            )
            continue
        low, high = numbers.get(f"{step}_low"), numbers.get(f"{step}_high")
        ends = "" if low is None or high is None else given.say(
            "lap_sampai", bawah=given.percent(low), atas=given.percent(high)
        )  # fmt: skip
        rows.append((
            given.say(f"lap_langkah_{step}"), given.number(numbers.get(step), 0),
            given.percent(numbers.get(f"{step}_share")), ends or given.say("lap_tanpa_selang"),
        ))  # fmt: skip
    table = Table(
        given.say("lap_tabel_penerapan"), columns, tuple(rows), given.say("lap_catatan_penerapan")
    )
    return [table]


def _gaps(given: Given) -> list[Block]:
    """Peers only where they were asked: the plan of the study asks them when somebody wants it."""
    superiors, peers = given.cells(SUPERIORS, "gap"), given.cells(PEERS, "peer_gap")
    none = Paragraph(given.say("lap_pandangan_belum", k_min=given.plan.k))
    found: list[Block] = [_views(given, superiors, "atasan") if superiors else none]
    if peers:
        found.append(_views(given, peers, "rekan"))
    elif given.round(PEERS) is not None:
        found.append(Paragraph(given.say("lap_pandangan_rekan_belum", k_min=given.plan.k)))
    return found


def _views(given: Given, cells: Sequence[Cell], who: str) -> Table:
    mean, people = ("superior", "superiors") if who == "atasan" else ("peer", "peers")
    columns = (
        Column(given.say("lap_kolom_dimensi"), 24),
        *(Column(given.say(f"lap_kolom_{name}"), 13, is_number=True) for name in ("mandiri", who, "gabungan", "gap", "n")),
        Column(given.say(f"lap_kolom_n_{who}"), 13, is_number=True),
    )  # fmt: skip
    rows = tuple(
        (given.dimension(cell.name), *(given.number(cell.numbers[name], 2) for name in ("self", mean, "combined", "difference")),
         given.number(cell.numbers["count"], 0), given.number(cell.numbers[people], 0))
        for cell in cells
    )  # fmt: skip
    note = given.say(f"lap_catatan_pandangan_{who}")
    return Table(given.say(f"lap_tabel_pandangan_{who}"), columns, rows, note)


def outcome(given: Given) -> list[Block]:
    found: list[Block] = [Heading(1, given.say("lap_bab_level4")), Paragraph(given.say("lap_level4_isi"))]  # fmt: skip
    for name in ("dampak_kinerja", "kepuasan_masyarakat"):
        table = indicator_table(given, name)
        heading = Heading(2, given.texts.name_of("indikator", name))
        found += [heading, *([table] if table else [Paragraph(given.say("lap_indikator_belum"))])]
    evidence = answers_table(given, AFTER, given.questions.of_dimension.get(EVIDENCE, ()))
    found.append(Heading(2, given.say("lap_bukti")))
    if evidence is None:
        return [*found, Paragraph(given.say("lap_bukti_belum"))]
    return [*found, evidence, Paragraph(given.say("lap_catatan_bukti"))]
