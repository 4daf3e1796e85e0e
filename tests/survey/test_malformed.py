"""Spreadsheets that no form can be read from: each brings clear lines for its author, fast and in little memory."""

import re
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest
from openpyxl.cell.rich_text import CellRichText

from bot.survey.form_problems import QuestionnaireProblems
from bot.survey.xlsform import compile_form
from tests.survey.broken_books import (
    bomb,
    book,
    csv_text,
    encrypted,
    lying_bomb,
    markdown,
    saved,
    with_bytes,
    with_parts,
    with_sheets,
    with_workbook,
    without_value,
)

Make = Callable[[Path], Path]


def case(name: str, make: Make, *said: str) -> object:
    return pytest.param(make, said, id=name)


def cells(sheet: str, row: int, **columns: object) -> Make:
    """Cells of one row replaced, by heading."""

    def change(sheets):
        headings = [str(heading).partition("::")[0] for heading in sheets[sheet][0]]
        for heading, value in columns.items():
            sheets[sheet][row - 1][headings.index(heading)] = value

    return with_sheets(change)


def column(heading: str, value: object, row: int = 3) -> Make:
    """One more column on the survey sheet, filled in one row."""

    def change(sheets):
        for number, cells_ in enumerate(sheets["survey"], start=1):
            cells_.append(heading if number == 1 else value if number == row else "")

    return with_sheets(change)


def rows(*added: list[object], sheet: str = "survey") -> Make:
    return with_sheets(lambda sheets: sheets[sheet].extend(added))


def without(sheet: str) -> Make:
    return with_sheets(lambda sheets: sheets.pop(sheet))


def renamed(old: str, new: str) -> Make:
    def change(workbook):
        workbook[old].title = new

    return with_workbook(change)


def hidden(sheet: str, state: str) -> Make:
    def change(workbook):
        workbook[sheet].sheet_state = state
        workbook.active = 2

    return with_workbook(change)


def in_cell(sheet: str, place: str, value: object) -> Make:
    def change(workbook):
        workbook[sheet][place] = value

    return with_workbook(change)


def groups(depth: int) -> Make:
    opened = [["begin_group", f"g{number}", "", "", ""] for number in range(depth)]
    return rows(*opened, *[["end_group", "", "", "", ""]] * depth)


