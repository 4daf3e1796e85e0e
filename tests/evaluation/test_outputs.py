"""Every file that is handed out: the same input gives the same bytes, and the edges of the data give sensible sentences.

The second time is another process with other hashes, on rows in another order.
"""

import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from evaluation import comparison
from evaluation.__main__ import main as summary
from evaluation.frames import read_tables
from evaluation.period import period_of
from evaluation.releases import Register
from evaluation.report import __main__ as report
from evaluation.report.chapters import instructor_sheets, report_of
from evaluation.report.model import Document, Table
from evaluation.report.office import read_office
from evaluation.report.pdf import write_pdf
from evaluation.report.word import write_word
from evaluation.results import evaluate
from evaluation.study import read_study
from evaluation.texts import read_texts
from evaluation.workbook.book import results_pages
from tests.evaluation.report.test_report_chapters import words
from tests.evaluation.tables import MONDAY, ROOT, World, class_of_thirty, round_, training
from tests.evaluation.test_properties import (
    all_missing,
    all_the_same,
    nobody,
    nobody_eligible,
    nobody_issued,
    only_one,
)

PLAN = read_study(ROOT / "config/study.toml")
OFFICE = read_office(ROOT / "config/study.toml")
TEXTS = read_texts(ROOT / "config/texts", "id")
FILES = (
    "summary.txt", "summary.png", "summary.json", "results.xlsx",
    "comparison.txt", "comparison-post_training.png",
    "laporan.docx", "laporan.pdf",
    "instruktur-1-budi-santoso.docx", "instruktur-1-budi-santoso.pdf",
    "instruktur-2-siti-rahma.docx", "instruktur-2-siti-rahma.pdf",
)  # fmt: skip
AGAIN = "import sys; from tests.evaluation.test_outputs import write; write(*sys.argv[1:])"
NOT_A_NUMBER = re.compile(r"\b(nan|inf|none|null)\b", re.IGNORECASE)


def write(folder: str) -> None:
    """All commands, each on the tables in `folder`."""
    at = Path(folder)
    shared = [
        str(at / "responses.csv"), str(at / "codebook.csv"), "--trainings", str(at / "trainings.csv"),
        "--study", str(ROOT / "config/study.toml"), "--texts", str(ROOT / "config/texts"),
        "--as-of", MONDAY, "--out", str(at / "out"),
    ]  # fmt: skip
    for done in (
        summary([*shared, "--week", "2027-W05"]), comparison.main(shared), report.main([*shared, "--training", "MKD-2"]),
    ):  # fmt: skip
        assert done == 0


def two_classes(folder: Path) -> World:
    world = class_of_thirty(folder, followed=24, superiors=20)
    world.responses += class_of_thirty(folder, answered=20, seed=2, code="ARS-1").responses
    world.trainings.append(training("ARS-1", round_("post_training", "closed"), title="Kearsipan"))
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
    return first / "out", second / "out"


@pytest.mark.parametrize("name", FILES)
def test_the_same_input_writes_the_same_bytes(written: tuple[Path, Path], name: str):
    first, second = (folder / name for folder in written)
    assert first.stat().st_size > 100
    assert first.read_bytes() == second.read_bytes()


def test_the_table_above_names_every_file(written: tuple[Path, Path]):
    assert sorted(path.name for path in written[0].iterdir()) == sorted(FILES)


EDGES: dict[Callable[[World], None], tuple[str, ...]] = {
    nobody: (
        "Peserta | 30 | 0 | 0,0%",
        "Peserta: hasil ditampilkan setelah sedikitnya 5 orang menjawab.",
    ),
    only_one: ("Peserta | 1 | 1 | 100,0%",),
    nobody_issued: ("Belum ada yang diminta menjawab.",),
    all_the_same: ("Materi | 26 | 3,00 | 100,0% | 75,00 | -",),
    all_missing: ("Peserta | 30 | 26 | 86,7%",),
    nobody_eligible: ("Belum ada temuan yang memerlukan tindak lanjut menurut aturan.",),
}


def edge(folder: Path, change: Callable[[World], None]) -> tuple[list[Document], list[str]]:
    """The report, the sheets; and every cell of the workbook."""
    world = class_of_thirty(folder, followed=24, superiors=20)
    change(world)
    world.write()
    tables = read_tables(*(folder / f"{name}.csv" for name in ("responses", "codebook", "trainings")))  # fmt: skip
    period = period_of("2027-W05", datetime.fromisoformat(MONDAY), PLAN)
    results = evaluate(tables, PLAN, period, Register())
    how = (PLAN, OFFICE, TEXTS)
    found = [report_of("MKD-2", results, tables, how), *instructor_sheets("MKD-2", results, how)]
    pages = results_pages(results, tables, PLAN, TEXTS)
    return found, [repr(page) for page in pages]


@pytest.mark.parametrize("change", EDGES)
def test_the_edges_give_sensible_sentences_and_no_nan_in_report_sheets_and_workbook(
    tmp_path: Path, change: Callable[[World], None]
):
    documents, pages = edge(tmp_path, change)
    text = "\n".join(words((*each.blocks, *each.annex)) for each in documents)
    for sentence in EDGES[change]:
        assert sentence in text
    assert not NOT_A_NUMBER.search(text)
    assert not [page for page in pages if re.search(r"\b(nan|inf)\b", page)]


@pytest.mark.parametrize("change", [nobody, nobody_issued])
def test_no_table_is_empty_and_both_files_can_be_written_where_nobody_answered(
    tmp_path: Path, change: Callable[[World], None]
):
    (document,), _ = edge(tmp_path, change)
    tables = [block for block in (*document.blocks, *document.annex) if isinstance(block, Table)]
    assert [table.caption for table in tables if not table.rows] == []
    assert write_pdf(document).startswith(b"%PDF")
    assert write_word(document).startswith(b"PK")
