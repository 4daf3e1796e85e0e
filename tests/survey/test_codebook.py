"""The codebook says to the analyst what every variable and code means."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from bot.survey.codebook import COLUMNS, rows
from bot.survey.questionnaire import Item, Option, Questionnaire
from bot.survey.xlsform import compile_form

FOLDER = Path(__file__).parents[2] / "config" / "questionnaires"

SMALL = Questionnaire(
    "coba",
    "7-ab",
    {"id": "Coba"},
    ("id", "en"),
    (
        Item("h", "hidden"),
        Item(
            "a",
            "select_one",
            {"id": "Puas?", "en": "Content?"},
            options=(
                Option("1", {"id": "Ya", "en": "Yes"}, score=1),
                Option("2", {"id": "Agak", "en": "Rather"}, score=0.5),
                Option("tt", {"id": "Tidak tahu", "en": "Don't know"}, missing="dont_know"),
            ),
            relevant="${h} != ''",
            dimension="materi",
            level="1",
            moment="now",
            pair="k1",
            scm="hasil",
        ),
    ),
)


@cache
def built_in(form: str) -> tuple[Mapping[str, str], ...]:
    return tuple(rows(compile_form(FOLDER / f"{form}.md")))


def test_a_code_has_a_row_with_the_label_the_person_saw():
    assert list(rows(SMALL))[1] == {
        "questionnaire": "coba",
        "version": "7-ab",
        "position": "2",
        "item": "a",
        "type": "select_one",
        "label": "Puas?",
        "dimension": "materi",
        "level": "1",
        "moment": "now",
        "pair": "k1",
        "scm": "hasil",
        "value": "1",
        "value_label": "Ya",
        "score": "1",
        "missing": "",
        "relevant": "${h} != ''",
    }


def test_a_code_that_is_no_answer_has_no_score_but_its_reason():
    told = [(row["value"], row["score"], row["missing"]) for row in rows(SMALL) if row["value"]]
    assert told == [("1", "1", ""), ("2", "0.5", ""), ("tt", "", "dont_know")]


def test_an_item_without_options_has_one_row():
    first = next(rows(SMALL))
    assert (first["item"], first["value"], first["position"]) == ("h", "", "1")


@pytest.mark.parametrize(
    "form", ["post_training", "followup_alumni", "followup_superior", "followup_peer", "interview"]
)
def test_every_row_has_the_agreed_columns_and_no_code_stands_twice(form):
    book = built_in(form)
    assert all(set(row) == set(COLUMNS) for row in book)
    keys = [(row["item"], row["value"]) for row in book]
    assert len(keys) == len(set(keys))


def test_the_pairs_of_before_now_and_later_meet_across_questionnaires():
    moments = {
        (row["pair"], row["moment"])
        for form in ("post_training", "followup_alumni")
        for row in built_in(form)
        if row["pair"]
    }
    assert moments == {
        (pair, moment) for pair in ("k1", "k2") for moment in ("now", "retro_pre", "followup")
    }
