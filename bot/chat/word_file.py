"""A small Word document: paragraphs, headings, tables, pictures, page breaks on A4. Pure: values in, the bytes of a .docx out.

It holds what letters and interview pages need and no more (Office Open XML, written part by part). The same input gives the
same bytes. A character that XML cannot carry is left out, so nothing that somebody typed can spoil the file.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final, Literal

from bot.chat.word_parts import CONTENT_TYPES, DOCUMENT, PICTURE, RELATIONSHIPS, ROOT, STYLES

Align = Literal["left", "center", "right", "both"]
_EMU: Final = 360_000  # per centimetre
_TWIPS: Final = 567  # per centimetre
_WIDTH: Final = 16.0  # centimetres between the margins
_THEN: Final = (2026, 1, 1, 0, 0, 0)  # of the parts inside: a clock would change the bytes
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str = ""
    style: Literal["Normal", "Title", "Heading1", "Heading2", "Quote", "Small"] = "Normal"
    align: Align = "left"
    bold: bool = False
    rule_below: bool = False  # the double line of a letterhead


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Without borders it only aligns, like the head of a letter."""

    rows: Sequence[Sequence[str]]
    widths: Sequence[float]  # centimetres
    header: bool = True
    borders: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    png: bytes = field(repr=False)
    width: float  # centimetres; a square one
    says: str  # for who cannot see it


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Paragraph | Grid | Picture | PageBreak


def word_file(title: str, blocks: Sequence[Block]) -> bytes:
    pictures = [one for one in blocks if isinstance(one, Picture)]
    body = "".join(_written(blocks))
    related = "".join(RELATIONSHIPS.format(number=n) for n, _ in enumerate(pictures, start=1))
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT["rels"],
        "docProps/core.xml": ROOT["core"].format(title=_safe(title)),
        "word/styles.xml": STYLES,
        "word/_rels/document.xml.rels": ROOT["document_rels"].format(pictures=related),
        "word/document.xml": DOCUMENT.format(body=body),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name, _THEN), content.encode(), zipfile.ZIP_DEFLATED)
        for number, picture in enumerate(pictures, start=1):
            book.writestr(zipfile.ZipInfo(f"word/media/image{number}.png", _THEN), picture.png)
    return written.getvalue()


def _written(blocks: Sequence[Block]) -> Iterator[str]:
    number = 0
    for block in blocks:
        match block:
            case Paragraph():
                yield _paragraph(block)
            case Grid():
                yield _table(block)
            case Picture():
                number += 1
                yield _picture(block, number)
            case PageBreak():
                yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _paragraph(one: Paragraph) -> str:
    rule = (
        '<w:pBdr><w:bottom w:val="double" w:sz="6" w:space="4" w:color="000000"/></w:pBdr>'
        if one.rule_below
        else ""
    )
    properties = f'<w:pStyle w:val="{one.style}"/>{rule}<w:jc w:val="{one.align}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_run(one.text, bold=one.bold)}</w:p>"


def _run(text: str, *, bold: bool = False) -> str:
    """A line break in the text is one on the page."""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{_safe(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{weight}{lines}</w:r>"


def _table(one: Grid) -> str:
    kinds = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = 'w:val="single" w:sz="4" w:space="0" w:color="808080"'
    borders = "".join(f"<w:{kind} {line}/>" for kind in kinds) if one.borders else ""
    widths = [round(width * _TWIPS) for width in one.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _table_row(row, widths, header=one.header and number == 0)
        for number, row in enumerate(one.rows)
    )
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
    )
    # Two tables that touch become one in Word, so an empty line follows.
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr></w:p>'
    )


def _table_row(row: Sequence[str], widths: Sequence[int], *, header: bool) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>{_run(cell, bold=header)}</w:p></w:tc>'
        for cell, width in zip(row, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _picture(one: Picture, number: int) -> str:
    side = round(min(one.width, _WIDTH) * _EMU)
    return PICTURE.format(number=number, side=side, says=_safe(one.says))


def _safe(text: str) -> str:
    return escape(_UNWRITABLE.sub("", text))
