"""begin_repeat with a repeat_count: asked so many times, each time with a name, a number and a place of its own."""

import pytest

from bot.check_cli import chat
from bot.survey.checking import check
from bot.survey.record import Response, Typed
from bot.survey.response import answer, begin, revise
from bot.survey.xlsform import compile_form
from tests.survey.forms import NOW
from tests.survey.test_xlsform import form, problems

HEAD = (
    "| survey | type | name | label::Indonesia (id) | label::English (en) | constraint | relevant "
    "| calculation | repeat_count | repeat_max |"
)


def row(kind, name="", label="", **cells):
    columns = ("constraint", "relevant", "calculation", "repeat_count", "repeat_max")
    told = " | ".join(str(cells.get(column, "")) for column in columns)
    return f"| | {kind} | {name} | {label} | {label} | {told} |"


HOW_MANY = row("integer", "jumlah", "Berapa anak?", constraint=". >= 0 and . <= 3")
CHILDREN = (
    row("begin repeat", "anak", "Anak", repeat_count="${jumlah}"),
    row("text", "nama", "Namanya?"),
    row("integer", "umur", "Umur ${nama}?", relevant="${nama} != ''"),
    row("end repeat"),
)


def compiled(tmp_path, *rows):
    return compile_form(form(tmp_path, "\n".join((HEAD, *rows))))


def refused(tmp_path, *rows):
    return problems(form(tmp_path, "\n".join((HEAD, *rows))))


def texts_of_a_walk(questionnaire, *replies):
    """The sections and questions shown, and the values of all answers at the end."""
    turn = begin(questionnaire, Response(1, questionnaire.name, questionnaire.version), NOW)
    shown = []
    for reply in replies:
        shown.append((turn.prompt.section, turn.prompt.text))
        turn = answer(questionnaire, turn.response, Typed(reply), NOW)
    return shown, turn


def test_a_repeat_is_asked_as_often_as_the_answer_says(tmp_path):
    questionnaire = compiled(tmp_path, HOW_MANY, *CHILDREN)
    shown, turn = texts_of_a_walk(questionnaire, "2", "Ani", "12", "Budi", "7")
    assert shown == [
        ("", "Berapa anak?"),
        ("Anak (1 dari 2)", "Namanya?"),
        ("Anak (1 dari 2)", "Umur Ani?"),
        ("Anak (2 dari 2)", "Namanya?"),
        ("Anak (2 dari 2)", "Umur Budi?"),
    ]
    assert turn.response.stage == "done"
    assert {name: held.value for name, held in turn.response.answers.items()} == {
        "jumlah": "2", "nama[1]": "Ani", "umur[1]": "12", "nama[2]": "Budi", "umur[2]": "7",
    }  # fmt: skip


def test_a_fixed_count_needs_no_question(tmp_path):
    questionnaire = compiled(
        tmp_path,
        row("begin repeat", "hal", "", repeat_count="2"),
        row("text", "apa", "Apa?"),
        row("end repeat"),
    )
    shown, turn = texts_of_a_walk(questionnaire, "satu", "dua")
    assert shown == [("Isian 1 dari 2", "Apa?"), ("Isian 2 dari 2", "Apa?")]
    assert turn.response.stage == "done"


def test_a_count_that_is_computed_is_kept_and_never_above_what_was_stated(tmp_path):
    questionnaire = compiled(
        tmp_path,
        row("integer", "a", "A?"),
        row("begin repeat", "hal", "Hal", repeat_count="${a} + 1", repeat_max="2"),
        row("text", "apa", "Apa?"),
        row("end repeat"),
    )
    shown, turn = texts_of_a_walk(questionnaire, "5", "satu", "dua")
    assert [section for section, _ in shown] == ["", "Hal (1 dari 2)", "Hal (2 dari 2)"]
    assert turn.response.answers["hal_count"].value == "2"


def test_what_stands_outside_reads_all_answers(tmp_path):
    questionnaire = compiled(
        tmp_path,
        HOW_MANY,
        *CHILDREN,
        row("calculate", "semua", calculation="concat(count(${anak}), ': ', join(', ', ${nama}))"),
        row("calculate", "total", calculation="sum(${umur})"),
        row("note", "akhir", "${semua}, ${total} tahun"),
    )
    _, turn = texts_of_a_walk(questionnaire, "2", "Ani", "12", "Budi", "7")
    assert turn.prompt.text == "2: Ani, Budi, 19 tahun"


def test_inside_an_earlier_instance_can_be_read(tmp_path):
    questionnaire = compiled(
        tmp_path,
        row("begin repeat", "hal", "Hal", repeat_count="3"),
        row("integer", "n", "N?"),
        row("calculate", "lalu", calculation="indexed-repeat(${n}, ${hal}, position(..) - 1)"),
        row("end repeat"),
    )
    _, turn = texts_of_a_walk(questionnaire, "4", "5", "6")
    held = turn.response.answers
    assert [held[f"lalu[{place}]"].value for place in (2, 3)] == ["4", "5"]
    assert "lalu[1]" not in held


def test_the_condition_of_the_repeat_holds_for_all_inside(tmp_path):
    questionnaire = compiled(
        tmp_path,
        row("integer", "a", "A?"),
        row("begin repeat", "hal", "Hal", repeat_count="2", relevant="${a} > 1"),
        row("begin group", "g"),
        row("text", "apa", "Apa?"),
        row("end group"),
        row("end repeat"),
        row("calculate", "kali", calculation="count(${hal})"),
    )
    _, turn = texts_of_a_walk(questionnaire, "1")
    assert turn.response.stage == "done"
    assert turn.response.answers["kali"].value == "0"


