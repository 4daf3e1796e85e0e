"""The workbook, read back with openpyxl: every cell as it was meant, real tables, nothing that a spreadsheet would run."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.frames import Tables, read_tables
from evaluation.period import period_of
from evaluation.releases import Register
from evaluation.results import Results, evaluate
from evaluation.study import read_study
from evaluation.texts import read_texts
from evaluation.workbook.book import results_pages, results_workbook
from evaluation.workbook.page import Number, Page, Value
from tests.evaluation.tables import MONDAY, ROOT, World, class_of_thirty

SHEETS = [
    "Ringkasan", "Indikator", "Pertanyaan", "Jawaban terbuka", "Hambatan", "Instruktur", "Tindak lanjut", "Buku kode",
    "Metode",
]  # fmt: skip
PLAN = read_study(ROOT / "config/study.toml")
TEXTS = read_texts(ROOT / "config/texts", "id")
EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", '@SUM(1)*cmd|"x"', "\t=1+1", "\r=1+1", '=HYPERLINK("x")']  # fmt: skip


def evaluated(world: World) -> tuple[Results, Tables]:
    world.write()
    names = ("responses.csv", "codebook.csv", "trainings.csv")
    tables = read_tables(*(world.folder / name for name in names))
    period = period_of("2027-W05", datetime.fromisoformat(MONDAY), PLAN)
    return evaluate(tables, PLAN, period, Register()), tables


def full(folder: Path, **more: str) -> World:
    return class_of_thirty(folder, followed=24, superiors=18, **more)


def opened(world: World, language: str = "id") -> Workbook:
    results, tables = evaluated(world)
    texts = read_texts(ROOT / "config/texts", language)
    return load_workbook(io.BytesIO(results_workbook(results, tables, PLAN, texts)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Page, ...], Workbook]:
    results, tables = evaluated(full(tmp_path_factory.mktemp("workbook")))
    pages = results_pages(results, tables, PLAN, TEXTS)
    return pages, load_workbook(io.BytesIO(results_workbook(results, tables, PLAN, TEXTS)))


def plain(value: Value) -> object:
    """As openpyxl reads it."""
    match value:
        case Number(number, _):
            return pytest.approx(number, rel=1e-12)
        case "":
            return None
        case bool() | int() | float():
            return pytest.approx(value, rel=1e-12)
        case date():
            return datetime.combine(value, datetime.min.time())
        case _:
            return value


def table_rows(sheet: Worksheet) -> list[list[object]]:
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def test_it_has_the_pages_in_their_order(made: tuple[tuple[Page, ...], Workbook]):
    assert made[1].sheetnames == SHEETS


@pytest.mark.parametrize("name", SHEETS)
def test_every_cell_of_every_table_is_read_back_as_it_was_meant(
    made: tuple[tuple[Page, ...], Workbook], name: str
):
    pages, book = made
    page = next(page for page in pages if page.name == name)
    if not page.lines:
        assert not book[name].tables
        return
    header, *rows = table_rows(book[name])
    assert header == [column.header for column in page.columns]
    assert rows == [[plain(value) for value in line] for line in page.lines]


def test_only_the_page_of_actions_may_be_without_a_table(
    made: tuple[tuple[Page, ...], Workbook],
):
    assert [page.name for page in made[0] if not page.lines] in ([], ["Tindak lanjut"])


@pytest.mark.parametrize("name", SHEETS)
def test_a_page_is_ready_to_filter_scroll_and_print(
    made: tuple[tuple[Page, ...], Workbook], name: str
):
    sheet = made[1][name]
    (table,) = sheet.tables.values()
    top = sheet[table.ref][0][0].row
    assert table.autoFilter.ref == table.ref
    assert int("".join(filter(str.isdigit, sheet.freeze_panes))) == top + 1
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in {None, 1}
    assert sheet.print_title_rows == f"${top}:${top}"
    assert "&P" in sheet.oddFooter.right.text


def test_numbers_carry_their_formats(made: tuple[tuple[Page, ...], Workbook]):
    sheet = made[1]["Indikator"]
    rows = [list(row) for row in sheet[next(iter(sheet.tables.values())).ref]][1:]
    formats = {(row[7].value, row[6].number_format) for row in rows}
    assert {("indeks", "0.00"), ("persen", "0.0%"), ("skor", "0.00")} <= formats
    assert {row[5].number_format for row in rows} == {"#,##0"}


def test_ids_are_text_that_stays_text(made: tuple[tuple[Page, ...], Workbook]):
    sheet = made[1]["Buku kode"]
    cells = [row[9] for row in sheet[next(iter(sheet.tables.values())).ref]][1:]
    digits = [cell for cell in cells if cell.value and cell.value.isdigit()]
    assert digits
    assert {(type(cell.value), cell.number_format) for cell in digits} == {(str, "@")}


def test_the_charts_are_native_and_carry_words_for_who_cannot_see_them(tmp_path: Path):
    results, tables = evaluated(full(tmp_path))
    file = zipfile.ZipFile(io.BytesIO(results_workbook(results, tables, PLAN, TEXTS)))
    charts = [name for name in file.namelist() if name.startswith("xl/charts/chart")]
    drawings = [file.read(name).decode() for name in file.namelist() if "drawings/drawing" in name and name.endswith(".xml")]  # fmt: skip
    assert len(charts) == 5  # response rates, two rounds of indices, barriers here and there
    assert sum(drawing.count("descr=") for drawing in drawings) == len(charts)


def test_the_index_chart_draws_the_published_intervals(made: tuple[tuple[Page, ...], Workbook]):
    pages, book = made
    chart = next(chart for chart in pages[0].charts if chart.page == "Indikator")
    lines = pages[1].lines[chart.first : chart.last + 1]
    top = next(iter(book["Indikator"].tables.values())).ref
    first = int("".join(filter(str.isdigit, top.split(":")[0]))) + 1 + chart.first
    for place, line in enumerate(lines):
        below, above = (
            book["Indikator"].cell(first + place, len(line) + 2 + side).value for side in (0, 1)
        )
        value, low, high = (line[column].value for column in (6, 8, 9))  # type: ignore[union-attr]
        assert (below, above) == (pytest.approx(value - low), pytest.approx(high - value))


@pytest.fixture(scope="module", params=EVIL)
def evil(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook of a class in which everything that somebody can write is what a spreadsheet would run."""
    world = full(tmp_path_factory.mktemp("evil"), title=request.param)
    for row in world.codes:
        row.update(dict.fromkeys(("label", "value_label", "relevant"), request.param))
    for row in world.responses:
        row["instructor"] = (
            request.param if row["instructor"] == "Siti Rahma" else row["instructor"]
        )
        row["value"] = request.param if row["item"] == "a18" else row["value"]
    results, tables = evaluated(world)
    return results_workbook(results, tables, PLAN, TEXTS)


