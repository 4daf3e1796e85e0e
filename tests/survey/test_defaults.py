"""What a form proposes (default), what it only shows (read_only), and what it says before a required question is skipped."""

import pytest

from bot.survey.prompts import Notice
from bot.survey.record import Response, Typed
from bot.survey.response import answer, begin
from bot.survey.transcript import prompt_lines
from bot.survey.xlsform import compile_form
from tests.survey.forms import NOW, tapped
from tests.survey.test_xlsform import form, problems

COLUMNS = ("default", "calculation", "read_only", "constraint", "choice_filter", "parameters")
HEAD = "| survey | type | name | label::Indonesia (id) | label::English (en) | " + " | ".join(
    COLUMNS
)


def row(kind, name="b", label="B?", **cells):
    told = " | ".join(str(cells.get(column, "")) for column in COLUMNS)
    return f"| | {kind} | {name} | {label} | {label} | {told} |"


def written(tmp_path, *rows):
    return form(tmp_path, "\n".join((f"{HEAD} |", *rows)))


def begun(tmp_path, *rows):
    questionnaire = compile_form(written(tmp_path, *rows))
    return questionnaire, begin(questionnaire, Response(1, "coba", questionnaire.version), NOW)


@pytest.mark.parametrize(
    ("kind", "default", "label", "value"),
    [
        ("text", "Tidak ada", "Tidak ada", "Tidak ada"),
        ("integer", "12", "12", "12"),
        ("decimal", "2.5", "2,5", "2.5"),
        ("date", "2026-12-01", "1 Desember 2026", "2026-12-01"),
        ("date", "today()", "25 November 2026", "2026-11-25"),
        ("dateTime", "now()", "25 November 2026, 10.00", "2026-11-25T10:00"),
        ("time", "08:30", "08.30", "08:30"),
        ("integer", "3 + 4", "7", "7"),
        ("select_one yn", "tidak", "Tidak", "tidak"),
        ("range", "5", "5", "5"),
    ],
)
def test_the_default_is_proposed_and_becomes_the_answer_when_it_is_kept(
    tmp_path, kind, default, label, value
):
    questionnaire, turn = begun(tmp_path, row(kind, default=default))
    assert (turn.prompt.proposal, turn.prompt.can_keep) == (label, True)
    assert not turn.response.answers
    turn = tapped(questionnaire, turn, "keep")
    assert turn.response.answers["b"].value == value
    assert turn.response.stage == "done"


def test_a_transcript_says_what_is_proposed(tmp_path):
    _, turn = begun(tmp_path, row("date", default="2026-12-01"))
    assert "PROPOSED 1 Desember 2026" in list(prompt_lines(turn.prompt))


def test_another_answer_takes_the_place_of_the_default(tmp_path):
    questionnaire, turn = begun(tmp_path, row("integer", default="12"))
    turn = answer(questionnaire, turn.response, Typed("15"), NOW)
    assert turn.response.answers["b"].value == "15"


def test_a_skipped_question_keeps_no_default(tmp_path):
    questionnaire, turn = begun(tmp_path, row("integer", default="12"))
    turn = tapped(questionnaire, turn, "skip")
    assert turn.response.answers["b"].missing == "skipped"


def test_several_options_are_ticked_beforehand(tmp_path):
    questionnaire, turn = begun(tmp_path, row("select_multiple yn", default="ya tidak"))
    assert [view.chosen for view in turn.prompt.options] == [True, True]
    turn = tapped(questionnaire, turn, "off", "ya")
    turn = tapped(questionnaire, turn, "done")
    assert turn.response.answers["b"].value == "tidak"


def test_a_computed_default_looks_at_earlier_answers(tmp_path):
    questionnaire, turn = begun(
        tmp_path, row("integer", "a", "A?"), row("integer", default="${a} * 2")
    )
    turn = answer(questionnaire, turn.response, Typed("4"), NOW)
    assert turn.prompt.proposal == "8"


