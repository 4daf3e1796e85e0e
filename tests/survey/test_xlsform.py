"""Forms as authors write them: what becomes of them, and what the author is told when it does not work."""

from pathlib import Path

import openpyxl
import pytest

from bot.survey.domains import collects
from bot.survey.form_problems import QuestionnaireProblems
from bot.survey.xlsform import compile_form, inspect_form

HEAD = "| survey | type | name | label::Indonesia (id) | label::English (en) |"


def form(tmp_path: Path, survey: str, choices: str = "", settings: str = "") -> Path:
    """A form of the rows given; the rows of `survey` follow HEAD unless they bring a heading."""
    head = "" if survey.lstrip().startswith("| survey") else HEAD + "\n"
    parts = [
        head + survey,
        choices
        or "| choices | list_name | name | label::Indonesia (id) | label::English (en) |\n"
        "| | yn | ya | Ya | Yes |\n| | yn | tidak | Tidak | No |",
        settings
        or "| settings | form_title | form_id | version | default_language |\n"
        "| | Coba | coba | 7 | Indonesia (id) |",
    ]
    path = tmp_path / "coba.md"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(QuestionnaireProblems) as refused:
        compile_form(path)
    return [str(problem) for problem in refused.value.problems]


GOOD = "| | select_one yn | a | Setuju? | Agree? |"


def test_a_form_becomes_a_questionnaire(tmp_path):
    questionnaire = compile_form(form(tmp_path, GOOD))
    item = questionnaire.item("a")
    assert (questionnaire.name, questionnaire.titles["id"]) == ("coba", "Coba")
    assert questionnaire.languages == ("id", "en")
    assert item.kind == "select_one"
    assert item.labels == {"id": "Setuju?", "en": "Agree?"}
    assert [option.code for option in item.options] == ["ya", "tidak"]


def test_an_edited_form_is_a_new_version_even_when_its_author_forgot(tmp_path):
    before = compile_form(form(tmp_path, GOOD)).version
    assert compile_form(form(tmp_path, GOOD)).version == before
    after = compile_form(form(tmp_path, GOOD.replace("Setuju?", "Apakah setuju?"))).version
    assert after != before
    assert after.startswith("7-")


def test_the_conditions_of_the_groups_around_an_item_are_its_own(tmp_path):
    survey = f"""{HEAD} relevant |
| | hidden | h | | | |
| | begin group | luar | Luar | Outer | ${{h}} = 1 |
| | select_one yn | a | A | A | |
| | begin group | dalam | | | ${{a}} = 'ya' or ${{h}} = 2 |
| | text | b | B | B | ${{a}} != '' |
| | end group | | | | |
| | end group | | | | |"""
    questionnaire = compile_form(form(tmp_path, survey))
    assert questionnaire.item("a").relevant == "${h} = 1"
    assert questionnaire.item("b").relevant == (
        "(${h} = 1) and (${a} = 'ya' or ${h} = 2) and (${a} != '')"
    )
    assert questionnaire.item("b").section == {"id": "Luar", "en": "Outer"}


def test_our_columns_arrive_at_item_and_option(tmp_path):
    survey = f"""{HEAD} required | level | voice | probes | parameters | hint::Indonesia (id) | hint::English (en) |
| | text | t | T | T | yes | 3 | yes | Kapan? // Siapa? | | | |
| | select_multiple yn | m | M | M | | | | | randomize=true | Boleh | May |
| | range | r | R | R | | | | | start=0 end=10 step=2 | | |"""
    choices = """| choices | list_name | name | label::Indonesia (id) | label::English (en) | score | missing | exclusive | end | group |
| | yn | ya | Ya | Yes | 2.5 | | | | g |
| | yn | tt | Tidak tahu | Don't know | | dont_know | yes | ineligible | |"""
    questionnaire = compile_form(form(tmp_path, survey, choices))
    text, many, scale = (questionnaire.item(name) for name in "tmr")
    assert (text.required, text.level, text.voice) == (True, "3", True)
    assert text.probes == ({"id": "Kapan?"}, {"id": "Siapa?"})
    assert (many.randomize, many.hints["en"]) == (True, "May")
    assert (scale.start, scale.stop, scale.step) == (0, 10, 2)
    first, second = many.options
    assert (first.score, first.extra) == (2.5, {"group": "g"})
    assert (second.score, second.missing, second.exclusive) == (None, "dont_know", True)
    assert second.end == "ineligible"