def test_no_answer_label_title_or_name_becomes_a_formula(evil: bytes):
    book = load_workbook(io.BytesIO(evil))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [cell for cell in cells if cell.data_type == "s"]
    assert {cell.data_type for cell in cells} <= {"n", "s", "d"}
    suspicious = [
        cell for cell in texts if str(cell.value).startswith(("=", "+", "-", "@", "\t", "_x000D_"))
    ]
    assert suspicious
    assert all(cell.quotePrefix or cell.number_format == "@" for cell in suspicious)


def test_no_chart_or_footer_refers_to_what_somebody_wrote(evil: bytes):
    file = zipfile.ZipFile(io.BytesIO(evil))
    for name in file.namelist():
        text = file.read(name).decode("utf-8", "replace")
        assert "<f>" not in text  # a formula of a cell
        assert "externalLink" not in name
        assert "<hyperlink " not in text
        formulas = [part.split("</c:f>")[0] for part in text.split("<c:f>")[1:]]
        assert all(part.startswith(("Ringkasan!", "Indikator!", "Hambatan!")) for part in formulas)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path):
    results, tables = evaluated(full(tmp_path))
    first, second = (results_workbook(results, tables, PLAN, TEXTS) for _ in range(2))
    assert first == second
    assert load_workbook(io.BytesIO(first)).properties.created == datetime(2027, 2, 1)  # noqa: DTZ001  openpyxl gives no zone


