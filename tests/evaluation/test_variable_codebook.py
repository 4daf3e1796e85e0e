"""The codebook of the exported files: every variable and value, and no answer."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.evaluation.micro import cases, run
from tests.evaluation.tables import World, class_of_thirty, response


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(class_of_thirty(tmp_path_factory.mktemp("micro"), followed=24, superiors=18))


def test_the_codebook_lists_every_variable_and_value_twice(tmp_path: Path, made: Path):
    wanted = cases(class_of_thirty(tmp_path, followed=24, superiors=18))
    book = load_workbook(made / "codebook.xlsx")
    variables = [row for row in book["Variabel"].iter_rows(values_only=True) if row[0] == "post_training.sav"]  # fmt: skip
    values = [row for row in book["Nilai"].iter_rows(values_only=True) if row[0] == "post_training.sav"]  # fmt: skip
    assert [(row[1], row[2]) for row in variables] == [
        (column.variable.name, column.variable.label) for column in wanted.columns
    ]
    assert [row[1:4] for row in values] == [
        (column.variable.name, value, label)
        for column in wanted.columns
        for value, label in column.variable.labels.items()
    ]
    markdown = (made / "codebook.md").read_text("utf-8")
    assert all(f"| `{column.variable.name}` |" in markdown for column in wanted.columns)


def test_a_pipe_or_a_line_break_breaks_no_table_of_the_codebook(tmp_path: Path):
    world = class_of_thirty(tmp_path)
    for row in world.codes:
        row["label"] = "satu | dua\ntiga"
    lines = (run(world) / "codebook.md").read_text("utf-8").splitlines()
    rows = [line.replace("\\|", "") for line in lines if line.startswith("|")]
    assert {row.count("|") for row in rows} == {6}


def test_no_codebook_holds_an_answer(tmp_path: Path):
    world = World(tmp_path)
    world.trainings = class_of_thirty(tmp_path).trainings
    world.responses = response("p1", {"a18": "RAHASIA"})
    out = run(world)
    assert "RAHASIA" not in (out / "codebook.md").read_text("utf-8")
    book = load_workbook(out / "codebook.xlsx")
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "RAHASIA"]  # fmt: skip
