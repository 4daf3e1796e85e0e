"""docs/xlsform.md says what becomes of each word of XLSForm: compared with pyxform's lists and with the compiler."""

from pathlib import Path

import pytest

from bot.survey.xpath_functions import FUNCTIONS, REFUSED
from tests.survey import tiny_forms, xlsform_words

PAGE = Path(__file__).parents[2] / "docs" / "xlsform.md"
OUR_OWN = {"each"}  # written by the compiler, never by an author


def rows_under(heading: str) -> dict[str, tuple[str, str]]:
    """What becomes of each word, and the note or reason."""
    part = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| `")]
    return {word.strip(" `"): (becomes, note.strip()) for word, becomes, note in cells}


TABLES = (
    ("Question types", xlsform_words.types, tiny_forms.refusals_of_type),
    ("Columns of the sheet survey", xlsform_words.survey_columns, tiny_forms.refusals_of_column),
    ("Columns of the sheet choices", xlsform_words.choice_columns, tiny_forms.refusals_of_option_column),
    ("Settings", xlsform_words.settings, tiny_forms.refusals_of_setting),
)  # fmt: skip
ROWS = [(title, word, probe) for title, words, probe in TABLES for word in sorted(words())]


@pytest.mark.parametrize(("title", "words", "probe"), TABLES, ids=[table[0] for table in TABLES])
def test_the_page_has_exactly_the_words_that_pyxform_lists(title, words, probe):
    assert set(rows_under(title)) == set(words())


@pytest.mark.parametrize(
    ("title", "word", "probe"), ROWS, ids=[f"{title}-{word}" for title, word, _ in ROWS]
)
def test_the_compiler_does_with_each_word_what_the_page_says(tmp_path, title, word, probe):
    becomes, note = rows_under(title)[word]
    found = probe(tmp_path, word)
    if becomes == "refused":
        assert note == f"{found[0].what} {found[0].remedy}".strip()
    else:
        assert becomes in {"runs", "runs with a note"}
        assert bool(note) == (becomes == "runs with a note")
        assert found == ()


def test_the_page_has_every_function_and_the_reason_of_every_refused_one():
    rows = rows_under("Functions in expressions")
    assert {word for word, row in rows.items() if row[0] != "refused"} == {*FUNCTIONS} - OUR_OWN
    assert {word: row[1] for word, row in rows.items() if row[0] == "refused"} == REFUSED
