"""Tables that break the contract: one clear line with file, row and column, exit code 2 and nothing written."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from evaluation.__main__ import main as summary
from evaluation.comparison import main as comparison
from evaluation.microdata.__main__ import main as microdata
from evaluation.report.__main__ import main as report
from tests.evaluation.tables import MONDAY, ROOT, World, class_of_thirty, response, round_, training

Break = Callable[[World], None]
Command = Callable[[Sequence[str]], int]


def first_answer(world: World) -> dict[str, str]:
    return next(row for row in world.responses if row["item"] == "a01")


def set_first(column: str, value: str) -> Break:
    return lambda world: world.responses[0].update({column: value})


def set_answer(column: str, value: str) -> Break:
    return lambda world: first_answer(world).update({column: value})


def set_training(column: str, value: str) -> Break:
    return lambda world: world.trainings[0].update({column: value})


BROKEN: list[tuple[Break, str]] = [
    (set_first("disposition", "done"), "responses.csv, row 2, column disposition: 'done' is not one of"),
    (set_first("round", "pretest"), "responses.csv, row 2, column round: 'pretest' is not one of"),
    (set_first("role", "boss"), "responses.csv, row 2, column role: 'boss' is not one of"),
    (set_first("training", "?"), "responses.csv, row 2, column training: '?' is not in the table of trainings"),
    (set_first("completed_at", "2027-01-26 10:00"), "responses.csv, row 2, column completed_at: '2027-01-26 10:00' is not an ISO"),
    (set_first("completed_at", "yesterday+07:00"), "responses.csv, row 2, column completed_at: 'yesterday+07:00' is not"),
    (set_first("respondent", ""), "responses.csv, row 2, column respondent: '' is empty"),
    (set_answer("item", "zz"), "responses.csv, row 3, column item: 'post_training 1 zz' is not in the codebook"),
    (set_answer("version", "9"), "responses.csv, row 3, column item: 'post_training 9 a01' is not in the codebook"),
    (set_answer("value", "7"), "responses.csv, row 3, column value: '7' is no code of this item"),
    (set_answer("missing", "lost"), "responses.csv, row 3, column missing: 'lost' is not one of"),
    (lambda w: w.responses.append(dict(w.responses[0])), "column item: this item of this response stands twice"),
    (lambda w: w.responses.pop(0), "responses.csv, row 2, column item: 'a01' belongs to a response without its own row"),
    (lambda w: w.codes.append(dict(w.codes[0])), "codebook.csv, row"),
    (lambda w: w.codes[0].update(score="high"), "codebook.csv, row 2, column score: 'high' is not a number"),
    (lambda w: w.codes[0].update(score="1e308"), "codebook.csv, row 2, column score: '1e308' is not a number, or too large a one"),
    (lambda w: w.codes[0].update(score="inf"), "codebook.csv, row 2, column score: 'inf' is not a number"),
    (lambda w: w.codes[0].update(position="x"), "codebook.csv, row 2, column position: 'x' is not a number"),
    (lambda w: w.codes[0].update(type="slider"), "codebook.csv, row 2, column type: 'slider' is not one of"),
    (set_training("ends_on", "16/10/2026"), "trainings.csv, row 2, column ends_on: '16/10/2026' does not fit"),
    (set_training("participants", "thirty"), "trainings.csv, row 2, column participants: 'thirty' does not fit"),
    (set_training("competences", '"RKA"'), "trainings.csv, row 2, column competences: '\"RKA\"' does not fit"),
    (set_training("rounds", "{"), "trainings.csv, row 2, column rounds: '{' does not fit"),
    (set_training("rounds", '[{"kind": "x", "state": "open"}]'), "trainings.csv, row 2, column rounds"),
    (set_training("rounds", "{}"), "trainings.csv, row 2, column rounds: '{}' does not fit: a list is needed."),
    (set_training("rounds", "[5]"), "trainings.csv, row 2, column rounds: '[5]' does not fit: 5 is no round"),
    (set_training("rounds", "[" * 100_000), "column rounds: '" + "[" * 60 + "...' does not fit"),
    (set_training("rounds", json.dumps([round_("post_training"), round_("post_training")])), "'post_training' stands twice."),
    (set_training("rounds", json.dumps([round_("post_training", connected=-4)])), "connected is -4, which is below 0"),
    (set_training("rounds", json.dumps([round_("post_training", closes_at="9999-12-31T23:59:59-07:00")])), "is not between 1900 and 2199"),
    (set_training("participants", "-3"), "column participants: '-3' does not fit: participants is -3, which is below 0"),
    (set_training("starts_on", "0001-01-01"), "column starts_on: '0001-01-01' does not fit: '0001-01-01' is not between 1900 and 2199"),
    (lambda w: w.trainings.append(training()), "trainings.csv, row 3, column training: 'MKD-2' stands twice"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "message"), BROKEN)
def test_a_broken_table_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Break, message: str
):
    world = class_of_thirty(tmp_path, answered=6)
    spoil(world)
    assert world.run() == 2
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_code_of_several_that_is_unknown_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    world = class_of_thirty(tmp_path, answered=6)
    next(row for row in world.responses if row["item"] == "a16").update(value="waktu hujan")
    assert world.run() == 2
    assert "column value: 'hujan' is no code of this item" in capsys.readouterr().err


def test_a_number_that_is_none_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    world = class_of_thirty(tmp_path, answered=6)
    next(row for row in world.responses if row["item"] == "a17").update(value="sepuluh")
    assert world.run() == 2
    assert "column value: 'sepuluh' is not a number" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "value"),
    [("rank", "waktu rekan"), ("acknowledge", "OK"), ("time", "08:30:00.000+07:00"), ("datetime", "2027-01-26T08:30:00.000+07:00"),
     ("audio", "suara-1"), ("image", "gambar-1"), ("file", "berkas-1")],
)  # fmt: skip
def test_every_type_a_form_may_have_is_evaluated(tmp_path: Path, kind: str, value: str):
    world = class_of_thirty(tmp_path, answered=6)
    for row in world.codes:
        row["type"] = kind if row["item"] == "a18" else row["type"]
    world.responses += response("p90", {"a18": value})
    world.tell()
    assert world.cells("post_training")["index:materi"]["n"] == 6


ARGUMENTS = [
    (("--as-of", "2027-02-01T08:00:00"), "--as-of: '2027-02-01T08:00:00' has no offset"),
    (("--as-of", "monday"), "--as-of: 'monday' is not an ISO time"),
    (("--week", "2027-W60"), "--week: '2027-W60' is no ISO week"),
    (("--week", "next"), "--week: 'next' is no ISO week"),
    (("--week", "0001-W01"), "--week: '0001-W01' is no ISO week"),
    (
        ("--as-of", "9999-12-31T23:59:59-07:00"),
        "--as-of: '9999-12-31T23:59:59-07:00' is not between 1900 and 2199",
    ),
    (
        ("--as-of", "0001-01-01T00:00:00+07:00"),
        "--as-of: '0001-01-01T00:00:00+07:00' is not between 1900 and 2199",
    ),
    (("--language", "xx"), "evaluation.xx.po: cannot be read"),
    (("--texts", "nowhere"), "evaluation.id.po: cannot be read"),
    (("--study", "nowhere.toml"), "nowhere.toml: cannot be read"),
    (("--trainings", "nowhere.csv"), "nowhere.csv: there is no such file"),
]


@pytest.mark.parametrize(("more", "message"), ARGUMENTS)
def test_a_wrong_argument_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], message: str
):
    assert class_of_thirty(tmp_path, answered=6).run(*more) == 2
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1


def test_a_study_without_k_names_the_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    study = tmp_path / "study.toml"
    study.write_text(
        (ROOT / "config/study.toml").read_text(encoding="utf-8").replace("\nk = 5", "\n")
    )
    assert class_of_thirty(tmp_path, answered=6).run("--study", str(study)) == 2
    assert "study.toml: the key 'k' is missing" in capsys.readouterr().err


WRONG_STUDIES = [
    ("factor = 25 ", "factor = 0 ", "index.factor is 0, which is not between 1 and 1000"),
    ("factor = 25 ", "factor = nan ", "index.factor is nan"),
    ("from = 65.00", "from = 80.00", "76.61 comes after 80"),
    ("from = 65.00", 'from = "NaN"', "index.bands.from is NaN"),
    ("from = 65.00", "from = inf", "index.bands.from is"),
    ("target_rate = 0.9", "target_rate = 90", "rounds.post_training.target_rate is 90, which is not between 0 and 1"),
    ("target_rate = 0.9", "target_rate = nan", "rounds.post_training.target_rate is nan"),
    ('materi = ["a01", "a02", "a03"]', 'materi = "a01"', "indicators.materi is 'a01', which is no list"),
    ("weekday = 1", "weekday = 8", "summary.weekday is 8, which is not between 1 and 7"),
    ("[indicators]", "[[indicators]]", "indicators is [{"),
    ("Asia/Jakarta", "Mars/Base", "office.zone: No time zone found with key Mars/Base"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "message"), WRONG_STUDIES)
def test_a_wrong_number_of_the_study_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], right: str, wrong: str, message: str
):
    study, text = tmp_path / "study.toml", (ROOT / "config/study.toml").read_text(encoding="utf-8")
    assert right in text
    study.write_text(text.replace(right, wrong), encoding="utf-8")
    assert class_of_thirty(tmp_path, answered=6).run("--study", str(study)) == 2
    assert message in capsys.readouterr().err


def test_a_file_where_the_folder_should_be_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert class_of_thirty(tmp_path, answered=6).run() == 2
    assert "--out: 'out' is no folder and cannot become one." in capsys.readouterr().err


CANNOT_BE_WRITTEN = [
    (summary, "summary.txt", ()), (summary, "summary.json", ()), (summary, "results.xlsx", ()),
    (report, "laporan.docx", ("--training", "MKD-2")), (report, "instruktur-9", ("--training", "MKD-2")),
    (comparison, "comparison.txt", ()), (microdata, "microdata.csv", ()),
]  # fmt: skip


@pytest.mark.parametrize(("command", "name", "more"), CANNOT_BE_WRITTEN)
def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Command, name: str, more: tuple[str, ...]
):  # fmt: skip
    """A folder stands in its way here; a full disk is told by the same line."""
    world = class_of_thirty(tmp_path, answered=6)
    world.write()
    (tmp_path / "out" / name).mkdir(parents=True)
    week = ("--as-of", MONDAY) if command is not microdata else ()
    names = ("responses", "codebook", "trainings")
    responses, codes, trainings = (str(tmp_path / f"{each}.csv") for each in names)
    given = [responses, codes, "--trainings", trainings, "--study", str(ROOT / "config/study.toml")]
    given += ["--texts", str(ROOT / "config/texts"), "--out", str(tmp_path / "out"), *week, *more]
    assert command(given) == 2
    assert capsys.readouterr().err == f"evaluation: {name}: cannot be written (Is a directory).\n"


def test_a_register_in_no_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    world = class_of_thirty(tmp_path, answered=6)
    assert world.run("--releases", str(tmp_path / "nowhere/register.json")) == 2
    told = capsys.readouterr().err
    assert told == "evaluation: register.json.new: cannot be written (No such file or directory).\n"


def test_a_study_with_k_of_one_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    study = tmp_path / "study.toml"
    study.write_text(
        (ROOT / "config/study.toml").read_text(encoding="utf-8").replace("\nk = 5", "\nk = 1")
    )
    assert class_of_thirty(tmp_path, answered=6).run("--study", str(study)) == 2
    assert "a group of one would be shown" in capsys.readouterr().err


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    world = class_of_thirty(tmp_path, answered=6)
    world.write()
    (tmp_path / "latin.csv").write_bytes("training;judul é".encode("latin-1"))
    assert world.run("--trainings", str(tmp_path / "latin.csv")) == 2
    assert "latin.csv: is not UTF-8" in capsys.readouterr().err


def test_a_missing_column_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    world = class_of_thirty(tmp_path, answered=6)
    (tmp_path / "few.csv").write_text("training,title\nMKD-2,Keuangan\n")
    assert world.run("--trainings", str(tmp_path / "few.csv")) == 2
    assert "few.csv: lacks the column cohort, starts_on, ends_on" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["codebook", "trainings"])
@pytest.mark.parametrize("every", [True, False])
def test_a_row_with_more_fields_than_the_header_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, every: bool
):
    """An unquoted comma moves all that follows it by a column."""
    world = class_of_thirty(tmp_path, answered=6)
    world.write()
    path = tmp_path / f"{name}.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    longer = [row + ",x" if every or row == rows[-1] else row for row in rows]
    path.write_text("\n".join([header, *longer]) + "\n", encoding="utf-8")
    assert summary(world.arguments()) == 2
    told = capsys.readouterr().err
    place = 2 if every else len(rows) + 1
    assert f"{name}.csv, row {place}: has more fields than the header." in told
    assert told.count("\n") == 1


def test_an_identifier_that_looks_like_a_number_stays_text(tmp_path: Path):
    world = World(tmp_path, trainings=[training("007", round_("post_training"))])
    for person in range(5):
        world.responses += response(f"0{person}", {"a01": "3"}, training="007")
    world.tell()
    assert world.cells("post_training", "007")["index:materi"]["n"] == 5


SAME_TITLE = [
    ({"A": "2026-10-16", "B": "2027-10-16"}, ["Latsar (2026)", "Latsar (2027)"]),
    ({"A": "2026-03-01", "B": "2026-10-16"}, ["Latsar (A)", "Latsar (B)"]),
    ({"A": "", "B": "2026-10-16"}, ["Latsar (A)", "Latsar (2026)"]),
    ({"A": "2026-10-16"}, ["Latsar"]),
]  # fmt: skip


@pytest.mark.parametrize(("ends", "titles"), SAME_TITLE)
def test_a_title_that_returns_is_told_apart_by_year_or_code(
    tmp_path: Path, ends: dict[str, str], titles: list[str]
):
    world = World(tmp_path)
    world.trainings = [
        training(code, title="Latsar") | {"ends_on": day, "cohort": ""}
        for code, day in ends.items()
    ]
    assert [each.training.title for each in world.results().trainings] == titles
