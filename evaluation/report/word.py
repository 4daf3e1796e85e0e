"""The report as a Word document (.docx) by python-docx: real styles, a contents field, numbered captions, page numbers.

Remarks for who completes it are Word comments: Review > Delete All Comments takes every one out in one step, the text
stays. The same document gives the same bytes.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, time

import docx
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from evaluation.report.model import (
    Block,
    Bullets,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from evaluation.report.word_parts import (
    add_alternative_text,
    add_field,
    frame_field,
    keep_with_next,
    repeat_header,
    set_font,
    shade,
    spaced,
)

_AUTHOR, _INITIALS = "Draf", "D"
_CELL_PT = 2.5  # above and below the words of a cell
_KEPT_TOGETHER = 8  # rows: a table of as many is not torn between two pages
_TEXT_CM = 16.0
_LONGEST_PROPERTY = 255  # letters, of Word
_EPOCH = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every part in the file, so that the same report has the same bytes
_NAVY, _HEAD = RGBColor(0x12, 0x35, 0x5B), "DCE6F1"


def write_word(document: Document) -> bytes:
    word = docx.Document()
    _set_up(word, document)
    if document.is_sheet:
        _letterhead(word, document)
        _titles(word, document, 16)
    else:
        _cover(word, document)
        _contents(word, document)
    for block in document.blocks:
        _write(word, block, document)
    _sign(word, document)
    for block in document.annex:
        _write(word, block, document)
    file = io.BytesIO()
    word.save(file)
    return _timeless(file.getvalue())


def _set_up(word: Word, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    fonts = {"Normal": 11, "Heading 1": 15, "Heading 2": 12, "Caption": 9.5, "Title": 24}
    for name, size in fonts.items():
        style = word.styles[name]
        set_font(style, "Arial")
        style.font.size = Pt(size)
        if name != "Normal":
            style.font.color.rgb = _NAVY
    word.styles["Heading 1"].paragraph_format.page_break_before = True
    about = word.core_properties
    about.title = document.title[:_LONGEST_PROPERTY]
    about.author = document.letterhead[0][:_LONGEST_PROPERTY] if document.letterhead else ""
    about.language, about.subject = document.language, document.subtitle[0][:_LONGEST_PROPERTY]
    moment = datetime.combine(document.day, time(), UTC)
    about.created = about.modified = moment
    about.last_modified_by, about.revision = "", 1


def _cover(word: Word, document: Document) -> None:
    _letterhead(word, document)
    for _ in range(5):
        word.add_paragraph()
    _titles(word, document, 24)


def _letterhead(word: Word, document: Document) -> None:
    for place, line in enumerate(document.letterhead):
        paragraph = _centred(word, line)
        paragraph.runs[0].bold = place < len(document.letterhead) - 1
    word.add_paragraph()
    _centred(word, f"{document.words['nomor']}: {document.number}")


def _titles(word: Word, document: Document, size: float) -> None:
    title = word.add_paragraph(document.title, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.size = Pt(size)
    for line in filter(None, document.subtitle):
        _centred(word, line).runs[0].font.size = Pt(size * 0.6)


def _centred(word: Word, text: str) -> WordParagraph:
    paragraph = word.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _contents(word: Word, document: Document) -> None:
    """A field that Word fills in with page numbers; until then, and on a phone, it lists the headings.

    The page numbers stand in the footer from here on, not on the cover.
    """
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.footer.is_linked_to_previous = False
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{document.words['halaman']} ")
    add_field(foot, "PAGE", "1")
    head = word.add_paragraph()
    run = head.add_run(document.words["daftar_isi"])
    run.bold, run.font.size, run.font.color.rgb = True, Pt(15), _NAVY
    _remark(word, head, document.words["perbarui"], document)
    headings = [each for each in (*document.blocks, *document.annex) if isinstance(each, Heading)]
    listed = [word.add_paragraph(each.text, _contents_style(word, each.level)) for each in headings]
    frame_field(listed[0], listed[-1], 'TOC \\o "1-2" \\h \\z \\u')


def _contents_style(word: Word, level: int) -> str:
    """Word's own by its name; the template does not hold it."""
    name = f"toc {level}"
    if name not in word.styles:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(1), 1.0
        style.font.size = Pt(9.5)  # so that most contents take one page
    return name


