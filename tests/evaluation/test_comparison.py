"""Trainings beside each other: no ranking where intervals overlap, nothing of small classes, the same bytes each time."""

from pathlib import Path

import pytest

from evaluation.command import Evaluated
from evaluation.comparison import comparison_text, comparisons, main
from evaluation.frames import read_tables
from evaluation.study import read_study
from evaluation.texts import read_texts
from tests.evaluation.tables import MONDAY, ROOT, World, class_of_thirty

FILES = ("responses.csv", "codebook.csv", "trainings.csv")


def several(folder: Path, *answered: int, better: str = "") -> World:
    """One class for each number of answers; `better` gives the last one this answer on its content."""
    whole = World(folder)
    for place, count in enumerate(answered):
        code = f"T-{place}"
        part = class_of_thirty(
            folder, answered=count, seed=place + 1, code=code, title=f"Kelas {place}"
        )
        part.trainings[0]["ends_on"] = f"{2026 - place}-05-08"
        for row in part.responses:
            row["respondent"] = f"{code}-{row['respondent']}"
            if better and place == len(answered) - 1 and row["item"] in {"a01", "a02"}:
                row["value"] = better if row["respondent"][-1] != "1" else "2"
        whole.responses += part.responses
        whole.trainings += part.trainings
    return whole


def compared(world: World) -> Evaluated:
    results = world.results()
    plan, texts = read_study(ROOT / "config/study.toml"), read_texts(ROOT / "config/texts", "id")
    return Evaluated(plan, texts, read_tables(*(world.folder / name for name in FILES)), results)


def lines_of(made: Evaluated) -> dict[str, str]:
    text = comparison_text(made, comparisons(made))
    return {line[2:].split(":")[0]: line for line in text.splitlines() if line.startswith("- ")}


def test_overlapping_intervals_name_no_better_training(tmp_path: Path):
    line = lines_of(compared(several(tmp_path, 20, 22)))["Materi"]
    assert "belum tentu berbeda" in line
    assert "Kelas" not in line


def test_intervals_that_do_not_touch_name_both_trainings(tmp_path: Path):
    line = lines_of(compared(several(tmp_path, 20, 22, better="1")))["Materi"]
    assert "Kelas 0 Angk. II, 2026" in line
    assert "lebih tinggi daripada Kelas 1 Angk. II, 2025" in line


def test_a_census_has_no_interval_and_is_not_ranked(tmp_path: Path):
    assert "tidak diurutkan" in lines_of(compared(several(tmp_path, 30, 30)))["Materi"]


def test_trainings_stand_in_the_order_of_their_dates(tmp_path: Path):
    found = comparisons(compared(several(tmp_path, 20, 21, 22)))
    assert [row.name[-4:] for row in found[0].rows] == ["2024", "2025", "2026"]


@pytest.mark.parametrize("answered", [(20,), (20, 4), (3, 4)])
def test_one_training_that_may_be_shown_is_no_comparison(tmp_path: Path, answered: tuple[int, ...]):
    made = compared(several(tmp_path, *answered))
    assert comparisons(made) == ()
    assert "sedikitnya dua pelatihan" in comparison_text(made, ())


def test_only_the_latest_trainings_are_in_the_picture(tmp_path: Path):
    made = compared(several(tmp_path, *[10] * 10))
    assert {row.name[-4:] for row in comparisons(made)[0].rows} == {str(year) for year in range(2019, 2027)}  # fmt: skip


def run(world: World, out: Path) -> dict[str, bytes]:
    world.write()
    paths = [str(world.folder / name) for name in FILES]
    assert main([
        *paths[:2], "--trainings", paths[2], "--study", str(ROOT / "config/study.toml"),
        "--texts", str(ROOT / "config/texts"), "--as-of", MONDAY, "--out", str(out),
        "--releases", str(out.with_suffix(".json")),
    ]) == 0  # fmt: skip
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_the_same_input_writes_the_same_files(tmp_path: Path):
    world = several(tmp_path / "tables", 20, 22)
    first, second = (run(world, tmp_path / name) for name in ("first", "second"))
    assert sorted(first) == ["comparison-post_training.png", "comparison.txt"]
    assert first == second
    assert len(first["comparison.txt"].decode()) <= 1200