def test_a_question_with_a_calculation_proposes_it(tmp_path):
    _, turn = begun(tmp_path, row("integer", calculation="2 + 2"))
    assert turn.prompt.proposal == "4"


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("integer", {"default": "12", "constraint": ". < 10"}),
        ("integer", {"default": "concat('dua', '')"}),
        ("date", {"default": "concat('besok', '')"}),
        ("select_one yn", {"default": "ya", "choice_filter": "name != 'ya'"}),
    ],
)
def test_a_default_that_is_no_answer_now_is_not_proposed(tmp_path, kind, cells):
    questionnaire, turn = begun(tmp_path, row(kind, **cells))
    assert (turn.prompt.proposal, turn.prompt.can_keep) == ("", False)
    assert tapped(questionnaire, turn, "keep").prompt.notice == Notice("tombol_lama")


@pytest.mark.parametrize(
    ("kind", "default", "said"),
    [
        ("select_one yn", "mungkin", "Write one of: ya, tidak."),
        ("integer", "2.5", "Write a whole number, such as 5."),
        ("date", "besok", "Write a day as 2026-11-25, or today()."),
        ("time", "jam 8", "Write an hour as 14:30."),
        ("range", "11", "Write a number between start and end."),
        ("image", "a.png", "Leave the column default empty."),
    ],
)
def test_a_default_that_can_never_be_an_answer_is_refused(tmp_path, kind, default, said):
    (line,) = problems(written(tmp_path, row(kind, default=default)))
    assert line == f'survey, row 2: b: the default "{default}" is no answer to it. {said}'


def test_a_read_only_question_is_shown_with_its_value_and_not_asked(tmp_path):
    questionnaire, turn = begun(
        tmp_path,
        row("integer", "a", "A?"),
        row("select_one yn", "hasil", "Hasil", calculation="if(${a} > 3, 'ya', 'tidak')", read_only="yes"),
        row("text", "c", "C?"),
    )  # fmt: skip
    turn = answer(questionnaire, turn.response, Typed("4"), NOW)
    assert (turn.prompt.notes, turn.prompt.text) == (("Hasil\nYa",), "C?")
    assert turn.response.answers["hasil"].value == "ya"


def test_a_note_may_show_what_it_calculates(tmp_path):
    questionnaire, turn = begun(
        tmp_path,
        row("integer", "a", "A?"),
        row("note", "n", "Dua kali:", calculation="${a} * 2"),
    )
    turn = answer(questionnaire, turn.response, Typed("4"), NOW)
    assert turn.prompt.text == "Dua kali:\n8"
    assert "n" not in turn.response.answers


def test_the_required_message_is_said_before_the_question_is_skipped(tmp_path):
    survey = (
        "| survey | type | name | label::Indonesia (id) | label::English (en) | required "
        "| required_message::Indonesia (id) | required_message::English (en) |\n"
        "| | text | b | B? | B? | yes | Tanpa ini laporan tidak lengkap. | The report needs it. |"
    )
    questionnaire = compile_form(form(tmp_path, survey))
    turn = begin(questionnaire, Response(1, "coba", questionnaire.version), NOW)
    turn = tapped(questionnaire, turn, "skip")
    assert turn.prompt.notice == Notice(
        "yakin_dilewati_sebab", {"sebab": "Tanpa ini laporan tidak lengkap."}
    )
    assert tapped(questionnaire, turn, "skip_yes").response.answers["b"].missing == "refused"


def test_a_default_inside_a_repeat_may_be_the_answer_before(tmp_path):
    survey = (
        "| survey | type | name | label::Indonesia (id) | label::English (en) | default | repeat_count |\n"
        "| | begin repeat | hal | Hal | Item | | 2 |\n"
        "| | text | kota | Kota? | Town? | indexed-repeat(${kota}, ${hal}, position(..) - 1) | |\n"
        "| | end repeat | | | | | |"
    )
    questionnaire = compile_form(form(tmp_path, survey))
    turn = begin(questionnaire, Response(1, "coba", questionnaire.version), NOW)
    assert not turn.prompt.can_keep
    turn = answer(questionnaire, turn.response, Typed("Bungo"), NOW)
    assert turn.prompt.proposal == "Bungo"
