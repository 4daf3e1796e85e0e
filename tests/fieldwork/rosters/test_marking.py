"""The file that comes back: a column Masalah, coloured cells, and everything else byte by byte as it was."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.chat.roster_lines import row_sentences
from bot.fieldwork.rosters.marking import Marks, marked
from bot.fieldwork.rosters.reading import read
from bot.fieldwork.rosters.styles import COLOURS
from tests.fieldwork.rosters.nasty import (
    ALL,
    BUDI,
    CICI,
    HEAD,
    SITI,
    SITI_ROW,
    csv,
    in_sheet,
    one_sheet,
    packed,
)
from tests.fieldwork.rosters.test_reading import TODAY
from tests.sentences import TEXTS

BAD_ROW = (2, "Budi", "19900913202524299", "IX", None, "ada di grup")


def came_back(content: bytes, today: date = TODAY) -> bytes:
    reading = read(content, today)
    assert reading.table is not None
    assert reading.header is not None
    marks = Marks("Masalah", row_sentences(TEXTS, "id", reading.report))
    return marked(content, reading.table, reading.header, reading.report, marks)


def sheet_of(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content)).worksheets[0]


def parts_of(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def colour(cell: object) -> str:
    assert isinstance(cell, Cell)
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else ""


def test_a_bad_row_gets_its_sentence_and_its_cells_a_colour() -> None:
    sheet = sheet_of(came_back(one_sheet((("DAFTAR",), HEAD, SITI_ROW, BAD_ROW))))
    assert [sheet.cell(row, 7).value for row in (1, 2, 3)] == [None, "Masalah", None]
    said = str(sheet["G4"].value)
    assert said.startswith("NIP 19900913202524299 berisi 17 digit")
    assert len(said.splitlines()) == 3  # the NIP, the unit, the phone
    assert [colour(cell) for cell in sheet[4]] == [
        "", "", COLOURS["problem"], "", COLOURS["note"], COLOURS["note"], "",
    ]  # fmt: skip
    assert all(colour(cell) == "" for cell in sheet[3])
    assert sheet.column_dimensions["G"].width == 60


def test_every_other_part_of_the_file_is_as_it_was() -> None:
    drawing = {
        "xl/drawings/drawing1.xml": b"<xdr:wsDr><!-- letterhead --></xdr:wsDr>",
        "xl/media/logo.png": b"\x89PNG",
    }
    before = parts_of(one_sheet((HEAD, SITI_ROW, BAD_ROW))) | drawing
    after = parts_of(came_back(packed(before)))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
    assert list(after) == list(before)


def test_formats_merged_cells_and_formulas_of_the_sheet_stay() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet["C3"].number_format = "@"
        sheet["B4"].fill = PatternFill("solid", fgColor="FF00FF00")
        sheet["H3"] = "=LEN(C3)"
        sheet.row_dimensions[3].height = 40
        sheet.freeze_panes = "A3"

    content = one_sheet((("DAFTAR",), HEAD, SITI_ROW, BAD_ROW), dress)
    sheet = sheet_of(came_back(content))
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:F1"]
    assert (sheet["C3"].number_format, sheet["H3"].value, sheet.freeze_panes) == (
        "@",
        "=LEN(C3)",
        "A3",
    )
    assert colour(sheet["B4"]) == "FF00FF00"
    assert sheet.row_dimensions[3].height == 40
    assert sheet["I4"].value is not None


def test_cells_that_only_have_a_format_do_not_push_the_column_away() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["K3"].number_format = "@"

    sheet = sheet_of(came_back(one_sheet((HEAD, SITI_ROW, BAD_ROW), dress)))
    assert sheet["G1"].value == "Masalah"
    assert str(sheet["G3"].value).startswith("NIP 19900913202524299")


def test_a_list_that_was_corrected_comes_back_clean() -> None:
    book = load_workbook(io.BytesIO(came_back(one_sheet((HEAD, SITI_ROW, BAD_ROW)))))
    sheet = book.worksheets[0]
    for place, value in (("C3", BUDI), ("E3", "RSUD"), ("F3", None)):
        sheet[place] = value
    sheet.append((3, None, CICI, "III/a", "PUPR", None))
    content = io.BytesIO()
    book.save(content)
    again = sheet_of(came_back(content.getvalue()))
    assert [again.cell(row, 7).value for row in (1, 2, 3)] == ["Masalah", None, None]
    assert again["G4"].value == "Nama kosong. Isi sel itu."
    assert again["H1"].value is None
    assert all(colour(cell) == "" for cell in again[3])


def test_what_a_sentence_quotes_can_break_nothing() -> None:
    book = one_sheet((HEAD, (1, "Siti", "<b>&]]>\"'", "III/c", "BPKAD", "=1+1")))
    said = str(sheet_of(came_back(book))["G2"].value)
    assert said.startswith("NIP <b>&]]>\"' memuat huruf.")


def test_a_text_table_comes_back_as_a_workbook() -> None:
    content = came_back(csv(f"Nama;NIP\n=1+1;{SITI}\nBudi;123\n"))
    sheet = sheet_of(content)
    assert [(cell.value, cell.data_type) for cell in sheet[2]][:2] == [("=1+1", "s"), (SITI, "s")]
    assert sheet["C1"].value == "Masalah"
    assert colour(sheet["B3"]) == COLOURS["problem"]


def test_a_package_that_excel_would_not_write_comes_back_with_its_values() -> None:
    odd = parts_of(one_sheet((HEAD, BAD_ROW)))
    del_styles = {name: part for name, part in odd.items() if name != "xl/styles.xml"}
    sheet = sheet_of(came_back(packed(del_styles)))
    assert sheet["G1"].value == "Masalah"


def test_cells_and_rows_without_a_reference_and_with_a_prefix_are_found() -> None:
    book = Workbook()
    book.worksheets[0].append(["Nama", "NIP"])
    book.worksheets[0].append(["Siti", 5])
    content = io.BytesIO()
    book.save(content)
    bare = in_sheet(content.getvalue(), {'<row r="2">': "<row>", ' r="A2"': "", ' r="B2"': ""})
    sheet = sheet_of(came_back(bare))
    assert str(sheet["C2"].value).startswith("NIP 5 berisi 1 digit")


@pytest.mark.parametrize("name", ALL)
def test_every_nasty_roster_comes_back_and_says_the_same_again_or_nobody_can_be_saved_from_it(
    name: str,
) -> None:
    content = ALL[name]()
    reading = read(content, TODAY)
    once = reading.report
    if reading.header is None:
        assert once.ready == ()
        return
    back = came_back(content)
    again = read(back, TODAY).report
    assert (again.rows, [one.name for one in again.ready]) == (
        once.rows, [one.name for one in once.ready],
    )  # fmt: skip