def test_fewer_instances_take_their_answers_out(tmp_path):
    questionnaire = compiled(tmp_path, HOW_MANY, *CHILDREN)
    _, turn = texts_of_a_walk(questionnaire, "2", "Ani", "12", "Budi", "7")
    back = revise(questionnaire, turn.response, "jumlah", NOW)
    turn = answer(questionnaire, back.response, Typed("1"), NOW)
    assert {gone.item for gone in turn.dropped} == {"nama[2]", "umur[2]"}
    assert turn.response.answers.keys() == {"jumlah", "nama[1]", "umur[1]"}


@pytest.mark.parametrize(
    ("counting", "most"),
    [
        (row("integer", "k", "K?", constraint=". < 4"), 3),
        (row("integer", "k", "K?", constraint=". >= 1 and . <= 4"), 4),
        (row("range", "k", "K?"), 10),
    ],
)
def test_the_most_is_read_off_the_question_that_is_counted(tmp_path, counting, most):
    questionnaire = compiled(
        tmp_path,
        counting,
        row("begin repeat", "hal", "Hal", repeat_count="${k}"),
        row("text", "apa", "Apa?"),
        row("end repeat"),
    )
    assert len(questionnaire.items) == 1 + most


def test_the_most_of_ticked_options_is_their_number(tmp_path):
    questionnaire = compiled(
        tmp_path,
        row("select_multiple yn", "m", "M?"),
        row("begin repeat", "hal", "Hal", repeat_count="count-selected(${m})"),
        row("calculate", "kode", calculation="selected-at(${m}, position(..) - 1)"),
        row("text", "apa", "Apa?"),
        row("end repeat"),
    )
    asked = [item.name for item in questionnaire.items if item.kind == "text"]
    assert asked == ["apa[1]", "apa[2]"]


ASKED = (row("text", "apa", "Apa?"), row("end repeat"))


def test_what_is_read_only_counts_with_what_it_quotes_not_with_what_could_be_typed(tmp_path):
    quoted = row("text", "semua", "Semua", calculation="join(', ', ${apa})")
    survey = (
        f"{HEAD} read_only |",
        row("begin repeat", "hal", "Hal", repeat_count="2"),
        row("text", "apa", "Apa?", constraint="string-length(.) <= 100"),
        row("end repeat"),
        f"{quoted} yes |",
        row("text", "c", "C?"),
    )
    found = check(form(tmp_path, "\n".join(survey)), chat(), NOW).findings
    assert [one.key for one in found] == ["cek_judul_separuh"]


def test_what_the_compiler_finds_is_told_once_for_all_instances(tmp_path):
    path = form(tmp_path, "\n".join((HEAD, row("begin repeat", "hal", "Hal", repeat_count="3"),
                                    row("text", "a" * 63, "Apa?"), row("end repeat"))))  # fmt: skip
    found = [one.key for one in check(path, chat(), NOW).findings]
    assert found == ["cek_judul_separuh", "cek_spss_panjang"]  # of aaa_1: two bytes more


@pytest.mark.parametrize(
    ("rows", "what", "remedy"),
    [
        (
            (row("begin repeat", "hal", "Hal"), *ASKED),
            "row 2: The repeat does not say how often it is asked.",
            "Fill the column repeat_count with a number, or with the answer that says it: ${how_many}.",
        ),
        (
            (row("begin repeat", "hal", "Hal", repeat_count="21"), *ASKED),
            "row 2: The repeat can be asked 21 times.",
            "Write a number from 1 to 20 into the column repeat_count.",
        ),
        (
            (
                row("integer", "a", "A?"),
                row("begin repeat", "hal", "Hal", repeat_count="${a}"),
                *ASKED,
            ),
            "row 3: A chat must know how often the repeat can be asked at most.",
            "Write the number into the column repeat_max, or limit the answer it counts: . <= 5.",
        ),
        (
            (row("begin repeat", "hal", "Hal", repeat_count="1 + 1", repeat_max="banyak"), *ASKED),
            "row 2: The column repeat_max holds an unknown word.",
            "Write a whole number, such as 5.",
        ),
        (
            (row("begin repeat", "hal", "Hal", repeat_count="foo(1)", repeat_max="3"), *ASKED),
            "row 2: hal_count: calculation cannot be used.",
            "There is no function foo(). Did you mean floor()?",
        ),
        (
            (
                row("begin repeat", "hal", "Hal", repeat_count="2"),
                row("begin repeat", "dalam", "Dalam", repeat_count="2"),
                *ASKED,
                row("end repeat"),
            ),
            "row 3: A repeat stands inside a repeat.",
            "Write the questions of the inner one out, each with a name of its own.",
        ),
        (
            (
                row("begin repeat", "hal", "Hal", repeat_count="2"),
                *ASKED,
                row("note", "n", "Itu ${apa}."),
            ),
            "row 5: n: the text refers to ${apa}, which a repeat asks several times.",
            "Join the answers in a calculate, such as join(', ', ${apa}), and name that.",
        ),
        (
            (
                row("begin repeat", "hal", "Hal", repeat_count="2"),
                row("text", "satu", "Satu?", relevant="${apa} != ''"),
                *ASKED,
            ),
            "row 3: satu: relevant refers to ${apa}, which is not answered yet.",
            "Move this row below that question.",
        ),
        (
            (row("begin repeat", "hal", "Hal", repeat_count="20"), *(row("text", f"t{n}", "T?") for n in range(16)), row("end repeat")),
            "row 2: The repeat makes 320 questions.",
            "Ask less, or less often: at most 300.",
        ),
    ],
)  # fmt: skip
def test_a_repeat_that_cannot_be_asked_is_refused_once_with_its_remedy(
    tmp_path, rows, what, remedy
):
    assert refused(tmp_path, *rows) == [f"survey, {what} {remedy}"]
