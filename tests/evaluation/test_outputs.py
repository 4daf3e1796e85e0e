"""Every file that is handed out: the same input gives the same bytes, and none of them tells of a person.

The second time is another process with other hashes, on rows in another order.
"""

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from evaluation import comparison
from evaluation.__main__ import main as summary
from evaluation.microdata import __main__ as microdata
from evaluation.report import __main__ as report
from tests.evaluation.files import said
from tests.evaluation.tables import MONDAY, ROOT, World, class_of_thirty, round_, training

FILES = (
    "summary.txt", "summary.png", "summary.json", "results.xlsx",
    "comparison.txt", "comparison-post_training.png",
    "laporan.docx", "laporan.pdf",
    "instruktur-1-budi-santoso.docx", "instruktur-1-budi-santoso.pdf",
    "instruktur-2-siti-rahma.docx", "instruktur-2-siti-rahma.pdf",
)  # fmt: skip
SINGLE = (
    "microdata.csv", "post_training.sav", "followup_alumni.sav", "followup_superior.sav", "codebook.xlsx", "codebook.md",
)  # fmt: skip
SMALL = "Kantor Kecil"  # a unit of two people
AGAIN = "import sys; from tests.evaluation.test_outputs import write; write(*sys.argv[1:])"


def write(folder: str) -> None:
    """All commands, each on the tables in `folder`."""
    at = Path(folder)
    tables = [
        str(at / "responses.csv"), str(at / "codebook.csv"), "--trainings", str(at / "trainings.csv"),
        "--study", str(ROOT / "config/study.toml"), "--texts", str(ROOT / "config/texts"),
    ]  # fmt: skip
    shared = [*tables, "--as-of", MONDAY, "--out", str(at / "out")]
    single = [*tables, "--as-of", MONDAY[:10], "--out", str(at / "single")]
    for done in (
        summary([*shared, "--week", "2027-W05"]), comparison.main(shared), report.main([*shared, "--training", "MKD-2"]),
        microdata.main(single),
    ):  # fmt: skip
        assert done == 0


def two_classes(folder: Path) -> World:
    world = class_of_thirty(folder, followed=24, superiors=20)
    world.responses += class_of_thirty(folder, answered=20, seed=2, code="ARS-1").responses
    world.trainings.append(training("ARS-1", round_("post_training", "closed"), title="Kearsipan"))
    for row in world.trainings:
        row["rounds"] = row["rounds"].replace('"open"', '"closed"')
    for row in world.responses:
        number = int(row["respondent"][1:])
        row["unit_group"] = SMALL if number < 2 else ("Badan", "Dinas")[number % 2]
        for who in ("respondent", "about"):
            row[who] = row[who] and f"orang-{row[who]}"
        row["value"] = f"Usul {number}" if row["item"] == "a18" else row["value"]
    return world


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    first, second = (tmp_path_factory.mktemp(name) for name in ("first", "second"))
    two_classes(first).write()
    write(str(first))
    other = two_classes(second)
    random.Random(3).shuffle(other.responses)
    random.Random(4).shuffle(other.trainings)
    other.write()
    subprocess.run([sys.executable, "-c", AGAIN, str(second)], cwd=ROOT, check=True)
    return first, second


@pytest.mark.parametrize("name", [*(f"out/{name}" for name in FILES), *(f"single/{name}" for name in SINGLE)])  # fmt: skip
def test_the_same_input_writes_the_same_bytes(written: tuple[Path, Path], name: str):
    first, second = (folder / name for folder in written)
    assert first.stat().st_size > 100
    assert first.read_bytes() == second.read_bytes()


def test_the_table_above_names_every_file(written: tuple[Path, Path]):
    assert sorted(path.name for path in (written[0] / "out").iterdir()) == sorted(FILES)
    assert sorted(path.name for path in (written[0] / "single").iterdir()) == sorted(SINGLE)


SECRETS = re.compile(
    rf"orang-|{SMALL}|T10:00|10:00:00"
)  # a pseudonym, a small unit, when somebody answered


@pytest.mark.parametrize("name", FILES)
def test_no_part_of_a_file_of_sums_tells_of_a_person(written: tuple[Path, Path], name: str):
    """Neither a hidden cell, nor what a chart remembers, a comment, a property, or what stands in a picture."""
    found = list(said(name, (written[0] / "out" / name).read_bytes()))
    assert [text for text in found if SECRETS.search(text)] == []
    quoted = any("Usul 1" in text for text in found)
    assert quoted == (name == "results.xlsx")


def test_what_is_looked_for_stands_in_the_tables(written: tuple[Path, Path]):
    tables = (written[0] / "responses.csv").read_text(encoding="utf-8")
    assert {found[0] for found in SECRETS.finditer(tables)} == {"orang-", SMALL, "T10:00"}


def test_a_picture_carries_nothing_but_its_resolution(written: tuple[Path, Path]):
    for path in (written[0] / "out").glob("*.png"):
        with Image.open(path) as image:
            assert set(image.info) <= {"dpi"}, path.name


def test_no_sheet_of_the_workbook_is_hidden_and_hidden_columns_hold_numbers_only(
    written: tuple[Path, Path],
):
    """How far an interval reaches, for the chart: LibreOffice draws it from cells only."""
    book = load_workbook(written[0] / "out/results.xlsx")
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    hidden = [
        cell.value
        for sheet in book
        for letter, column in sheet.column_dimensions.items()
        if column.hidden
        for cell in sheet[letter]
        if cell.value is not None
    ]
    assert hidden
    assert {type(value) for value in hidden} <= {int, float}
