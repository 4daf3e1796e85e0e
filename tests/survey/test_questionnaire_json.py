"""What is stored of a questionnaire comes back equal."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from bot.survey.questionnaire import Item, Option, Questionnaire, in_language
from bot.survey.questionnaire_json import from_json, to_json
from bot.survey.xlsform import compile_form

FOLDER = Path(__file__).parents[2] / "config" / "questionnaires"

FULL_OPTION = Option(
    "tt", {"id": "Tidak tahu"}, 0.0, "dont_know", exclusive=True, free_text=True, fixed=True,
    end="refused", extra={"group": "g"},
)  # fmt: skip
FULL_ITEM = Item(
    "a", "select_one", {"id": "A?"}, {"id": "Hint"}, (FULL_OPTION,), required=True,
    relevant="${b} = 1", constraint=". > 1", constraint_messages={"id": "Salah"},
    choice_filter="name = 1", calculation="1 + 1", default="x",
    computed_default="today()", read_only=True, required_messages={"id": "Mohon diisi"}, randomize=True, start=1, stop=9,
    step=2, section={"id": "S"}, dimension="d", level="3", moment="now", pair="k1", scm="hasil",
    voice=True, probes=({"id": "Kapan?", "en": "When?"}, {"id": "Siapa?"}), once_per_respondent=True, store_as="kept",
    extra={"ltsi": "x"},
)  # fmt: skip


def form(*items: Item) -> Questionnaire:
    return Questionnaire("coba", "1-ab", {"id": "Coba"}, ("id", "en"), items)


def test_every_property_survives():
    for record in (FULL_ITEM, FULL_OPTION):
        unset = [
            field.name for field in fields(record) if getattr(record, field.name) == field.default
        ]
        assert unset == [], "give it a value here, so that this test covers it"
    assert from_json(to_json(form(FULL_ITEM))) == form(FULL_ITEM)


def test_probes_that_were_stored_in_one_language_can_still_be_read():
    old = to_json(form(FULL_ITEM)).replace('{"id":"Siapa?"}', '"Siapa?"')
    assert in_language(from_json(old).item("a").probes[1], "en") == "Siapa?"


def test_that_a_form_is_anonymous_survives():
    anonymous = replace(form(FULL_ITEM), anonymous=True)
    assert from_json(to_json(anonymous)) == anonymous
    assert "anonymous" not in to_json(form(FULL_ITEM))


def test_defaults_are_not_written_so_that_a_new_property_changes_no_stored_form():
    stored = json.loads(to_json(form(Item("a", "text", {"id": "A?"}))))
    assert stored["items"] == [{"name": "a", "kind": "text", "labels": {"id": "A?"}}]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_a_built_in_form_survives(path):
    questionnaire = compile_form(path)
    assert from_json(to_json(questionnaire)) == questionnaire
