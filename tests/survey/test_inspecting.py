"""A form is looked at as a whole: a row that pyxform refuses does not hide what is wrong in the others."""

import pytest

from bot.survey.form_problems import QuestionnaireProblems
from bot.survey.xlsform import compile_form, inspect_form
from tests.survey.test_xlsform import GOOD, HEAD, form

BAD = f"""{HEAD} relevant |
| | text | a | A? | A? | ${{nowhere}} = 1 |
| | text | b | | B? | foo(1) |
| | select_one unknown | c | C? | C? | |"""


def test_what_pyxform_refuses_comes_first_and_hides_nothing(tmp_path):
    told = [str(problem) for problem in inspect_form(form(tmp_path, BAD)).problems]
    assert [line.split(":")[0] for line in told] == [
        "survey, row 2", "survey, row 4", "survey, row 3", "survey, row 3",
    ]  # fmt: skip
    assert "nowhere" in told[0]
    assert "unknown" in told[1]


def test_a_form_that_is_used_is_still_refused_at_the_first_such_row(tmp_path):
    with pytest.raises(QuestionnaireProblems) as refused:
        compile_form(form(tmp_path, BAD))
    assert len(refused.value.problems) == 1


def test_a_good_form_has_no_problem_and_brings_its_rows_and_settings(tmp_path):
    inspected = inspect_form(form(tmp_path, GOOD))
    assert inspected.problems == ()
    assert inspected.form is not None
    assert inspected.form.sheets.item("a") == 2
    assert inspected.form.settings["version"] == "7"


def test_a_file_that_is_no_form_is_a_problem_and_no_exception(tmp_path):
    inspected = inspect_form(tmp_path / "none.md")
    assert [problem.what for problem in inspected.problems] == ["There is no such file."]
    assert inspected.form is None
