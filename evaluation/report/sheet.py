"""What an instructor is given: the own index, how many rated, and the mean of at least three others; nobody else's figure."""

from evaluation.figures.dots import INDEX, DotRow, Ruler, dots
from evaluation.instructors import LEAST_OTHERS, InstructorSheet
from evaluation.report.given import Given
from evaluation.report.model import Block, Column, Paragraph, Picture, Table
from evaluation.sections import interval_of


def sheet_blocks(given: Given, sheet: InstructorSheet) -> tuple[Block, ...]:
    """At least k raters stand behind `sheet`, or it would not be there."""
    index, band = sheet.cell.numbers["index"], given.band(sheet.cell)
    rows = [
        (given.say("lap_lembar_penilai"), str(sheet.cell.n)),
        (given.say("lap_lembar_indeks"), given.number(index, 2)),
        (given.say("lap_kolom_selang"), given.interval(sheet.cell) or given.say("lap_tanpa_selang")),
        (given.say("lap_kolom_mutu"), "" if band is None else given.say("lap_mutu", mutu=band.grade, label=band.label)),
        (given.say("lap_kolom_dua"), given.percent(sheet.cell.numbers["top2"])),
    ]  # fmt: skip
    if sheet.others is not None:
        name = given.say("lap_lembar_lain", jumlah=sheet.number_of_others)
        rows.append((name, given.number(sheet.others, 2)))
    columns = (
        Column(given.say("lap_kolom_pokok"), 60),
        Column(given.say("lap_kolom_isi"), 40),
    )
    note = given.say("lap_sumber_mutu", sumber=given.plan.index_source)
    own = DotRow(sheet.name, sheet.cell.n, index, interval_of(sheet.cell))
    ruler = Ruler(INDEX.low, INDEX.high, INDEX.ticks, given.plan.bands)
    found: list[Block] = [
        Paragraph(given.say("lap_lembar_isi", k_min=given.plan.k)),
        Table(given.say("lap_lembar_tabel"), columns, tuple(rows), note),
        Picture(given.say("lap_lembar_gambar"), dots([own], ruler, given.texts)),
    ]
    if sheet.others is None:
        found.append(Paragraph(given.say("lap_lembar_tanpa_lain", jumlah=LEAST_OTHERS)))
    return tuple(found)
