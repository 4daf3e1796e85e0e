"""Every file at the edges of the data: nobody, one, all alike, all missing; and everybody twice. One training for each edge."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from evaluation.command import Evaluated
from evaluation.comparison import comparison_text, comparisons
from evaluation.frames import read_tables
from evaluation.numbers_file import numbers_of
from evaluation.period import period_of
from evaluation.releases import Register
from evaluation.report.chapters import instructor_sheets, report_of
from evaluation.report.model import Document, Table
from evaluation.report.office import read_office
from evaluation.report.pdf import write_pdf
from evaluation.report.word import write_word
from evaluation.results import evaluate
from evaluation.study import read_study
from evaluation.summary import weekly_text
from evaluation.texts import read_texts
from evaluation.workbook.book import results_workbook
from tests.evaluation import micro
from tests.evaluation.files import lines_of, said, system_file
from tests.evaluation.tables import MONDAY, ROOT, World, class_of_thirty
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
NOT_A_NUMBER = re.compile(r"\b(nan|nat|inf|infinity|none|null)\b|#+(?:DIV|NUM|N/A|VALUE|##)", re.IGNORECASE)  # fmt: skip
EDGES: Mapping[Callable[[World], None], tuple[str, ...]] = {
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
CODES = {change: f"E{place}" for place, change in enumerate(EDGES)}


def at_the_edges(folder: Path) -> World:
    whole = World(folder)
    for change, code in CODES.items():
        part = class_of_thirty(folder, followed=24, superiors=20, title=f"Kelas {code}")
        change(part)
        for row in part.responses:
            row["training"], row["respondent"] = code, code + row["respondent"]
            row["about"] = row["about"] and code + row["about"]
        whole.responses += part.responses
        whole.trainings += [row | {"training": code} for row in part.trainings]
    return whole


def evaluated(world: World) -> Evaluated:
    world.write()
    tables = read_tables(*(world.folder / f"{name}.csv" for name in ("responses", "codebook", "trainings")))  # fmt: skip
    period = period_of("2027-W05", datetime.fromisoformat(MONDAY), PLAN)
    return Evaluated(PLAN, TEXTS, tables, evaluate(tables, PLAN, period, Register()))


def documents(made: Evaluated, training: str) -> tuple[Document, ...]:
    how = (made.plan, OFFICE, made.texts)
    report = report_of(training, made.results, made.tables, how)
    return report, *instructor_sheets(training, made.results, how)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Document, ...]]:
    """Beside them `files` has all that is written of them."""
    made = evaluated(at_the_edges(tmp_path_factory.mktemp("edges")))
    return {code: documents(made, code) for code in CODES.values()}


@pytest.fixture(scope="module")
def files(
    told: dict[str, tuple[Document, ...]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    world = at_the_edges(tmp_path_factory.mktemp("files"))
    made = evaluated(world)
    results = made.results
    single = {path.name: path.read_bytes() for path in micro.run(world).iterdir()}
    return single | {
        "summary.txt": weekly_text(results, PLAN, TEXTS).encode(),
        "summary.json": numbers_of(results, PLAN).encode(),
        "comparison.txt": comparison_text(made, comparisons(made)).encode(),
        "results.xlsx": results_workbook(results, made.tables, PLAN, TEXTS),
        **{
            f"{code}-{place}.{ending}": write(document)
            for code, written in told.items()
            for place, document in enumerate(written)
            for ending, write in (("docx", write_word), ("pdf", write_pdf))
        },
    }


def test_no_file_says_nan_none_or_the_error_of_a_cell(files: dict[str, bytes]):
    """summary.json has null where a rate has no denominator, and is read by programs."""
    found = {
        (name, text)
        for name, content in files.items()
        for text in said(name, content)
        if NOT_A_NUMBER.search(text.replace(": null", "") if name.endswith(".json") else text)
    }
    assert found == set()


@pytest.mark.parametrize("change", EDGES)
def test_the_report_says_sensible_sentences(
    files: dict[str, bytes], change: Callable[[World], None]
):
    text = "\n".join(lines_of(files[f"{CODES[change]}-0.docx"]))
    assert [sentence for sentence in EDGES[change] if sentence not in text] == []


def test_no_table_is_empty(told: dict[str, tuple[Document, ...]]):
    blocks = (block for of in told.values() for one in of for block in (*one.blocks, *one.annex))
    assert [one.caption for one in blocks if isinstance(one, Table) and not one.rows] == []


# ---- Everybody twice


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Workbook, report and single answers of a class, and of the same class with everybody twice."""
    return tuple(_written(tmp_path_factory.mktemp(f"times{times}"), times) for times in (1, 2))  # type: ignore[return-value]  # two of them


def _written(folder: Path, times: int) -> dict[str, bytes]:
    world = class_of_thirty(folder, followed=22, superiors=16)
    copies = [
        row | {who: row[who] and row[who] + copy for who in ("respondent", "about")}
        for copy in ("", "bis")[1:times]
        for row in world.responses
    ]
    world.responses += copies
    made = evaluated(world)
    single = {path.name: path.read_bytes() for path in micro.run(world).iterdir()}
    return single | {
        "results.xlsx": results_workbook(made.results, made.tables, PLAN, TEXTS),
        "laporan.docx": write_word(documents(made, "MKD-2")[0]),
    }


def _measures(workbook: bytes) -> dict[tuple[object, ...], float]:
    """Of a whole class; an effect size knows how many there were, and scores and coefficients begin at thirty."""
    sheet = load_workbook(BytesIO(workbook))["Indikator"]
    _, *rows = sheet[next(iter(sheet.tables.values())).ref]
    return {
        tuple(cell.value for cell in row[1:5]): row[6].value
        for row in rows
        if row[2].value == "Semua" and row[7].value != "koefisien"
    }


def test_everybody_twice_keeps_every_value_of_the_workbook(
    twice: tuple[dict[str, bytes], dict[str, bytes]],
):
    once, doubled = (_measures(each["results.xlsx"]) for each in twice)
    assert len(once) > 15
    assert {key: doubled[key] for key in once} == pytest.approx(once)


def test_everybody_twice_keeps_the_indices_of_the_report(
    twice: tuple[dict[str, bytes], dict[str, bytes]],
):
    once, doubled = (_indices(each["laporan.docx"]) for each in twice)
    assert len(once) >= 6
    assert once == doubled


def _indices(word: bytes) -> set[tuple[str, ...]]:
    """Dimension, mean, top two and index; how many and the interval are others."""
    rows = (line.split(" | ") for line in lines_of(word))
    return {(row[0], *row[2:5]) for row in rows if len(row) == 7 and row[1].isdigit()}


@pytest.mark.parametrize("name", ["post_training", "followup_alumni", "followup_superior"])
def test_everybody_twice_keeps_the_means_of_a_system_file(
    twice: tuple[dict[str, bytes], dict[str, bytes]], name: str
):
    once, doubled = (system_file(each[f"{name}.sav"])[0].mean(numeric_only=True) for each in twice)
    assert doubled.to_dict() == pytest.approx(once.to_dict(), nan_ok=True)


def test_everybody_twice_keeps_the_shares_of_every_answer_in_the_csv(
    twice: tuple[dict[str, bytes], dict[str, bytes]],
):
    once, doubled = (_shares(each["microdata.csv"]) for each in twice)
    assert doubled == pytest.approx(once)


def _shares(content: bytes) -> dict[tuple[str, str], float]:
    table = pd.read_csv(BytesIO(content), dtype="str", na_filter=False)
    return table.groupby("item")["value"].value_counts(normalize=True).to_dict()
