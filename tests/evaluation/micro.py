"""What the tests of single answers share: the command on a World, and the cases as they were meant."""

from pathlib import Path

from evaluation.frames import read_responses, read_tables
from evaluation.microdata.__main__ import main
from evaluation.microdata.cases import Cases, cases_of
from evaluation.microdata.coarse import coarsened
from evaluation.microdata.questions import questions_of
from evaluation.study import read_study
from evaluation.texts import read_texts
from tests.evaluation.tables import ROOT, World

PLAN = read_study(ROOT / "config/study.toml")
TEXTS = read_texts(ROOT / "config/texts", "id")


def run(world: World, *more: str) -> Path:
    world.write()
    out = world.folder / "micro"
    assert main([
        str(world.folder / "responses.csv"), str(world.folder / "codebook.csv"),
        "--trainings", str(world.folder / "trainings.csv"), "--study", str(ROOT / "config/study.toml"),
        "--texts", str(ROOT / "config/texts"), "--as-of", "2027-02-01", "--out", str(out), *more,
    ]) == 0  # fmt: skip
    return out


def cases(world: World, questionnaire: str = "post_training") -> Cases:
    world.write()
    names_of_files = ("responses.csv", "codebook.csv", "trainings.csv")
    tables = read_tables(*(world.folder / name for name in names_of_files))
    rows = coarsened(read_responses(world.folder / "responses.csv"), PLAN)
    return cases_of(rows, questions_of(tables.codebook, questionnaire), questionnaire, TEXTS)
