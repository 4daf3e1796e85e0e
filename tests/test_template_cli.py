"""A questionnaire saved as a workbook is the same questionnaire."""

from pathlib import Path

import pytest

from bot.survey.xlsform import compile_form
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
