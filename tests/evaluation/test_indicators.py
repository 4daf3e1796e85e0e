"""Every indicator of study.toml reaches the results, from the built-in forms themselves."""

import random
import tomllib
from pathlib import Path

import pytest

from bot.survey import codebook
from bot.survey.xlsform import compile_form
from evaluation.indicators import Indicator, Line
from evaluation.report.model import Table
from evaluation.results import TrainingResult
from tests.evaluation.report.test_report_chapters import document
from tests.evaluation.tables import ROLES, ROOT, World, response, round_, training

FORMS = ("post_training", "followup_alumni", "followup_superior")
WANTED: dict[str, list[str]] = tomllib.loads((ROOT / "config/study.toml").read_text("utf-8"))[
    "indicators"
]
Codes = dict[str, str]


def forms() -> dict[str, list[Codes]]:
    return {
        kind: list(codebook.rows(compile_form(ROOT / f"config/questionnaires/{kind}.md")))
        for kind in (*FORMS, "interview")
    }


def answers_of(rows: list[Codes], draw: random.Random) -> dict[str, str]:
    """One whole response: an answer to every question, none of them "do not know"."""
    answers = {}
    for item in dict.fromkeys(row["item"] for row in rows):
        mine = [row for row in rows if row["item"] == item]
        codes = [row["value"] for row in mine if row["value"] and not row["missing"]]
        kind = mine[0]["type"]
        if kind in {"select_one", "select_multiple"}:
            answers[item] = draw.choice(codes)
        elif kind == "range":
            answers[item] = str(draw.randint(0, 10))
        elif kind == "text":
            answers[item] = "Contoh nyata"
    return answers


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    draw, books = random.Random(1), forms()
    rounds = [round_(kind, "closed") for kind in FORMS]
    world = World(tmp_path_factory.mktemp("forms"), trainings=[training("MKD-2", *rounds)])
    world.codes = [row for rows in books.values() for row in rows]
    for kind in FORMS:
        version = books[kind][0]["version"]
        for place in range(20):
            who, about = (
                (f"s{place}", f"p{place}") if ROLES[kind] == "superior" else (f"p{place}", "")
            )
            rows = response(who, answers_of(books[kind], draw), kind=kind, about=about)
            world.responses += [row | {"version": version} for row in rows]
    return world


@pytest.fixture(scope="module")
def result(world: World) -> TrainingResult:
    return world.results().trainings[0]


def line(result: TrainingResult, name: str, entry: str) -> Line:
    indicator = next(each for each in result.indicators if each.name == name)
    found = {
        f"{each.item}={each.code}" if each.code else each.item: each for each in indicator.lines
    }
    return found[entry]


def test_every_indicator_of_the_study_is_there_in_its_order(result: TrainingResult):
    assert [each.name for each in result.indicators] == list(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_every_question_of_an_indicator_reaches_the_results(result: TrainingResult, name: str):
    for entry in WANTED[name]:
        found = line(result, name, entry)
        if entry == "d30":  # asked in interviews only, of which there are none here
            assert (found.round, found.cell) == ("", None)
            assert found.label
            continue
        assert found.cell is not None, entry
        assert found.round in FORMS
        assert found.label, entry
        assert found.code_label or not found.code, entry


def test_every_indicator_is_a_table_of_the_report_with_all_its_questions(world: World):
    """But d30, which is asked in interviews only."""
    annex = document(world).annex
    shown = [len(block.rows) for block in annex if isinstance(block, Table)][1 : len(WANTED) + 1]
    assert shown == [len([entry for entry in WANTED[name] if entry != "d30"]) for name in WANTED]


def test_an_entry_with_a_code_has_the_share_that_named_it(result: TrainingResult):
    found = line(result, "anggaran", "b13=anggaran")
    assert found.cell is not None
    assert found.share is not None
    assert found.share.k == found.cell.numbers["n_anggaran"]
    assert (found.share.n, found.share.share) == (20, found.share.k / 20)


def test_of_yes_and_no_the_share_of_yes_is_there(result: TrainingResult):
    found = line(result, "sinergi", "b15")
    assert found.cell is not None
    assert found.share is not None
    assert found.share.k == found.cell.numbers["n_ya"]


def test_an_item_that_no_form_asks_has_a_line_without_numbers(tmp_path: Path):
    (indicator,) = [
        each
        for each in World(tmp_path, trainings=[training()]).results().trainings[0].indicators
        if each.name == "terencana_terarah"
    ]
    assert isinstance(indicator, Indicator)
    assert {(each.cell, each.share) for each in indicator.lines} == {(None, None)}