@pytest.mark.parametrize("answered", [0, 1, 4])
def test_too_few_answers_give_sentences_and_no_number(tmp_path: Path, answered: int):
    book = opened(class_of_thirty(tmp_path, answered=answered))
    assert not book["Indikator"].tables
    sentence = book["Indikator"].cell(5, 1).value
    assert sentence == "Hasil ditampilkan setelah sedikitnya 5 orang menjawab."
    rates = table_rows(book["Ringkasan"])
    assert [row[3:5] for row in rates[1:]] == [[30, answered]]


def test_no_trainings_at_all_give_a_workbook_all_the_same(tmp_path: Path):
    book = opened(World(tmp_path))
    assert book["Ringkasan"].cell(5, 1).value == "Belum ada data."


def test_no_cell_says_nan_or_none(made: tuple[tuple[Page, ...], Workbook]):
    words = {
        str(cell.value).lower()
        for sheet in made[1]
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert not words & {"nan", "none", "nat", "inf"}


def test_a_row_is_high_enough_for_its_text(made: tuple[tuple[Page, ...], Workbook]):
    sheet = made[1]["Metode"]
    for row in range(6, sheet.max_row + 1):
        text = str(sheet.cell(row, 2).value)
        lines = -(-len(text) // 100)
        assert (sheet.row_dimensions[row].height or 15) >= 15 * lines


def test_suggestions_stand_without_anything_of_their_writers(tmp_path: Path):
    world = full(tmp_path)
    for place, row in enumerate(world.responses):
        row["value"] = f"Usul {place:03}" if row["item"] == "a18" else row["value"]
        row["unit_group"], row["grade_group"] = "Kecamatan", "Gol III"
    header, *rows = table_rows(opened(world)["Jawaban terbuka"])
    assert header == ["Pelatihan", "Putaran", "Butir", "Pertanyaan", "Penulis", "Jawaban"]
    assert {tuple(row[:5]) for row in rows} == {
        ("Manajemen Keuangan Daerah Angk. II", "Evaluasi akhir", "a18", "Pertanyaan a18", 26)
    }
    words = [str(row[5]) for row in rows]
    assert len(words) == 26
    assert words == sorted(words)


def test_the_codebook_says_of_an_open_question_whether_it_is_quoted(
    made: tuple[tuple[Page, ...], Workbook],
):
    rows = table_rows(made[1]["Buku kode"])[1:]
    assert {row[3]: row[10] for row in rows if row[4] == "Teks"} == {
        "a18": "Dengan kata sendiri; dikutip tanpa nama di lembar Jawaban terbuka"
    }


def test_instructors_stand_in_order_of_their_names(made: tuple[tuple[Page, ...], Workbook]):
    header, *rows = table_rows(made[1]["Instruktur"])
    names = [row[2] for row in rows]
    assert len(names) == 2
    assert names == sorted(names)
    assert all(row[header.index("Rata-rata instruktur lain")] is None for row in rows)


def test_superiors_stand_beside_the_alumni_and_merged_only(
    made: tuple[tuple[Page, ...], Workbook],
):
    rows = table_rows(made[1]["Indikator"])[1:]
    assert {row[2] for row in rows if row[1] == "Penilaian atasan"} == {"Semua"}


def test_english_has_every_word_too(tmp_path: Path):
    book = opened(full(tmp_path), "en")
    assert book.sheetnames[0] == "Summary"
    titles = [sheet.cell(1, 1).value for sheet in book]
    assert len(set(titles)) == len(titles)


def test_no_tab_has_a_name_excel_refuses():
    for texts in (TEXTS, read_texts(ROOT / "config/texts", "en")):
        names = [said for key, said in texts.sentences.items() if key.startswith("buku_lembar_")]
        assert len(names) == len(SHEETS)
        assert all(
            len(name) <= 31 and not set(name) & set("[]:*?/\\")
            for name in names
        )  # fmt: skip
