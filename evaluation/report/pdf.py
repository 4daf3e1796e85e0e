"""The report as a PDF by fpdf2, without any office program: embedded font, bookmarks, contents, page numbers, alt text.

For reading and electronic signature: remarks of the draft are in the Word document only. The same document gives the same
bytes.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import TableHeadingsDisplay
from fpdf.errors import FPDFException
from fpdf.fonts import FontFace, TTFFont
from fpdf.outline import TableOfContents
from PIL import Image

from evaluation.report.model import (
    Block,
    Bullets,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)

_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"  # the letters of the pictures
_FAMILY = "DejaVu"
_BODY, _SMALL, _LINE = 10.5, 8.5, 5.6
_NAVY, _INK, _GREY, _HEAD = (18, 53, 91), (26, 26, 26), (85, 85, 85), (220, 230, 241)
_WIDTH = 160.0
_MOST_CONTENTS = 5  # pages
_LEAST_BELOW_HEADING = 45.0  # millimetres: no heading at the foot of a page
_HEADING = 12.0
_KEPT_TOGETHER, _MOST_MOVED = 8, 90.0  # rows and millimetres of a table not torn in two
_ROW, _PADDING = 4.6, 1.2  # millimetres of a line of a table, and around a cell


class _Report(FPDF):
    """Numbers its pages, but not the cover; the counts of captions live here."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__(format="A4")
        self.words = words
        self.tables = 0
        self.pictures = 0

    def close_letters(self) -> None:
        """Their files, which stay open where the pages of the contents did not suffice."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def footer(self) -> None:
        if self.page_no() == 1:
            return
        self.set_y(-15)
        self.set_font(_FAMILY, size=_SMALL)
        self.set_text_color(*_GREY)
        self.cell(w=0, text=f"{self.words['halaman']} {self.page_no()}", align="C")


def write_pdf(document: Document) -> bytes:
    """Contents get one page, or as many as they turn out to need."""
    for pages in range(1, _MOST_CONTENTS):
        try:
            return _written(document, pages)
        except FPDFException as wrong:
            if "ToC ended on page" not in str(wrong):
                raise
    return _written(document, _MOST_CONTENTS)


def _written(document: Document, contents_pages: int) -> bytes:
    pdf = _Report(document.words)
    try:
        return _filled(pdf, document, contents_pages)
    finally:
        pdf.close_letters()


def _filled(pdf: _Report, document: Document, contents_pages: int) -> bytes:
    _set_up(pdf, document)
    if document.is_sheet:
        _letterhead(pdf, document)
        _titles(pdf, document, 16)
    else:
        _letterhead(pdf, document)
        pdf.set_y(110)
        _titles(pdf, document, 24)
        pdf.add_page()
        _contents(pdf, document, contents_pages)
    _write_all(pdf, document.blocks)
    _sign(pdf, document)
    _write_all(pdf, document.annex)
    return bytes(pdf.output())


def _set_up(pdf: _Report, document: Document) -> None:
    for style, name in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold"), ("I", "DejaVuSans-Oblique")):
        pdf.add_font(_FAMILY, style, _FONTS / f"{name}.ttf")
    pdf.set_margins(25, 22, 25)
    pdf.set_auto_page_break(True, margin=22)
    pdf.set_title(document.title)
    pdf.set_subject(document.subtitle[0])
    pdf.set_author(document.letterhead[0] if document.letterhead else "")
    pdf.set_lang(document.language)
    pdf.set_creation_date(datetime.combine(document.day, time(), UTC))


def _text(pdf: _Report, text: str, size: float = _BODY, *, style: str = "", align: str = "L", indent: float = 0) -> None:  # fmt: skip
    pdf.set_font(_FAMILY, style, size)
    if indent:
        pdf.set_x(pdf.l_margin + indent)
    pdf.multi_cell(0, size * 0.53, text, align=align, new_x="LMARGIN", new_y="NEXT")


def _letterhead(pdf: _Report, document: Document) -> None:
    pdf.add_page()
    pdf.set_text_color(*_INK)
    for place, line in enumerate(document.letterhead):
        _text(
            pdf,
            line,
            12,
            style="B" if place < len(document.letterhead) - 1 else "",
            align="C",
        )
    pdf.ln(3)
    pdf.set_line_width(0.8)
    pdf.line(25, pdf.get_y(), 185, pdf.get_y())
    pdf.ln(6)
    _text(pdf, f"{document.words['nomor']}: {document.number}", align="C")


def _titles(pdf: _Report, document: Document, size: float) -> None:
    pdf.set_text_color(*_NAVY)
    pdf.ln(4)
    _text(pdf, document.title, size, style="B", align="C")
    pdf.ln(size / 3)
    for line in document.subtitle:
        _text(pdf, line, size * 0.6, align="C")
        pdf.ln(2)
    pdf.ln(4)


def _contents(pdf: _Report, document: Document, pages: int) -> None:
    pdf.set_text_color(*_NAVY)
    _text(pdf, document.words["daftar_isi"], 15, style="B")
    pdf.ln(3)
    pdf.set_text_color(*_INK)
    pdf.set_font(_FAMILY, size=9.5)
    table = TableOfContents(line_spacing=1.3)
    pdf.insert_toc_placeholder(table.render_toc, pages=pages)


def _write_all(pdf: _Report, blocks: Sequence[Block]) -> None:
    for block, following in zip_longest(blocks, blocks[1:]):
        _write(pdf, block, following)


def _write(pdf: _Report, block: Block, following: Block | None) -> None:
    pdf.set_text_color(*_INK)
    match block:
        case Heading():
            _heading(pdf, block, following)
        case Paragraph():
            _text(pdf, block.text)
            pdf.ln(2.5)
        case Bullets():
            for item in block.items:
                _bullet(pdf, item)
            pdf.ln(2)
        case Table():
            _table(pdf, block)
        case Picture():
            _picture(pdf, block)
        case PageBreak():
            pdf.add_page()


def _heading(pdf: _Report, block: Heading, following: Block | None) -> None:
    """No heading stays behind when its table moves to the next page."""
    is_on_top = pdf.get_y() <= pdf.t_margin + 1
    below = (
        _HEADING + _height(pdf, following) if isinstance(following, Table) else _LEAST_BELOW_HEADING
    )
    if not is_on_top and (block.level == 1 or pdf.will_page_break(below)):
        pdf.add_page()
    elif not is_on_top:
        pdf.ln(3)
    pdf.start_section(block.text, level=block.level - 1)
    pdf.set_text_color(*_NAVY)
    _text(pdf, block.text, 15 if block.level == 1 else 12, style="B")
    pdf.ln(2)
    pdf.set_text_color(*_INK)


def _bullet(pdf: _Report, item: str) -> None:
    """An item that does not fit goes whole to the next page."""
    pdf.set_font(_FAMILY, size=_BODY)
    if pdf.will_page_break(_LINE * _lines(pdf, item, _WIDTH - 6)):
        pdf.add_page()
    pdf.cell(w=6, h=_LINE, text="•")
    pdf.multi_cell(_WIDTH - 6, _LINE, item, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1)


def _table(pdf: _Report, block: Table) -> None:
    pdf.tables += 1
    if pdf.will_page_break(_height(pdf, block)):
        pdf.add_page()
    _text(pdf, f"{pdf.words['tabel']} {pdf.tables}. {block.caption}", 9.5, style="B")
    pdf.ln(1)
    pdf.set_font(_FAMILY, size=_SMALL)
    pdf.set_draw_color(150, 150, 150)
    pdf.set_line_width(0.2)
    head = FontFace(emphasis="BOLD", color=_NAVY, fill_color=_HEAD)
    with pdf.table(
        col_widths=tuple(column.width for column in block.columns), width=_WIDTH, line_height=_ROW, padding=_PADDING,
        text_align=tuple("RIGHT" if column.is_number else "LEFT" for column in block.columns),
        headings_style=head, repeat_headings=TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE,
    ) as table:  # fmt: skip
        table.row([column.title for column in block.columns])
        for row in block.rows:
            table.row(list(row))
    if block.note:
        pdf.ln(1)
        pdf.set_text_color(*_GREY)
        _text(pdf, block.note, 8, style="I")
    pdf.set_text_color(*_INK)
    pdf.ln(4)


def _height(pdf: _Report, block: Table) -> float:
    """What has to fit on the page that the table begins on: all of a short one, the first lines of a long one."""
    if len(block.rows) > _KEPT_TOGETHER:
        return _LEAST_BELOW_HEADING
    pdf.set_font(_FAMILY, "B", _SMALL)  # wider than the text, so nothing is taken for too low
    whole = sum(column.width for column in block.columns)
    widths = [_WIDTH * column.width / whole - 2 * _PADDING for column in block.columns]
    lines = [
        max(_lines(pdf, text, width) for text, width in zip(row, widths, strict=True))
        for row in ([column.title for column in block.columns], *block.rows)
    ]
    around = 7 + (2 + _ROW * _lines(pdf, block.note, _WIDTH) if block.note else 0)
    height = around + sum(_ROW * each + 2 * _PADDING for each in lines)
    return height if height < _MOST_MOVED else _LEAST_BELOW_HEADING


def _lines(pdf: _Report, text: str, width: float) -> int:
    found = pdf.multi_cell(width, _ROW, text, align="L", dry_run=True, output="LINES")
    return len(found) if isinstance(found, list) else 1


def _picture(pdf: _Report, block: Picture) -> None:
    pdf.pictures += 1
    png = block.figure.png()
    with Image.open(BytesIO(png)) as image:
        height = _WIDTH * image.height / image.width
    if pdf.will_page_break(height + 16):
        pdf.add_page()
    pdf.image(BytesIO(png), w=_WIDTH, h=height, alt_text=block.figure.says)
    pdf.ln(2)
    _text(
        pdf,
        f"{pdf.words['gambar']} {pdf.pictures}. {block.caption}",
        9.5,
        style="B",
        align="C",
    )
    pdf.ln(4)


def _sign(pdf: _Report, document: Document) -> None:
    given = document.signature
    if pdf.will_page_break(70):
        pdf.add_page()
    pdf.ln(12)
    for line in (f"{given.place}, {document.words['tanggal']}", given.office):
        _text(pdf, line, indent=80)
    pdf.ln(24)
    _text(pdf, given.name, style="B", indent=80)
    for line in given.below:
        _text(pdf, line, indent=80)