def _write(word: Word, block: Block, document: Document) -> None:
    match block:
        case Heading():
            word.add_heading(block.text, block.level)
        case Paragraph():
            _paragraph(word, block, document)
        case Bullets():
            for item in block.items:
                word.add_paragraph(item, style="List Bullet")
        case Table():
            _table(word, block, document)
        case Picture():
            _picture(word, block, document)
        case PageBreak():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _paragraph(word: Word, block: Paragraph, document: Document) -> None:
    written = word.add_paragraph(block.text)
    written.paragraph_format.space_after = Pt(6)
    if block.draft:
        _remark(word, written, block.draft, document)


def _remark(word: Word, about: WordParagraph, text: str, document: Document) -> None:
    comment = word.add_comment(about.runs, text, _AUTHOR, _INITIALS)
    moment = datetime.combine(document.day, time(), UTC)
    comment._comment_elm.date = moment  # noqa: SLF001  there is no public way, and now would change the bytes


def _caption(word: Word, name: str, text: str) -> WordParagraph:
    """`Tabel 3. ...` with a number that Word counts, and so may be put into a list of tables."""
    code = f"SEQ {name} \\* ARABIC"
    shown = 1 + _counted(word, code)  # stands there until Word counts itself
    paragraph = word.add_paragraph(style="Caption")
    paragraph.add_run(f"{name} ")
    add_field(paragraph, code, str(shown))
    paragraph.add_run(f". {text}")
    return paragraph


def _counted(word: Word, code: str) -> int:
    """How many fields of that code are there; to ask each paragraph for its style takes most of the time of a report."""
    fields = word.element.body.iter(qn("w:instrText"))
    return sum(1 for each in fields if (each.text or "").strip() == code)


def _table(word: Word, block: Table, document: Document) -> None:
    keep_with_next(_caption(word, document.words["tabel"], block.caption))
    table = word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(column.width for column in block.columns)
    widths = [Cm(_TEXT_CM * column.width / whole) for column in block.columns]
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        cell.text = column.title
        shade(cell, _HEAD)
    repeat_header(table.rows[0])
    for of_table, width in zip(table.columns, widths, strict=True):
        of_table.width = width  # LibreOffice reads the widths here, Word in the cells
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    _lay_out(table, block, widths)
    note = word.add_paragraph(block.note)
    note.paragraph_format.space_before = Pt(_CELL_PT)
    for run in note.runs:
        run.font.size, run.italic = Pt(8.5), True


def _lay_out(table: WordTable, block: Table, widths: Sequence[Length]) -> None:
    for row_at, row_of_table in enumerate(table.rows):
        for cell, column, width in zip(row_of_table.cells, block.columns, widths, strict=True):
            cell.width = width
            spaced(cell.paragraphs[0], _CELL_PT)
            if row_at < len(block.rows) <= _KEPT_TOGETHER:
                keep_with_next(cell.paragraphs[0])
            for run in cell.paragraphs[0].runs:
                run.font.size, run.bold = Pt(9), not row_at
            if column.is_number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _picture(word: Word, block: Picture, document: Document) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(io.BytesIO(block.figure.png()), width=Cm(_TEXT_CM))
    add_alternative_text(shape, block.figure.says)
    keep_with_next(paragraph)
    _caption(word, document.words["gambar"], block.caption)


def _sign(word: Word, document: Document) -> None:
    given: Signature = document.signature
    lines = [f"{given.place}, {document.words['tanggal']}", given.office, "", "", "", given.name, *given.below]  # fmt: skip
    word.add_paragraph()
    for place, line in enumerate(lines):
        paragraph = word.add_paragraph()
        paragraph.add_run(line).bold = place == len(lines) - len(given.below) - 1
        paragraph.paragraph_format.left_indent = Cm(8)
        paragraph.paragraph_format.space_after = Pt(2)
        keep_with_next(paragraph)


def _timeless(packed: bytes) -> bytes:
    """The same parts in the same order, without the time of writing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return out.getvalue()
