"""A week in which nothing was added, after weeks with news: what is written then, and what is loaded for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.evaluation.tables import ROOT, World, class_of_thirty

LATER = ("--as-of", "2027-04-05T08:00:00+07:00", "--week", "2027-W14")
COMMAND = "import sys; from evaluation.__main__ import main; assert not main(sys.argv[1:]); print(*sys.modules)"
FOR_NEWS_ONLY = {"matplotlib", "PIL", "xlsxwriter"}


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, set[str]]:
    """All rounds closed in February, told in that week, and then again in April: the world, and the modules loaded in April."""
    world = class_of_thirty(tmp_path_factory.mktemp("quiet"), followed=22, superiors=16)
    for row in world.responses:
        row["unit_group"] = "AB"[int(row["respondent"][1:]) % 2]
    for row in world.trainings:
        row["rounds"] = row["rounds"].replace('"open"', '"closed"')
    kept = ("--releases", str(world.folder / "releases.json"))
    assert world.run(*kept) == 0
    assert {"summary.png", "results.xlsx"} <= files(world)
    again = subprocess.run(
        [sys.executable, "-c", COMMAND, *world.arguments(*kept, *LATER)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return world, set(again.stdout.split())


def files(world: World) -> set[str]:
    return {path.name for path in (world.folder / "out").iterdir()}


def test_a_quiet_week_has_neither_picture_nor_workbook(quiet: tuple[World, set[str]]):
    assert files(quiet[0]) == {"summary.txt", "summary.json"}
    assert "Tidak ada jawaban baru minggu ini." in quiet[0].text


def test_a_quiet_week_loads_nothing_that_only_news_needs(quiet: tuple[World, set[str]]):
    assert "evaluation.results" in quiet[1]
    assert quiet[1] & FOR_NEWS_ONLY == set()


def test_no_week_loads_what_takes_longer_to_load_than_to_do_without(tmp_path: Path):
    """All that a week works out where everything is new."""
    world = class_of_thirty(tmp_path, followed=22, superiors=16)
    world.write()
    loaded = subprocess.run(
        [sys.executable, "-c", COMMAND, *world.arguments()],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {"scipy.special", "matplotlib"} <= set(loaded.stdout.split())
    assert "scipy.stats" not in loaded.stdout.split()