def test_or_other_asks_for_the_text_at_once_and_only_where_it_is_written(tmp_path):
    questionnaire = compile_form(
        form(tmp_path, GOOD + "\n| | select_one yn or_other | b | B? | B? |")
    )
    *_, other = questionnaire.item("b").options
    assert (other.code, other.free_text, other.fixed) == ("other", True, True)
    assert other.labels == {"id": "Lainnya (tulis)", "en": "Other (please write)"}
    assert [option.code for option in questionnaire.item("a").options] == ["ya", "tidak"]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("rank yn", "rank"),
        ("acknowledge", "acknowledge"),
        ("trigger", "acknowledge"),
        ("time", "time"),
        ("dateTime", "datetime"),
        ("audio", "audio"),
        ("image", "image"),
        ("photo", "image"),
        ("file", "file"),
    ],
)
def test_what_a_chat_answers_in_its_own_way_is_asked(tmp_path, written, kind):
    item = compile_form(form(tmp_path, f"| | {written} | b | B? | B? |")).item("b")
    assert item.kind == kind
    assert len(item.options) == (2 if kind == "rank" else 0)


def test_the_text_of_or_other_is_no_item_of_its_own(tmp_path):
    survey = (
        "| | select_one yn or_other | kota | Kota? | Town? |\n"
        "| | note | n | Yaitu ${kota_other}. | ${kota_other}. |"
    )
    assert problems(form(tmp_path, survey)) == [
        (
            "survey, row 3: The 'label::Indonesia (id)' value is invalid. Reference variables must "
            "contain a name from the 'survey' sheet. Could not find the name 'kota_other'. What was written at or_other is kept with the answer: write ${kota}."
        )
    ]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            "| | select_one_external kota | g | A | A | |",
            (
                'A chat cannot ask a question of type "select_one_external". '
                "Write select_one, with a choice_filter; a long list is searched by typing."
            ),
        ),
        (
            "| | background-geopoint | g | A | A | |",
            (
                'A chat cannot ask a question of type "background-geopoint". '
                "Ask for the name of the place, as text or select_one."
            ),
        ),
        (
            "| | text | g | A | A | nama |",
            (
                "A chat keeps no entities, so the column save_to has no use. "
                "Leave it empty: every answer is in the export."
            ),
        ),
    ],
)
def test_what_pyxform_words_in_its_own_way_has_a_remedy_and_the_rest_is_read_on(
    tmp_path, row, line
):
    survey = f"{HEAD} save_to |\n{row}\n| | geopoint | c | C | C | |"
    first, second = inspect_form(form(tmp_path, survey)).problems
    assert str(first) == f"survey, row 2: {line}"
    assert str(second).startswith('survey, row 3: A chat cannot ask a question of type "geopoint"')


def test_a_text_of_several_lines_may_come_in_several_messages(tmp_path):
    survey = (
        f"{HEAD} appearance |\n| | text | b | B? | B? | multiline |\n| | text | c | C? | C? | |"
    )
    questionnaire = compile_form(form(tmp_path, survey))
    assert [collects(questionnaire.item(name)) for name in ("b", "c")] == [True, False]


def test_what_only_a_device_fills_is_left_out(tmp_path):
    survey = "| | start | start | | |\n| | deviceid | deviceid | | |\n" + GOOD
    assert [item.name for item in compile_form(form(tmp_path, survey)).items] == ["a"]


def test_a_workbook_gives_the_same_questionnaire_as_the_markdown(tmp_path):
    book = openpyxl.Workbook()
    for title, rows in {
        "survey": [
            ["type", "name", "label::Indonesia (id)", "label::English (en)"],
            [],
            ["select_one yn", "a", "Setuju?", "Agree?"],
        ],
        "choices": [
            ["list_name", "name", "label::Indonesia (id)", "label::English (en)"],
            ["yn", "ya", "Ya", "Yes"],
            ["yn", "tidak", "Tidak", "No"],
        ],
        "settings": [
            ["form_title", "form_id", "version", "default_language"],
            ["Coba", "coba", 7, "Indonesia (id)"],
        ],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "coba.xlsx")
    assert compile_form(tmp_path / "coba.xlsx") == compile_form(form(tmp_path, GOOD))


