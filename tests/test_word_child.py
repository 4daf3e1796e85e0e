"""The process that writes Word documents: readable whatever was typed, and the same bytes each time."""

import io

import docx
import pytest

from bot import word_child
from bot.chat.word_blocks import Grid, PageBreak, Paragraph, WordText
from bot.word_writing import word_file


def document(text: str) -> WordText:
    return WordText(
        text, "id",
        (Paragraph(text, "Title"), Grid(((text, "x"),), (8.0, 8.0)), PageBreak(), Paragraph("akhir", "Small")),
    )  # fmt: skip


def read(content: bytes) -> str:
    word = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b> ]]>", "a\x00b\x0bc", "a\ud800b", "satu\ndua", "😀", "' \" & <w:p>"]
)
def test_nothing_that_is_typed_can_spoil_the_file(text: str):
    said = read(word_child.written(document(text)))
    kept = "".join(letter for letter in text if letter not in "\x00\x0b\ud800")
    assert said.count(kept) == 2


async def test_a_process_of_its_own_gives_the_same_bytes_as_before():
    text = document("SPJ selesai")
    assert await word_file(text) == word_child.written(text)
