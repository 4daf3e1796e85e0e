"""SPSS files: every cell read back by something that did not write it."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from evaluation.microdata.names import names
from evaluation.microdata.questions import MISSING
from evaluation.microdata.sav import ResponseSet, Variable, sav, seconds_of
from tests.evaluation.micro import cases, run
from tests.evaluation.sav_reader import Read, read_sav
from tests.evaluation.tables import World, class_of_thirty, response


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(class_of_thirty(tmp_path_factory.mktemp("micro"), followed=24, superiors=18))


@pytest.mark.parametrize("name", ["post_training", "followup_alumni", "followup_superior"])
def test_every_cell_of_a_system_file_is_read_back(tmp_path: Path, made: Path, name: str):
    wanted = cases(class_of_thirty(tmp_path, followed=24, superiors=18), name)
    read = read_sav((made / f"{name}.sav").read_bytes())
    assert [one.name for one in read.variables] == [
        column.variable.name for column in wanted.columns
    ]
    assert read.cases == [
        tuple(("" if one.variable.bytes else None) if datum is None else datum for one, datum in zip(wanted.columns, row, strict=True))
        for row in wanted.rows()
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["post_training", "followup_alumni", "followup_superior"])
def test_pyreadstat_reads_the_same(tmp_path: Path, made: Path, name: str):
    wanted = cases(class_of_thirty(tmp_path, followed=24, superiors=18), name)
    table, meta = pyreadstat.read_sav(
        made / f"{name}.sav", user_missing=True, disable_datetime_conversion=True
    )
    for column in wanted.columns:
        variable = column.variable
        values = [None if pd.isna(datum) else datum for datum in table[variable.name]]
        assert values == [("" if variable.bytes else None) if datum is None else datum for datum in column.data]  # fmt: skip
        assert meta.column_names_to_labels[variable.name] == variable.label
        assert meta.variable_value_labels.get(variable.name, {}) == dict(variable.labels)
        assert meta.variable_measure[variable.name] == variable.measure
        ranges = [{"lo": variable.missing[0], "hi": variable.missing[1]}] if variable.missing else None  # fmt: skip
        assert meta.missing_ranges.get(variable.name) == ranges


@pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not installed here")
def test_pspp_counts_the_same_answers_and_leaves_the_missing_out(made: Path, tmp_path: Path):
    syntax = tmp_path / "count.sps"
    syntax.write_text(f"GET FILE='{made}/post_training.sav'.\nFREQUENCIES a04_1.\n", "utf-8")
    told = subprocess.run(["pspp", str(syntax)], capture_output=True, text=True, check=True).stdout
    assert "warning" not in told
    assert "Tidak berlaku" in told or "Tidak dapat menilai" in told or "Missing" in told


def test_reasons_for_no_answer_are_user_missing_and_never_a_number(tmp_path: Path):
    world = World(tmp_path)
    world.trainings = class_of_thirty(tmp_path).trainings
    world.responses = [
        *response("p1", {"a01": "!skipped", "a02": "3", "a04_1": "!refused", "a16": "!dont_know"}),
        *response("p2", {}, disposition="noncontact"),
    ]
    found = {column.variable.name: column for column in cases(world).columns}
    assert found["a01"].data == (MISSING["skipped"], None)
    assert found["a02"].data == (3.0, None)
    assert found["a04_1"].data == (MISSING["refused"], None)
    assert found["a16_anggaran"].data == (MISSING["dont_know"], None)
    assert found["a07"].data == (MISSING["not_asked"], None)
    assert found["a01"].variable.missing == (-99.0, -70.0)
    assert found["a01"].variable.labels[MISSING["skipped"]] == "Dilewati"


def test_a_code_that_means_no_answer_keeps_the_words_of_the_question(tmp_path: Path):
    world = World(tmp_path)
    world.trainings = class_of_thirty(tmp_path).trainings
    rows = response("p1", {"a04_1": "tb"})
    rows[-1]["missing"] = "dont_know"
    world.responses = rows
    column = next(one for one in cases(world).columns if one.variable.name == "a04_1")
    assert column.data == (MISSING["dont_know"],)
    assert column.variable.labels[MISSING["dont_know"]] == "Tidak dapat menilai"


def test_measure_levels_follow_the_questions(made: Path):
    measures = {one.name: one.measure for one in read_sav((made / "post_training.sav").read_bytes()).variables}  # fmt: skip
    assert measures["a01"] == "ordinal"
    assert measures["a17"] == "scale"
    assert measures["a16_anggaran"] == "nominal"
    assert measures["unit_group"] == "nominal"


def test_several_choices_are_a_multiple_response_set(made: Path):
    read = read_sav((made / "post_training.sav").read_bytes())
    codes = ("anggaran", "atasan", "rekan", "waktu", "lainnya", "tidak_ada")
    assert read.sets == {"$a16": [f"a16_{code}" for code in codes]}


def test_a_question_whose_type_changed_becomes_a_second_variable(tmp_path: Path):
    world = World(tmp_path)
    world.trainings = class_of_thirty(tmp_path).trainings
    newer = [
        row | {"version": "2"} for row in world.codes if row["questionnaire"] == "post_training"
    ]
    newer = [row | {"type": "text", "value": "", "score": "", "missing": ""} if row["item"] == "a01" else row for row in newer]  # fmt: skip
    world.codes += [row for number, row in enumerate(newer) if row["item"] != "a01" or newer[number - 1]["item"] != "a01"]  # fmt: skip
    second = [row | {"version": "2"} for row in response("p2", {"a01": "bagus"})]
    world.responses = [*response("p1", {"a01": "3"}), *second]
    found = {column.variable.name: column.data for column in cases(world).columns}
    assert found["a01"] == (None, "bagus")
    assert found["a01_2"] == (3.0, MISSING["not_asked"])


WANTED = ["a01", "A01", "1x", "with", "a.b-c", "ü", "x" * 70, "x" * 70, "_a_", "nama pelatihan"]


def test_names_are_such_as_spss_accepts_and_each_once():
    found = names(WANTED)
    assert found[:6] == ["a01", "A01_2", "v_1x", "v_with", "a_b_c", "v"]
    assert len({name.upper() for name in found}) == len(WANTED)
    assert all(len(name) <= 64 and name[0].isalpha() and name[-1] not in "._" for name in found)


def _texts() -> Iterator[str]:
    yield ""
    for size in (1, 7, 8, 9, 254, 255, 256, 257, 503, 504, 505, 1300, 9000):
        yield "".join(chr(65 + number % 26) for number in range(size))
    yield "é" * 200


@pytest.mark.parametrize("text", list(_texts()), ids=lambda text: str(len(text)))
def test_a_text_of_any_length_survives(text: str):
    variables = [Variable("isi", "Isi", "nominal", bytes=max(len(text.encode()), 1)), Variable("n", "", "scale")]  # fmt: skip
    read = read_sav(sav(variables, [(text, 1.0), ("", 2.0)], [], "", date(2027, 2, 1)))
    assert read.cases == [(text, 1.0), ("", 2.0)]


def test_numbers_of_every_kind_survive():
    numbers = (
        0.0,
        1.0,
        -99.0,
        151.0,
        152.0,
        -100.0,
        0.5,
        1e300,
        None,
        seconds_of(date(2027, 1, 5)),
    )
    read: Read = read_sav(
        sav([Variable("n", "", "scale")], [(n,) for n in numbers], [], "", date(2027, 2, 1))
    )
    assert [case[0] for case in read.cases] == list(numbers)


def test_a_label_too_long_is_cut_between_letters():
    variable = Variable("n", "é" * 300, "nominal", labels={1.0: "é" * 100})
    read = read_sav(sav([variable], [(1.0,)], [], "", date(2027, 2, 1)))
    assert read.variables[0].label == "é" * 127
    assert read.variables[0].labels == {1.0: "é" * 60}


def test_nobody_at_all_gives_a_file_all_the_same():
    read = read_sav(sav([Variable("n", "N", "scale")], [], [ResponseSet("m", "", ("n",))], "", date(2027, 2, 1)))  # fmt: skip
    assert read.cases == []
