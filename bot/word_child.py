"""The process in which a Word document is written: python-docx (13 MB) stays out of the bot.

    python -m bot.word_child TEXT RESULT     started by word_writing.py only

It reads the blocks (JSON) and writes a .docx on A4. The same blocks give the same bytes. A character that XML cannot carry is left
out, so nothing that somebody typed can spoil the file.
"""

import base64
import io
import re
import resource
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table

from bot.chat.word_blocks import Beside, Grid, PageBreak, Paragraph, WordText, from_json

MOST_MEMORY: Final = 1_500_000_000  # bytes of address space
MOST_SECONDS: Final = 60  # of computing
_POINTS: Final = {"Normal": 11, "Title": 16, "Heading 1": 13, "Heading 2": 11, "Quote": 11}
_ALIGNED: Final = {"center": WD_ALIGN_PARAGRAPH.CENTER, "justify": WD_ALIGN_PARAGRAPH.JUSTIFY}
_TEXT_WIDTH, _GAP = 16.0, 0.4  # centimetres
_AFTER_BORDERS: Final = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:rPr",
)
_THEN: Final = (1980, 1, 1, 0, 0, 0)  # of the parts inside: a clock would change the bytes
_UNWRITABLE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def main(arguments: Sequence[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    text, result = arguments
    Path(result).write_bytes(written(from_json(Path(text).read_text("utf-8"))))
    return 0


def written(text: WordText) -> bytes:
    word = docx.Document()
    _set_up(word, text)
    for block in text.blocks:
        match block:
            case Paragraph():
                _paragraph(word, block)
            case Grid():
                _table(word, block)
            case Beside():
                _beside(word, block)
            case PageBreak():
                word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    file = io.BytesIO()
    word.save(file)
    return _timeless(file.getvalue())


def _paragraph(word: Document, block: Paragraph) -> None:
    paragraph = word.add_paragraph(style=block.style)
    paragraph.add_run(_safe(block.text)).bold = block.bold or None
    if block.tight:
        paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = block.held or None
    if block.align != "left":
        paragraph.alignment = _ALIGNED[block.align]
    if block.ruled:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no API for borders
        borders = OxmlElement("w:pBdr")
        line = OxmlElement("w:bottom")
        for name, value in (
            ("val", "thinThickSmallGap"),
            ("sz", "18"),
            ("space", "4"),
            ("color", "auto"),
        ):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
        properties.insert_element_before(borders, *_AFTER_BORDERS)


def _beside(word: Document, block: Beside) -> None:
    table = word.add_table(rows=1, cols=2)
    table.autofit = False
    picture, text = table.rows[0].cells
    png = io.BytesIO(base64.b64decode(block.png))
    picture.paragraphs[0].add_run().add_picture(png, Cm(block.side))
    text.text, text.vertical_alignment = _safe(block.text), WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _close_up(table)
    widths = (block.side + _GAP, _TEXT_WIDTH - block.side - _GAP)
    for column, cell, width in zip(table.columns, (picture, text), widths, strict=True):
        column.width = cell.width = Cm(width)


def _set_up(word: Document, text: WordText) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(1.5)
    small = word.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = word.styles["Normal"]
    for name, points in {**_POINTS, "Small": 9}.items():
        style = word.styles[name]
        if isinstance(style, ParagraphStyle):
            _plain(style, points)
    about = word.core_properties
    about.title, about.author, about.language = _safe(text.title), "", text.language
    about.created = about.modified = datetime(*_THEN, tzinfo=UTC)
    about.comments, about.last_modified_by = "", ""


def _plain(style: ParagraphStyle, points: int) -> None:
    """Black Arial in every script; a font of the theme, which would win over it, is taken out."""
    style.font.size, style.font.color.rgb = Pt(points), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), "Arial")
    for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _table(word: Document, grid: Grid) -> None:
    style = "Table Grid" if grid.lined else None
    table = word.add_table(rows=0, cols=len(grid.widths), style=style)
    table.autofit = False
    for row in grid.rows:
        for cell, text, width in zip(table.add_row().cells, row, grid.widths, strict=True):
            cell.text, cell.width = _safe(text), Cm(width)
    if not grid.lined:
        _close_up(table)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Cm(width)  # LibreOffice reads the widths here, Word in the cells


def _close_up(table: Table) -> None:
    """Without lines it reads as text: no room between its rows, and no row torn by the end of a page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # no API for it
        for paragraph in (one for cell in row.cells for one in cell.paragraphs):
            paragraph.paragraph_format.space_after = Pt(0)


def _timeless(packed: bytes) -> bytes:
    """The same parts in the same order, without the time of writing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _THEN)
            part.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return out.getvalue()


def _safe(text: str) -> str:
    return _UNWRITABLE.sub("", text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