def test_a_problem_names_the_row_of_the_spreadsheet(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in [["type", "name", "label"], [], [], ["geopoint", "g", "Di mana?"]]:
        sheet.append(row)
    book.save(tmp_path / "coba.xlsx")
    (problem,) = problems(tmp_path / "coba.xlsx")
    assert problem.startswith("survey, row 4: ")
    assert "geopoint" in problem


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("relevant", "${b} = 1", "Could not find the name 'b'"),
        ("relevant", "${c} = 1", "refers to ${c}, which is not answered yet"),
        ("relevant", "${a} = 1", "refers to ${a}, which is not answered yet"),
        ("constraint", ". >", "cannot be read"),
        ("constraint", "fo(.) = 1", "no function fo()"),
        ("required", "maybe", "column required holds an unknown word"),
        ("voice", "yes", "only a text can be answered by voice"),
        ("level", "9", "Write one of: 1, 2, 3, 4"),
        ("moment", "later", "now, retro_pre, followup"),
        ("choice_filter", "prov = 1", 'no column "prov"'),
        ("default", "mungkin", "Write one of: ya, tidak."),
        ("default", "concat(1", "default cannot be used"),
        ("dimention", "x", "Did you mean dimension?"),
    ],
)
def test_a_cell_that_cannot_work_is_refused_in_its_row(tmp_path, column, cell, said):
    survey = f"""{HEAD} {column} |
| | select_one yn | a | A? | A? | {cell} |
| | text | c | C? | C? | |"""
    (problem,) = problems(form(tmp_path, survey))
    assert said in problem
    assert problem.startswith(f"survey, row {1 if column == 'dimention' else 2}: ")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("| | geopoint | g | Di mana? | Where? |", 'type "geopoint"'),
        ("| | text | g | Apa? | |", "the label in en is missing"),
        ("| | text | g | Apa ${h}? | What? |", "Could not find the name 'h'"),
        ("| | text | Nama Besar | Apa? | What? |", "row 3"),
        ("| | text | Nama | Apa? | What? |", 'The name "Nama" does not fit'),
        ("| | text | a | Apa? | What? |", "a"),
        ("| | select_one tak_ada | g | Apa? | What? |", "tak_ada"),
        ("| | select_one kota.csv | g | Apa? | What? |", "kota.csv"),
        ("| | begin repeat | g | Ulang | Again |\n| | text | t | T | T |\n| | end repeat | | | |",
         "Fill the column repeat_count"),
        ("| | begin group | g | G | G |", "group"),
        ("| | calculate | g | | |", "calculat"),
        ("| | apa | g | Apa? | What? |", "apa"),
    ],
)  # fmt: skip
def test_a_row_that_a_chat_cannot_ask_is_refused_with_a_reason(tmp_path, row, said):
    told = problems(form(tmp_path, GOOD + "\n" + row))
    assert any(said in problem for problem in told), told


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("| ya | Ya | Yes | banyak |", "column score holds an unknown word"),
        ("| ya | Ya | | 1 |", "yn, ya: the label in en is missing"),
        ("| y a | Ya | Yes | 1 |", "space"),
    ],
)
def test_an_option_that_cannot_work_is_refused_in_its_row(tmp_path, cells, said):
    choices = f"""| choices | list_name | name | label::Indonesia (id) | label::English (en) | score |
| | yn {cells}"""
    told = problems(form(tmp_path, GOOD, choices))
    assert any(said in problem and problem.startswith("choices, row 2") for problem in told), told


def test_all_problems_are_told_at_once_in_the_order_of_the_rows(tmp_path):
    survey = f"""{HEAD} relevant |
| | text | a | A? | | |
| | text | b | B? | B? | nowhere() |
| | geopoint | c | C? | C? | |"""
    told = problems(form(tmp_path, survey))
    assert [problem.split(":")[0] for problem in told] == [
        "survey, row 2", "survey, row 3", "survey, row 4",
    ]  # fmt: skip


def test_a_raw_pipe_in_a_text_is_found_before_it_shifts_the_row(tmp_path):
    (problem,) = problems(form(tmp_path, "| | text | a | Ya | tidak? | Yes or no? |"))
    assert problem.startswith("survey, row 2: The row has 5 cells under 4 headings.")


def test_an_escaped_pipe_is_a_pipe(tmp_path):
    questionnaire = compile_form(form(tmp_path, r"| | text | a | Ya \| tidak? | Yes \| no? |"))
    assert questionnaire.item("a").labels["id"] == "Ya | tidak?"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.md", b""),
        ("prose.md", b"Bukan tabel."),
        ("binary.md", b"\xff\xfe\x00|"),
        ("empty.xlsx", b""),
        ("prose.xlsx", b"Bukan buku kerja."),
        ("letter.docx", b"Yth."),
        ("empty.csv", b""),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_one_line(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (problem,) = problems(tmp_path / name)
    assert problem
    assert "\n" not in problem


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    assert problems(tmp_path / "tak_ada.md") == ["file: There is no such file. Check the name."]


def test_a_form_id_that_cannot_be_a_name_is_refused(tmp_path):
    settings = "| settings | form_title | form_id |\n| | Coba | Coba Saja |"
    assert problems(form(tmp_path, GOOD, settings=settings))[0].startswith("settings, row 2: ")
