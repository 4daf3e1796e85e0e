"""What an instructor is given: the own index, in all and by question, how many rated, the mean of at least three others, and
what was written; nobody else's figure.
"""

import re

from evaluation.figures.dots import INDEX, DotRow, Ruler, dots
from evaluation.instructors import LEAST_OTHERS, InstructorSheet, QuestionScore
from evaluation.report.given import BEFORE, Given
from evaluation.report.model import Block, Bullets, Column, Heading, Paragraph, Picture, Table
from evaluation.sections import interval_of
from evaluation.workbook.wording import question

_ABOUT = re.compile(r"\$\{instruktur_\w+\}:?\s*")  # whom a question is about is known here


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
    own = [
        DotRow(sheet.name, sheet.cell.n, index, interval_of(sheet.cell)),
        *(_dot(each) for each in sheet.questions),
    ]
    ruler = Ruler(INDEX.low, INDEX.high, INDEX.ticks, given.plan.bands)
    found: list[Block] = [
        Paragraph(given.say("lap_lembar_isi", k_min=given.plan.k)),
        Table(given.say("lap_lembar_tabel"), columns, tuple(rows), note),
    ]
    if sheet.others is None:
        found.append(Paragraph(given.say("lap_lembar_tanpa_lain", jumlah=LEAST_OTHERS)))
    if sheet.questions:
        found.append(_by_question(given, sheet))
    found.append(Picture(given.say("lap_lembar_gambar"), dots(own, ruler, given.texts)))
    return (*found, *_comments(given, sheet))


def _by_question(given: Given, sheet: InstructorSheet) -> Table:
    numbers = ("penilai", "indeks", "selang", *(("lain",) if sheet.others is not None else ()))
    columns = (
        Column(given.say("lap_kolom_pertanyaan"), 46),
        *(Column(given.say(f"lap_kolom_{name}"), 18, is_number=True) for name in numbers),
    )
    rows = tuple(
        (
            asked(each.label), str(each.cell.n), given.number(each.cell.numbers["index"], 2),
            given.interval(each.cell) or given.say("lap_tanpa_selang"),
            *((given.number(each.others, 2) or given.say("lap_tanpa_selang"),) if sheet.others is not None else ()),
        )
        for each in sheet.questions
    )  # fmt: skip
    entry = given.round(BEFORE)
    withheld = () if entry is None else entry.withheld
    is_cut = any(each.cell.n < sheet.cell.n for each in sheet.questions) or any(
        one.kind == "instructor_item" and one.name.endswith(f" {sheet.name}") for one in withheld
    )
    note = given.say("lap_lembar_ditahan", k_min=given.plan.k) if is_cut else ""
    return Table(given.say("lap_lembar_pertanyaan"), columns, rows, note)


def _comments(given: Given, sheet: InstructorSheet) -> list[Block]:
    """In the words of at least k writers together, in the order of the words."""
    found: list[Block] = [Heading(2, given.say("lap_lembar_komentar"))]
    if not sheet.comments:
        return [*found, Paragraph(given.say("lap_lembar_tanpa_komentar", k_min=given.plan.k))]
    for each in sheet.comments:
        found += [
            Paragraph(given.say("lap_lembar_penulis", pertanyaan=asked(each.label), n=each.n)),
            Bullets(each.texts),
        ]
    return found


def _dot(each: QuestionScore) -> DotRow:
    return DotRow(
        asked(each.label), each.cell.n, each.cell.numbers["index"], interval_of(each.cell)
    )


def asked(label: str) -> str:
    """The question without the instructor's name before it."""
    words = question(_ABOUT.sub("", label))
    return words[:1].upper() + words[1:]
