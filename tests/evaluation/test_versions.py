"""Answers of several versions of a form merge where type, codes, scores and meanings agree; where not, it is said."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluation.releases import Release
from tests.evaluation.tables import AGREE, World, codebook, response, round_, training

TURNED = [(code, label, score) for (code, _, score), (_, label, _) in zip(AGREE, AGREE[::-1], strict=True)]  # fmt: skip
YEARS = ("2027-01-20T08:30:00+07:00", "2027-01-21T08:30:00+07:00", "2027-01-22T08:30:00+07:00")


def world(folder: Path, versions: tuple[str, str, str], changed: dict[str, list[tuple]]) -> World:
    """Three closed classes of ten, one a version; `changed`: version -> other codes of a01 in it."""
    made = World(folder)
    made.codes = [
        row | {"version": version}
        for version in dict.fromkeys(sorted(versions))
        for row in codebook()
        if version not in changed or row["item"] != "a01"
    ]
    model = next(row for row in codebook() if row["item"] == "a01")
    for version, codes in changed.items():
        made.codes += [
            model | {"version": version, "value": code, "value_label": label, "score": score}
            for code, label, score in codes
        ]
    for number, version in enumerate(versions):
        made.trainings.append(training(f"T{number}", round_("post_training", "closed")))
        for place in range(10):
            answers = {"a01": str(1 + number), "a07": str(1 + number)}
            rows = response(f"t{number}p{place}", answers, training=f"T{number}")
            made.responses += [row | {"version": version, "issued_at": YEARS[number]} for row in rows]  # fmt: skip
    return made


def mean(release: Release, name: str) -> float:
    entry = release.find("index", name, "")
    assert entry is not None
    return entry.numbers["mean"]


def test_versions_that_agree_are_one_column(tmp_path: Path):
    reworded = [(code, f"{label}!", score) for code, label, score in AGREE]
    results = world(tmp_path, ("1", "2", "3"), {"2": reworded}).results()
    assert results.differing == ()
    assert mean(results.pooled["post_training"], "materi") == 2


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param([*AGREE, ("5", "Sangat sekali", "5")], id="a code more"),
        pytest.param(AGREE[:3], id="a code less"),
        pytest.param([*AGREE[:3], ("4", "Sangat setuju", "5")], id="another score"),
        pytest.param(TURNED, id="the scale turned round"),
    ],
)
def test_an_earlier_version_that_differs_is_left_out_and_said(tmp_path: Path, codes: list[tuple]):
    results = world(tmp_path, ("1", "2", "2"), {"1": codes}).results()
    assert [(each.item, each.version, each.earlier) for each in results.differing] == [
        ("a01", "2", ("1",))
    ]
    pooled = results.pooled["post_training"]
    assert mean(pooled, "materi") == 2.5  # of the second and third class only
    assert mean(pooled, "relevansi") == 2  # what agrees is of all three


def test_each_class_keeps_the_numbers_of_its_own_version(tmp_path: Path):
    results = world(tmp_path, ("1", "2", "2"), {"1": TURNED}).results()
    release = results.trainings[0].rounds[0].release
    assert release is not None
    assert mean(release, "materi") == 1


def test_the_last_version_is_the_one_asked_last_whatever_its_name(tmp_path: Path):
    """As text "10" stands before "9"; the years of the classes say which one is younger."""
    results = world(tmp_path, ("9", "10", "10"), {"9": TURNED}).results()
    assert [(each.version, each.earlier) for each in results.differing] == [("10", ("9",))]


def test_a_version_nobody_was_asked_changes_nothing(tmp_path: Path):
    made = world(tmp_path, ("1", "1", "1"), {"9": TURNED})
    assert made.results().differing == ()


def test_a_list_of_several_choices_may_gain_a_code_and_not_lose_one(tmp_path: Path):
    made = world(tmp_path / "more", ("1", "2", "2"), {})
    made.codes = [row for row in made.codes if (row["version"], row["value"]) != ("1", "waktu")]
    assert made.results().differing == ()
    made = world(tmp_path / "less", ("1", "2", "2"), {})
    made.codes = [row for row in made.codes if (row["version"], row["value"]) != ("2", "waktu")]
    assert [each.item for each in made.results().differing] == ["a16"]


def test_the_workbook_says_which_questions_differ(tmp_path: Path):
    assert world(tmp_path, ("1", "2", "2"), {"1": TURNED}).run() == 0
    book = load_workbook(next((tmp_path / "out").glob("*.xlsx")))
    cells = [str(cell.value) for row in book["Metode"].iter_rows() for cell in row]
    assert any("post_training: a01" in text for text in cells)
    assert any("memakai jawaban versi 2 saja" in text for text in cells)
