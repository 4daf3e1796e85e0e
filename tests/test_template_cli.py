"""A questionnaire saved as a workbook is the same questionnaire; the documented template explains itself."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import check_cli
from bot.survey.form_columns import ITEM_COLUMNS, OPTION_COLUMNS
from bot.survey.xlsform import compile_form
from bot.template_book import TYPES
from bot.template_cli import main

BUILT_IN = sorted((Path(__file__).parents[1] / "config" / "questionnaires").glob("*.md"))


@pytest.mark.parametrize("form", BUILT_IN, ids=lambda form: form.stem)
def test_a_built_in_form_saved_as_a_workbook_compiles_to_the_same(tmp_path, form):
    out = tmp_path / "form.xlsx"
    assert main([str(form), "--out", str(out)]) == 0
    assert compile_form(out) == compile_form(form)


def test_a_form_with_mistakes_is_told_and_nothing_is_written(tmp_path, capsys):
    (tmp_path / "a.md").write_text("Bukan tabel.", encoding="utf-8")
    assert main([str(tmp_path / "a.md"), "--out", str(tmp_path / "a.xlsx")]) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "a.xlsx").exists()


@pytest.fixture
def documented(tmp_path) -> Path:
    out = tmp_path / "contoh.xlsx"
    assert main(["--out", str(out)]) == 0
    return out


def test_the_documented_template_passes_the_check_without_a_line(documented, capsys):
    capsys.readouterr()
    assert check_cli.main([str(documented)]) == 0
    assert capsys.readouterr().out == ""


def test_every_column_of_ours_stands_in_the_template_and_is_explained(documented):
    book = load_workbook(documented)
    explained = {(row[0].value, row[1].value): row[2].value for row in book["Petunjuk"].iter_rows()}
    for sheet, columns in (("survey", ITEM_COLUMNS), ("choices", OPTION_COLUMNS)):
        headings = [str(cell.value).partition("::")[0] for cell in book[sheet][1]]
        assert columns <= set(headings)
        assert all(explained[sheet, heading] for heading in headings)


def test_every_heading_carries_its_explanation_as_a_note(documented):
    book = load_workbook(documented)
    cells = [cell for sheet in ("survey", "choices", "settings") for cell in book[sheet][1]]
    assert all(cell.comment is not None and len(cell.comment.text) > 10 for cell in cells)


def test_cells_that_know_few_words_offer_them(documented):
    book = load_workbook(documented)
    offered = {
        (
            sheet,
            str(book[sheet].cell(1, next(iter(rule.sqref.ranges)).min_col).value),
        ): rule.formula1
        for sheet in ("survey", "choices")
        for rule in book[sheet].data_validations.dataValidation
    }
    assert offered["survey", "moment"] == '"now,retro_pre,followup"'
    assert offered["choices", "exclusive"] == '"yes"'
    types = offered["survey", "type"].split("!")[1].replace("$", "")
    words = [row[0].value for row in book["Petunjuk"][types]]
    assert words == list(TYPES)


@pytest.mark.parametrize("word", TYPES)
def test_every_type_that_is_suggested_runs(word, tmp_path):
    listed = " yn" if word in {"select_one", "select_multiple", "rank"} else ""
    rows = {
        "begin_group": "| | begin_group | g | G | |\n| | end_group | | | |",
        "end_group": "| | begin_group | g | G | |\n| | end_group | | | |",
        "begin_repeat": "| | begin_repeat | r | R | 2 |\n| | text | x | X | |\n| | end_repeat | | | |",
        "end_repeat": "| | begin_repeat | r | R | 2 |\n| | text | x | X | |\n| | end_repeat | | | |",
        "calculate": "| | calculate | b | | |",
    }
    row = rows.get(word, f"| | {word}{listed} | b | B | |")
    text = (
        "| survey | type | name | label | repeat_count | calculation |\n"
        f"| | text | a | A | | |\n{row.replace(chr(10), ' |' + chr(10))} {'1 + 1' if word == 'calculate' else ''} |\n"
        "| choices | list_name | name | label |\n| | yn | y | Ya |\n| | yn | n | Tidak |\n"
        "| settings | form_id | form_title |\n| | coba | Coba |\n"
    )
    (tmp_path / "coba.md").write_text(text, encoding="utf-8")
    assert compile_form(tmp_path / "coba.md").items


def test_the_instructions_are_written_in_english_too(tmp_path):
    assert main(["--lang", "en", "--out", str(tmp_path / "a.xlsx")]) == 0
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == [
        "survey",
        "choices",
        "settings",
        "Guide",
    ]
