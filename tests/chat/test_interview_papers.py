"""The papers of interviews, read back from the bytes of the Word file."""

import io
import xml.etree.ElementTree as ET
import zipfile
from datetime import date

import pytest

from bot.chat import interview_papers
from bot.chat.word_file import Grid, PageBreak, Paragraph, Picture, word_file
from bot.fieldwork.interview_pages import Guide, Page, Pages, Permission, Told
from bot.store.trainings import Training
from bot.survey.xlsform import compile_form
from tests.chat.staff_desk import TEXTS
from tests.fieldwork.office import CONFIG

TRAINING = Training(
    1, "MKD-1", "Keuangan", "II", date(2026, 10, 13), date(2026, 10, 16), "Asia/Jakarta", 7
)
STORY = (Told("Apa yang diterapkan?", "SPJ kini selesai dua hari."),)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def words(content: bytes) -> str:
    """Each part is well-formed XML, and this is what the page says."""
    found = parts(content)
    trees = {
        name: ET.fromstring(body)  # noqa: S314  # we have just written it ourselves
        for name, body in found.items()
        if not name.endswith(".png")
    }
    lines = trees["word/document.xml"].iter()
    return "\n".join(one.text or "" for one in lines if one.tag.endswith("}t"))


def pages(permission: Permission, *told: Told, notes: tuple[str, ...] = ()) -> str:
    page = Page("K01", permission, told, notes)
    return words(interview_papers.pages(TEXTS, Pages("id", "BKPSDMD", TRAINING, (page,))))


def guide(language: str = "id") -> str:
    form = compile_form(CONFIG / "questionnaires" / "interview.md")
    return words(interview_papers.guide(TEXTS, Guide(language, "BKPSDMD", TRAINING, form)))


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b> ]]>", "a\x00b\x0bc", "\ud800x", "satu\ndua", "😀", "' \" & <w:p>"]
)
def test_nothing_that_is_typed_can_spoil_the_file(text: str):
    blocks = [
        Paragraph(text, "Title"),
        Grid([[text, "x"]], (8, 8)),
        Picture(b"", 3, text),
        PageBreak(),
    ]
    assert words(word_file(text, blocks))


def test_the_same_input_gives_the_same_bytes():
    assert word_file("a", [Paragraph("b")]) == word_file("a", [Paragraph("b")])


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
