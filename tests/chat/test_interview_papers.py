"""The papers of interviews: what stands in them, and what does not. How they are written: tests/test_interview_jobs.py."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.chat import interview_papers
from bot.chat.word_blocks import Block, Grid, Paragraph, WordText, from_json, to_json
from bot.fieldwork.interview_pages import Guide, Page, Pages
from bot.fieldwork.quoting import Permission, Told
from bot.store.trainings import Training
from bot.survey.xlsform import compile_form
from tests.chat.staff_desk import TEXTS
from tests.fieldwork.office import CONFIG

TRAINING = Training(
    1, "MKD-1", "Keuangan", "II", date(2026, 10, 13), date(2026, 10, 16), "Asia/Jakarta", 7
)
STORY = (Told("Apa yang diterapkan?", "SPJ kini selesai dua hari.", is_seen=True),)


def words(text: WordText) -> str:
    """All that the document says, read back from its JSON."""
    return "\n".join(_lines(from_json(to_json(text)).blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case Grid():
                yield from (cell for row in block.rows for cell in row)


def pages(permission: Permission, *told: Told, notes: tuple[str, ...] = ()) -> str:
    page = Page("K01", permission, told, notes)
    return words(interview_papers.pages(TEXTS, Pages("id", "BKPSDMD", TRAINING, (page,))))


def guide(language: str = "id") -> str:
    form = compile_form(CONFIG / "questionnaires" / "interview.md")
    return words(interview_papers.guide(TEXTS, Guide(language, "BKPSDMD", TRAINING, form)))


def test_the_guide_has_the_questions_of_both_branches_and_names_none():
    said = guide()
    assert "Apa yang Bapak/Ibu terapkan dari pelatihan itu?" in said
    assert "apa yang Bapak/Ibu rencanakan untuk diterapkan" in said
    assert "Kapan dan dalam tugas apa?" in said
    assert "Keuangan II" in said
    assert "${" not in said
    assert "What from the training did you apply?" in guide("en")


def test_every_question_of_the_guide_stands_once():
    said = guide()
    for asked in ("Bolehkah cerita", "pekerjaan Bapak/Ibu yang berkaitan", "Adakah hal lain"):
        assert said.count(asked) == 1


@pytest.mark.parametrize(
    ("permission", "mark"), [("kutip", "Boleh dikutip"), ("ringkas", "Boleh diringkas saja")]
)
def test_a_page_says_what_may_be_done_with_the_story(permission: Permission, mark: str):
    said = pages(permission, *STORY, notes=("Catatan telepon.",))
    assert mark in said
    assert "SPJ kini selesai dua hari." in said
    assert "Catatan telepon." in said


def test_a_page_without_permission_holds_no_word_of_it():
    assert "Tidak untuk dimuat" in pages("tidak")


@pytest.mark.parametrize(
    ("permission", "is_seen", "style"),
    [("kutip", True, "Quote"), ("kutip", False, "Normal"), ("ringkas", True, "Normal")],
)
def test_a_sentence_is_a_quote_only_with_permission_and_as_it_was_seen(
    permission: Permission, is_seen: bool, style: str
):
    told = replace(STORY[0], is_seen=is_seen)
    found = Pages("id", "BKPSDMD", TRAINING, (Page("K01", permission, (told,), ()),))
    blocks = interview_papers.pages(TEXTS, found).blocks
    (story,) = (one for one in blocks if isinstance(one, Paragraph) and one.text == told.text)
    assert story.style == style
    assert ("belum dilihat kembali" in pages(permission, told)) == (not is_seen)


def test_a_page_of_a_call_without_a_recorded_permission_says_so():
    assert "Izin belum diberikan" in pages("belum")