WHAT_A_FILE_IS = [
    case("nothing in it", with_bytes("coba.xlsx", b""), "The file is empty"),
    case("an empty markdown", with_bytes("coba.md", b""), "The file is empty"),
    case("only blanks", with_bytes("coba.csv", b" \n\n  \n"), "The file is empty"),
    case("a picture", with_bytes("coba.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)), "not a workbook"),
    case("another ending", with_bytes("coba.pdf", b"%PDF-1.7"), "not a form file"),
    case("a newer workbook named .xls", with_bytes("coba.xls", lambda good: good), ".xlsx"),
    case("an old workbook named .xlsx", with_bytes("coba.xlsx", b"\xd0\xcf\x11\xe0" * 200), "password"),
    case("a web page named .xls", with_bytes("coba.xls", b"<html><table>"), "not a workbook"),
    case("an old workbook of rubbish", with_bytes("coba.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 2000), "cannot be read"),
    case("a workbook named .csv", with_bytes("coba.csv", lambda good: good), "This is a workbook"),
    case("a workbook named .md", with_bytes("coba.md", lambda good: good), "This is a workbook"),
    case("cut off in the middle", with_bytes("coba.xlsx", lambda good: good[: len(good) // 2]), "not complete"),
    case("one byte wrong", with_bytes("coba.xlsx", lambda good: good[:3000] + b"\xff" * 40 + good[3040:]), "damaged"),
    case("too large", with_bytes("coba.csv", b"x" * 5_000_001), "larger than 5 MB"),
    case("CSV in cp1252", with_bytes("coba.csv", csv_text().replace("Setuju", "Setuju é").encode("cp1252")), "not UTF-8"),
    case("CSV in UTF-16", with_bytes("coba.csv", csv_text().encode("utf-16")), "UTF-16"),
    case("CSV with semicolons", with_bytes("coba.csv", csv_text(";").encode()), "row 1", "commas"),
    case("CSV with tabs", with_bytes("coba.csv", csv_text("\t").encode()), "commas"),
    case("CSV with a NUL", with_bytes("coba.csv", csv_text().replace("Agree", "Ag\0ree").encode()), "row 3", "NUL"),
    case("CSV of 10,000 rows", with_bytes("coba.csv", (csv_text() + ",,\n" * 10_000).encode()), "rows"),
    case("CSV with an open quote", with_bytes("coba.csv", csv_text().replace('"a"', '"a').encode()), "survey"),
    case("CSV of one endless row", with_bytes("coba.csv", b"survey," + b"x," * 300_000), "too long"),
    case("markdown in cp1252", with_bytes("coba.md", "| survey | é |".encode("cp1252")), "not UTF-8"),
    case("prose", with_bytes("coba.md", b"Yth. Bapak/Ibu, terlampir kuesioner kami."), "survey"),
    case("JSON named .md", with_bytes("coba.md", b'{"survey": []}'), "survey"),
]  # fmt: skip

WHAT_A_WORKBOOK_HOLDS = [
    case("a zip that is no workbook", with_parts(lambda parts: parts.pop("xl/workbook.xml")), "not an Excel workbook"),
    case("a sheet that is missing", with_parts(lambda parts: parts.pop("xl/worksheets/sheet1.xml")), "damaged"),
    case("broken XML", with_parts(lambda parts: parts.update({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})), "damaged"),
    case("broken styles", with_parts(lambda parts: parts.update({"xl/styles.xml": b"<styleSheet><"})), "cannot be read"),
    case("entities that grow", with_parts(lambda parts: parts.update({"xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'})), "damaged"),
    case("a zip bomb", with_bytes("coba.xlsx", bomb), "unpacks to too much"),
    case("a packed part like no form's", with_parts(lambda parts: parts.update({"xl/media/x": bytes(9_000_000)})), "packed in a way"),
    case("a zip bomb that lies", with_bytes("coba.xlsx", lying_bomb), "damaged"),
    case("a password", with_bytes("coba.xlsx", encrypted), "password"),
    case("2,000 parts", with_parts(lambda parts: parts.update({f"x{number}": b"" for number in range(2_000)})), "unpacks to too much"),
    case("macros", with_parts(lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "macros"),
    case("links to another workbook", with_parts(lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<x/>"})), "another file"),
    case("a formula never calculated", with_parts(without_value), "survey, row 2: The cell C2 holds a formula"),
    case("a formula in a label", in_cell("survey", "C3", '=HYPERLINK("http://bungo.example")'), "survey, row 3: The cell C3 holds a formula"),
    case("an error of the spreadsheet", in_cell("choices", "C2", "#REF!"), "choices, row 2", "an error of the spreadsheet"),
    case("merged cells", with_workbook(lambda book_: book_["survey"].merge_cells("C2:C3")), "survey, row 2: The cells C2:C3 are merged"),
    case("a title in merged cells", with_workbook(lambda book_: (book_["survey"].insert_rows(1), book_["survey"].merge_cells("A1:E1"))), "survey, row 1", "merged"),
    case("a hidden survey", hidden("survey", "hidden"), "survey: The sheet is hidden"),
    case("a very hidden list", hidden("choices", "veryHidden"), "choices: The sheet is hidden"),
    case("another name of the sheet", renamed("survey", "Sheet1"), "no sheet survey", "sheet1, choices, settings"),
    case("a name in Indonesian", renamed("survey", "Pertanyaan"), "no sheet survey", "pertanyaan"),
    case("10,000 questions", rows(*[["text", f"q{number}", "x", "x", ""] for number in range(10_000)]), "survey, row 1002: There are more than 1000 rows"),
    case("10,000 options", rows(*[["yn", f"q{number}", "x", "x"] for number in range(10_000)], sheet="choices"), "choices, row 5002"),
    case("16,000 columns", with_sheets(lambda sheets: sheets["survey"][0].extend(f"c{number}" for number in range(16_000))), "survey, row 1: There are too many cells"),
    case("a row a million rows below", in_cell("survey", "B1048576", "x"), "survey, row 1002"),
    case("a huge cell", cells("survey", 3, label="x" * 32_000), "survey, row 3: The cell C3 is longer than 10000"),
]  # fmt: skip

WHAT_A_FORM_SAYS = [
    case("no questions", with_sheets(lambda sheets: sheets["survey"].__delitem__(slice(1, None))), "no question"),
    case("only headings nowhere", with_sheets(lambda sheets: sheets.update(survey=[])), "survey"),
    case("only notes", with_sheets(lambda sheets: sheets.update(survey=[sheets["survey"][0], ["note", "n", "Halo", "Hello", ""]])), "no question"),
    case("no choices sheet", without("choices"), "choices"),
    case("a heading twice", with_sheets(lambda sheets: sheets["survey"][0].__setitem__(4, "name")), "Duplicate column header: name"),
    case("no type column", with_sheets(lambda sheets: sheets["survey"][0].__setitem__(0, "tipe")), "type"),
    case("no name column", with_sheets(lambda sheets: sheets["survey"][0].__setitem__(1, "nama")), "name"),
    case("a heading moved down", with_sheets(lambda sheets: sheets["survey"].insert(0, ["KUESIONER", "", "", "", ""])), "survey"),
    case("a type that is none", cells("survey", 3, type="teks"), "row 3", "teks"),
    case("a question without a name", cells("survey", 3, name=""), "row 3", "name"),
    case("a name with a space", cells("survey", 3, name="b c"), "survey, row 3", "name"),
    case("a number as a name", cells("survey", 3, name=12), "survey, row 3", "name"),
    case("a name that ends like a number", cells("survey", 3, name=1.5), "survey, row 3", "name"),
    case("a name in capitals", cells("survey", 3, name="Nama"), "row 3", "small letters"),
    case("a name twice", rows(["text", "a", "Lagi?", "Again?", ""]), "survey, row 4", "unique"),
    case("a label in one language", cells("survey", 2, label=""), "row 2", "label"),
    case("a list that is missing", cells("survey", 2, type="select_one tidak_ada"), "tidak_ada"),
    case("a select without a list", cells("survey", 2, type="select_one"), "survey, row 2", "name of its list"),
    case("an option without a name", cells("choices", 2, name=""), "choices", "row 2"),
    case("an option twice", cells("choices", 3, name="ya"), "choices", "row 3"),
    case("an option with a space", cells("choices", 2, name="y a"), "choices, row 2", "space"),
    case("an option without a label", cells("choices", 2, label=""), "choices, row 2", "label"),
    case("an option without a list", cells("choices", 2, list_name=""), "choices, row 2: The option belongs to no list"),
    case("a group never closed", rows(["begin_group", "g", "G", "G", ""], ["text", "c", "C", "C", ""]), "group"),
    case("a group closed twice", rows(["end_group", "", "", "", ""]), "row 4"),
    case("groups closed crosswise", rows(["begin_group", "g", "", "", ""], ["begin_repeat", "r", "", "", ""], ["end_group", "", "", "", ""], ["end_repeat", "", "", "", ""]), "group"),
    case("300 groups deep", groups(300), "survey, row 14: More than 10 groups"),
    case("a condition on itself", cells("survey", 3, relevant="${b} = 'x'"), "row 3"),
    case("a condition on a later answer", cells("survey", 2, relevant="${b} = 'x'"), "row 2", "not answered yet"),
    case("a calculate without a calculation", rows(["calculate", "c", "", "", ""]), "row 4", "calculation"),
    case("calculations in a circle", with_bytes("coba.md", markdown("| | calculate | c | | | ${d} |", "| | calculate | d | | | ${c} |", "| | text | e | E | E | |").replace(b"relevant", b"calculation")), "survey, row 2: c: calculation refers to ${d}, which is not answered yet"),
    case("a group that depends on what is inside", rows(["begin_group", "g", "G", "G", "${c} = 'x'"], ["text", "c", "C", "C", ""], ["end_group", "", "", "", ""]), "row 5: c: relevant refers to ${c}"),
    case("a condition on nothing", cells("survey", 3, relevant="${z} = 'x'"), "z"),
    case("a condition cut off", cells("survey", 3, relevant="${a} = 'ya"), "row 3"),
    case("a condition that is a label", cells("survey", 3, relevant="jika setuju"), "row 3"),
    case("a function that is none", cells("survey", 3, relevant="iff(${a} = 'ya', 1, 0)"), "row 3", "Did you mean if()"),
    case("piping that is not closed", cells("survey", 3, label="Anda ${a"), "row 3"),
    case("a constraint that runs away", column("constraint", "regex(., '(a+)+$')"), "row 3", "run away"),
    case("a required that is a word", column("required", "wajib"), "row 3", "required"),
    case("a score that is a word", with_sheets(lambda sheets: [row.append("score" if place == 0 else "tinggi") for place, row in enumerate(sheets["choices"])]), "choices, row 2", "number"),
    case("parameters that are none", column("parameters", "acak=ya", row=2), "row 2"),
    case("a form id with a space", cells("settings", 2, form_id="coba 1"), "settings, row 2", "form_id"),
    case("a form id as a number", cells("settings", 2, form_id=7), "settings, row 2"),
    case("a default language nobody wrote", cells("settings", 2, default_language="Jawa (jv)"), "settings, row 2: The default_language is jv"),
    case("a bell in a label", with_bytes("coba.md", markdown("| | text | b | Ha\x07lo | Hello | |")), "survey, row 2", "control"),
    case("a raw pipe in a label", with_bytes("coba.md", markdown("| | text | b | A | B | | C | D |")), "survey, row 2", r"\|"),
    case("a question only a phone can ask", cells("survey", 3, type="geopoint"), "row 3", "geopoint"),
]  # fmt: skip

MALFORMED = [*WHAT_A_FILE_IS, *WHAT_A_WORKBOOK_HOLDS, *WHAT_A_FORM_SAYS]


@dataclass(frozen=True, slots=True)
class Refused:
    path: Path
    problems: QuestionnaireProblems
    seconds: float


@pytest.fixture(scope="module")
def refused(tmp_path_factory) -> Callable[[Make], Refused]:
    """Each file is made once and read once, whichever tests ask for it: to make one costs as much as to refuse it."""

    @cache
    def of(make: Make) -> Refused:
        path = make(tmp_path_factory.mktemp("form"))
        begun = perf_counter()
        with pytest.raises(QuestionnaireProblems) as raised:
            compile_form(path)
        return Refused(path, raised.value, perf_counter() - begun)

    return of


@pytest.mark.parametrize(("make", "said"), MALFORMED)
def test_a_malformed_form_brings_clear_lines_for_its_author(refused, make, said):
    found = refused(make)
    assert found.seconds < 5  # none takes a second alone
    text = str(found.problems)
    lines = text.splitlines()
    assert 1 <= len(lines) <= 10
    assert all(part in lines[0] for part in said), lines
    assert all(
        re.fullmatch(rf"{re.escape(found.path.name)}: \w+(, row \d+)?: .+", line) for line in lines
    )
    assert not re.search(r"Traceback|Error\b|object at 0x|None", text)


_SAID_BY_PYXFORM = frozenset({"CSV with an open quote"})


def test_there_are_at_least_fifty_malformed_files_all_different():
    names = [one.id for one in MALFORMED]
    assert len(set(names)) == len(names) >= 50


def test_a_clear_line_says_what_to_do(refused):
    """Where the mistake is ours to explain; pyxform's own sentences say it in one."""
    ours = (*WHAT_A_FILE_IS, *WHAT_A_WORKBOOK_HOLDS)
    for malformed in (one for one in ours if one.id not in _SAID_BY_PYXFORM):
        problems = refused(malformed.values[0]).problems.problems
        assert all(problem.remedy for problem in problems), malformed.id


LARGE = (
    "a zip bomb", "a zip bomb that lies", "10,000 options", "10,000 questions", "16,000 columns",
    "2,000 parts", "300 groups deep", "CSV of one endless row",
)  # fmt: skip


def test_no_malformed_file_takes_more_than_ten_megabytes(refused):
    """Measured: at most 1.4 MB for these, 4.6 MB for any."""
    for name in LARGE:
        (make,) = (one.values[0] for one in MALFORMED if one.id == name)
        path = refused(make).path
        tracemalloc.start()
        with pytest.raises(QuestionnaireProblems):
            compile_form(path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 10_000_000, name


def test_the_good_workbook_is_accepted(tmp_path):
    """Else every case above could fail for the same wrong reason."""
    assert compile_form(saved(book(), tmp_path / "coba.xlsx")).name == "coba"
    text = tmp_path / "coba.csv"
    text.write_text(csv_text(), encoding="utf-8-sig")
    assert [item.name for item in compile_form(text).items] == ["a", "b"]


@pytest.mark.parametrize(
    "make",
    [
        cells("survey", 3, relevant="${a} = \u2018ya\u2019"),
        in_cell("survey", "C3", CellRichText('=HYPERLINK("x")')),
        with_sheets(lambda sheets: sheets.pop("settings")),
        rows(["begin_group", "g", "G", "G", ""], ["end_group", "", "", "", ""]),
        with_workbook(lambda book_: book_.create_sheet("Catatan kami").merge_cells("A1:C1")),
        with_workbook(lambda book_: setattr(book_["survey"].column_dimensions["B"], "hidden", True)),
        with_workbook(lambda book_: [book_["survey"].cell(900, n) for n in range(1, 100)]),
    ],
    ids=[
        "typographic quotes", "text like a formula", "no settings", "an empty group",
        "a sheet of one's own", "a hidden column", "empty cells below",
    ],
)  # fmt: skip
def test_what_is_odd_but_clear_is_accepted(tmp_path, make):
    assert compile_form(make(tmp_path)).items


def test_the_ending_may_be_in_capitals(tmp_path):
    assert compile_form(saved(book(), tmp_path / "COBA.XLSX")).name == "coba"
