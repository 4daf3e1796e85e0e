"""docs/xlsform.md says what becomes of each word of XLSForm: compared with pyxform's lists and with the compiler.

What the page says to run stands in one form per table, which compiles without a word; what it refuses, in a form each.
"""

import pytest

from bot.survey.xpath_functions import FUNCTIONS, REFUSED
from tests.survey import tiny_forms
from tests.survey.xlsform_page import INSIDE, LEFT_OUT, PAGE, TABLES

OUR_OWN = {"each"}  # written by the compiler, never by an author


def rows_under(heading: str) -> dict[str, tuple[str, str]]:
    """What becomes of each word, and the note or reason."""
    part = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| `")]
    return {word.strip(" `"): (becomes, note.strip()) for word, becomes, note in cells}


def running(title: str) -> dict[str, str]:
    rows = rows_under(title).items()
    return {word: note for word, (becomes, note) in rows if becomes != "refused"}


TYPES, COLUMNS, OPTION_COLUMNS, SETTINGS = TABLES
REFUSALS = [
    (table, word, note)
    for table in TABLES
    for word, (becomes, note) in rows_under(table.title).items()
    if becomes == "refused"
]
OTHER_NAMES = [
    (table, word)
    for table in TABLES[1:]
    for word in running(table.title)
    if word in tiny_forms.OTHER_HEADINGS
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_the_page_has_exactly_the_words_that_pyxform_lists(table):
    assert set(rows_under(table.title)) == set(table.words())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_the_notes_of_the_page_are_those_it_is_written_from(table):
    for word, (becomes, note) in rows_under(table.title).items():
        assert becomes in {"refused", "runs with a note" if note else "runs"}, word
        if becomes != "refused" and note != LEFT_OUT:
            assert note == table.notes.get(word, table.otherwise), word


@pytest.mark.parametrize(
    ("table", "word", "note"), REFUSALS, ids=[f"{table.head}-{word}" for table, word, _ in REFUSALS]
)
def test_the_compiler_refuses_with_the_sentence_of_the_page(tmp_path, table, word, note):
    first = table.probe(tmp_path, word)[0]
    assert note == f"{first.what} {first.remedy}".strip()


def test_every_type_that_runs_becomes_an_item_unless_it_is_left_out(tmp_path):
    notes = running(TYPES.title)
    names = {word: "audit" if word == "audit" else f"b{n}" for n, word in enumerate(notes)}
    rows = (row for word, name in names.items() for row in tiny_forms.rows_of_type(word, name))
    items = {item.name.split("[")[0] for item in tiny_forms.compiled(tmp_path, tuple(rows)).items}
    for word, note in notes.items():
        inner = f"{names[word]}_isi" if word in tiny_forms.BEGUN else names[word]
        assert (inner not in items) == (note == LEFT_OUT), word


def test_every_column_that_runs_stands_in_one_form_without_a_complaint(tmp_path):
    columns = [word for word in running(COLUMNS.title) if word not in tiny_forms.OTHER_HEADINGS]
    named = [tiny_forms.rows_of_column(word, f"b{n}") for n, word in enumerate(columns)]
    assert tiny_forms.refusals(tmp_path, tuple(row for rows in named for row in rows)) == ()


def test_every_setting_that_runs_stands_in_one_form_without_a_complaint(tmp_path):
    names = running(SETTINGS.title).keys() - tiny_forms.OTHER_HEADINGS.keys()
    assert tiny_forms.refusals(tmp_path, (), settings=tiny_forms.settings_with(*names)) == ()


@pytest.mark.parametrize(
    ("table", "word"), OTHER_NAMES, ids=[f"{table.head}-{word}" for table, word in OTHER_NAMES]
)
def test_another_name_of_a_column_is_read_like_the_usual_one(tmp_path, table, word):
    assert table.probe(tmp_path, word) == ()


def test_the_page_has_every_function_and_the_reason_of_every_refused_one():
    rows = rows_under("Functions in expressions")
    refused = {word: note for word, (becomes, note) in rows.items() if becomes == "refused"}
    assert rows["position"] == ("runs with a note", INSIDE)
    assert rows.keys() - refused.keys() == {*FUNCTIONS, "position"} - OUR_OWN
    assert refused == {name: reason for name, reason in REFUSED.items() if name != "position"}
