"""What python-docx has no call for, as the elements of the file format: fields, shading, headers that repeat, alt text."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.shared import Pt
from docx.styles.style import BaseStyle
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field whose result Word works out itself; `shown` stands there until it does."""
    paragraph._p.extend([*_opening(code), *([_run(shown)] if shown else []), _mark("end")])  # noqa: SLF001  python-docx has fields of no kind


def frame_field(first: Paragraph, last: Paragraph, code: str) -> None:
    """The same around paragraphs that are there: they are what is shown until Word has worked it out."""
    for place, part in enumerate(_opening(code, is_dirty=True)):
        first._p.insert(place + (first._p.pPr is not None), part)  # noqa: SLF001  as above
    last._p.append(_mark("end"))  # noqa: SLF001  as above


def _opening(code: str, *, is_dirty: bool = False) -> list[BaseOxmlElement]:
    begin, text = _mark("begin"), OxmlElement("w:instrText")
    if is_dirty:
        begin[0].set(qn("w:dirty"), "true")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    instruction = OxmlElement("w:r")
    instruction.append(text)
    return [begin, instruction, _mark("separate")]


def _mark(kind: str) -> BaseOxmlElement:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    return run


def _run(shown: str) -> BaseOxmlElement:
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    return run


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
