"""What python-docx has no call for, as the elements of the file format: fields, shading, headers that repeat, alt text."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Pt
from docx.styles.style import BaseStyle
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field whose result Word works out itself; `shown` stands there until it does."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._r.append(text)  # noqa: SLF001  python-docx has fields of no kind
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            if kind == "begin" and code.startswith("TOC"):
                mark.set(qn("w:dirty"), "true")
            run._r.append(mark)  # noqa: SLF001  as above


def set_font(style: BaseStyle, name: str) -> None:
    """The name for every script; a font of the theme, which would win over it, is taken out."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)
    for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def shade(cell: _Cell, colour: str) -> None:
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)  # noqa: SLF001  python-docx has no shading


def repeat_header(row: _Row) -> None:
    """The first row again on every page of a long table; no row breaks over two pages."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  python-docx has no such property
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def spaced(paragraph: Paragraph, points: float) -> None:
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(points)


def keep_with_next(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.keep_with_next = True


def add_alternative_text(shape: InlineShape, says: str) -> None:
    shape._inline.docPr.set("descr", says)  # noqa: SLF001  python-docx has no such property
