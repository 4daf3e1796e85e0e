"""What must hold for every table: order, duplicates, and the empty, single and uniform cases."""

import random
import re
from pathlib import Path

import pytest

from tests.evaluation.tables import World, class_of_thirty, response, round_, training

OUTPUTS = ("out/summary.txt", "out/summary.png", "out/summary.json", "releases.json")


def written(world: World) -> list[bytes]:
    register = world.folder / "releases.json"
    register.unlink(missing_ok=True)
    assert world.run("--releases", str(register)) == 0
    return [(world.folder / name).read_bytes() for name in OUTPUTS]


def test_the_order_of_the_rows_changes_neither_summary_nor_register(tmp_path: Path):
    world = class_of_thirty(tmp_path, followed=22, superiors=16)
    first = written(world)
    for rows in (world.responses, world.codes, world.trainings):
        random.Random(1).shuffle(rows)
    assert written(world) == first


def test_everybody_twice_keeps_every_mean_and_share(tmp_path: Path):
    world = class_of_thirty(tmp_path, followed=22)
    world.tell()
    kinds = ("post_training", "followup_alumni")
    once = {kind: world.cells(kind) for kind in kinds}
    world.responses += [row | {"respondent": row["respondent"] + "bis"} for row in world.responses]
    world.tell()
    for kind in kinds:
        twice = world.cells(kind)
        for key, cell in once[kind].items():
            for name in KEPT:
                if name in cell["numbers"]:
                    assert twice[key]["numbers"][name] == pytest.approx(cell["numbers"][name])


KEPT = (
    "mean",
    "median",
    "share",
    "before",
    "now",
    "difference",
    "top2",
    "applied_share",
    "self",
    "superior",
)


def nobody(world: World) -> None:
    world.responses = [
        row | {"disposition": "invited"} for row in world.responses if not row["item"]
    ]


def only_one(world: World) -> None:
    world.responses = response("p00", {"a01": "3"})


def nobody_issued(world: World) -> None:
    world.responses = []


def all_the_same(world: World) -> None:
    world.responses = [
        row | ({"value": "3"} if row["item"].startswith("a0") else {}) for row in world.responses
    ]


def all_missing(world: World) -> None:
    world.responses = [
        row | ({"value": "", "missing": "skipped"} if row["item"] else {})
        for row in world.responses
    ]


def nobody_eligible(world: World) -> None:
    world.responses = [row | {"disposition": "ineligible"} for row in world.responses]


CASES = [
    (nobody, "Peserta: 0 dari 30 menjawab (0,0%)"),
    (only_one, "Peserta: 1 jawaban masuk. Hasil ditampilkan setelah sedikitnya 5 orang menjawab."),
    (nobody_issued, "PERLU TINDAKAN"),
    (all_the_same, "Materi: indeks 75,0 (Kurang baik)"),
    (all_missing, "Peserta: 26 dari 30 menjawab (86,7%)"),
    (nobody_eligible, "Peserta: belum ada yang diundang"),
]


@pytest.mark.parametrize(("change", "sentence"), CASES)
def test_the_edges_give_sensible_sentences_and_no_nan(tmp_path: Path, change, sentence: str):
    world = class_of_thirty(tmp_path)
    change(world)
    world.tell()
    assert sentence in world.text
    numbers = (tmp_path / "out/summary.json").read_text(encoding="utf-8")
    assert not re.search(r"\bnan\b|\binf\b|\bnone\b", world.text + numbers, re.IGNORECASE)


@pytest.mark.parametrize("change", [case[0] for case in CASES])
def test_the_edges_give_no_nan_once_the_rounds_are_closed_and_shown_by_group(
    tmp_path: Path, change
):
    world = class_of_thirty(tmp_path, followed=22, superiors=16)
    change(world)
    for place, row in enumerate(world.responses):
        row["unit_group"] = (
            "ABC"[place % 3] if not row["item"] else world.responses[place - 1]["unit_group"]
        )
    for row in world.trainings:
        row["rounds"] = row["rounds"].replace('"open"', '"closed"')
    world.tell()
    numbers = (tmp_path / "out/summary.json").read_text(encoding="utf-8")
    assert not re.search(r"\bnan\b|\binf\b|infinity", world.text + numbers, re.IGNORECASE)


def test_a_questionnaire_without_dimensions_has_rates_and_single_questions_only(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training"))])
    for row in world.codes:
        row.update(dimension="", moment="", pair="", scm="")
    for place in range(6):
        world.responses += response(f"r{place}", {"a01": "3", "a17": "9"})
    world.tell()
    assert set(world.cells("post_training")) == {"item:a01", "item:a17"}
    assert "Peserta: 6 dari 6 menjawab (100,0%)" in world.text
