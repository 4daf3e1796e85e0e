"""Single answers as files: what is left of a person, and every answer in the CSV as it was given."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from evaluation.microdata.__main__ import main
from evaluation.microdata.coarse import COLUMNS, coarsened
from evaluation.microdata.safe import bare, csv_bytes, safe
from tests.evaluation.micro import PLAN, run
from tests.evaluation.tables import ROOT, World, class_of_thirty, response

FILES = [
    "microdata.csv", "post_training.sav", "followup_alumni.sav", "followup_superior.sav", "codebook.xlsx", "codebook.md",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(class_of_thirty(tmp_path_factory.mktemp("micro"), followed=24, superiors=18))


@pytest.fixture(scope="module")
def long(made: Path) -> pd.DataFrame:
    return pd.read_csv(made / "microdata.csv", dtype="str", na_filter=False)


def test_the_files_are_those_of_the_questionnaires_in_use(made: Path):
    assert sorted(path.name for path in made.iterdir()) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, made: Path, name: str):
    again = run(class_of_thirty(tmp_path, followed=24, superiors=18))
    assert (again / name).read_bytes() == (made / name).read_bytes()


# ---- What is left of a person


def test_no_pseudonym_of_the_bot_and_no_time_of_day_is_left(tmp_path: Path, made: Path):
    world = class_of_thirty(tmp_path, followed=24, superiors=18)
    pseudonyms = {row["respondent"] for row in world.responses}
    written = {name: (made / name).read_bytes() for name in FILES if not name.endswith(".xlsx")}
    with (made / "microdata.csv").open(encoding="utf-8", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert not cells & pseudonyms
    for content in written.values():
        assert b"T10:00" not in content
        assert b"+07:00" not in content


def test_a_person_has_one_number_in_all_rounds(long: pd.DataFrame):
    participants = long[long["role"] == "participant"]
    first = set(participants.loc[participants["round"] == "post_training", "respondent"])
    later = set(participants.loc[participants["round"] == "followup_alumni", "respondent"])
    assert later <= first
    assert set(long.loc[long["about"] != "", "about"]) <= first


def test_a_group_below_five_is_put_together_with_others():
    rows = pd.DataFrame([
        _issued(f"p{number}", unit_group=group)
        for number, group in enumerate(["Dinas"] * 6 + ["Badan"] * 5 + ["Camat"] * 2 + ["RSUD"] * 3)
    ])  # fmt: skip
    found = coarsened(rows, PLAN)
    assert found["unit_group"].value_counts().to_dict() == {"Dinas": 6, "Badan": 5, "*": 5}


def test_the_order_says_nothing_of_who_answered_first():
    rows = pd.DataFrame([_issued("b"), _issued("a")])
    assert coarsened(rows, PLAN).equals(coarsened(rows.iloc[::-1], PLAN))


def test_an_evening_in_utc_is_the_next_day_at_the_office():
    (day,) = coarsened(pd.DataFrame([_issued("a", issued_at="2027-01-20T23:30:00+00:00")]), PLAN)[
        "issued_on"
    ]
    assert day == "2027-01-21"


def _issued(respondent: str, **more: str) -> dict[str, str]:
    return {
        **dict.fromkeys(("about", "unit_group", "grade_group", "item", "completed_at"), ""),
        "respondent": respondent, "training": "MKD-2", "round": "post_training", "issued_at": "2027-01-20T08:30:00+07:00",
        **more,
    }  # fmt: skip


# ---- CSV


def test_every_answer_stands_in_the_csv_as_it_was_given(tmp_path: Path, made: Path):
    world = class_of_thirty(tmp_path, followed=24, superiors=18)
    with (made / "microdata.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert list(read[0]) == list(COLUMNS)

    def told(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
        kept = ("training", "round", "role", "disposition", "questionnaire", "item", "value", "missing")  # fmt: skip
        return sorted(tuple(row.get(name, "") for name in kept) for row in rows)

    assert told(read) == told(world.responses)


EVIL = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("evil", EVIL)
def test_no_spreadsheet_takes_an_answer_for_a_formula(tmp_path: Path, evil: str):
    world = World(tmp_path)
    world.trainings = class_of_thirty(tmp_path).trainings
    world.responses = response("p1", {"a18": safe(evil)})
    out = run(world)
    with (out / "microdata.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'" + evil in cells
    assert not any(cell.startswith(tuple("=+-@\t\r")) for cell in cells)


@pytest.mark.parametrize("text", [*EVIL, "'=1", "'", "''=x", "-3", "+2.5", "biasa", "", "a'b"])
def test_the_mark_comes_off_again(text: str):
    assert bare(safe(text)) == (text if text != "'=1" else "=1")


def test_the_csv_is_that_of_the_rfc():
    table = pd.DataFrame({"a": ["satu, dua", "dua\nbaris"], "b": ['kata "kutip"', "é"]})
    written = csv_bytes(table)
    assert written == 'a,b\r\n"satu, dua","kata ""kutip"""\r\n"dua\nbaris",é\r\n'.encode()
    assert list(csv.reader(io.StringIO(written.decode(), newline="")))[2] == ["dua\nbaris", "é"]


def test_a_table_that_breaks_the_contract_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    world = class_of_thirty(tmp_path)
    world.responses[0]["round"] = "x"
    world.write()
    code = main([
        str(tmp_path / "responses.csv"), str(tmp_path / "codebook.csv"), "--trainings", str(tmp_path / "trainings.csv"),
        "--study", str(ROOT / "config/study.toml"), "--texts", str(ROOT / "config/texts"), "--out", str(tmp_path / "o"),
    ])  # fmt: skip
    assert code == 2
    assert capsys.readouterr().err.startswith("evaluation: responses.csv, row 2")
    assert not (tmp_path / "o").exists()
