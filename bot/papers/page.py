"""A blank A4 document of fpdf2 with our letters embedded, and the few things that every paper draws.

Only the child process imports fpdf2. The letters are those of the pictures (DejaVu, out of matplotlib's own folder), found
without loading matplotlib. The same paper of the same day gives the same bytes.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.fonts import TTFFont

FAMILY = "DejaVu"
NAVY, INK, GREY, PALE = (18, 53, 91), (26, 26, 26), (85, 85, 85), (220, 230, 241)
LINE = 0.5  # millimetres of a line's height for each point of its letters
QUIET_ZONE = 4  # modules of white that a camera needs around the code


def prepare(pdf: FPDF, title: str, author: str, day: date, *, margin: float = 20) -> FPDF:
    for style, name in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold"), ("I", "DejaVuSans-Oblique")):
        pdf.add_font(FAMILY, style, _fonts() / f"{name}.ttf")
    pdf.set_margins(margin, margin, margin)
    pdf.set_auto_page_break(True, margin=margin)
    pdf.set_title(title)
    pdf.set_author(author)
    pdf.set_lang("id")
    pdf.set_creation_date(datetime.combine(day, time(), UTC))
    return pdf


def close(pdf: FPDF) -> None:
    """The files of its letters, which fpdf2 keeps open."""
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            font.ttfont.close()


def write(
    pdf: FPDF,
    text: str,
    size: float,
    *,
    style: str = "",
    align: str = "L",
    color: tuple[int, int, int] = INK,
    indent: float = 0,
) -> None:
    """Over the whole width, or from `indent` on; the next line begins at the left again."""
    pdf.set_font(FAMILY, style, size)
    pdf.set_text_color(*color)
    pdf.set_x(pdf.l_margin + indent)
    pdf.multi_cell(0, size * LINE, text, align=align, new_x="LMARGIN", new_y="NEXT")


def lines_of(pdf: FPDF, text: str, width: float, size: float, style: str = "") -> Sequence[str]:
    """How the text would be broken; draws nothing."""
    pdf.set_font(FAMILY, style, size)
    found = pdf.multi_cell(width, size * LINE, text, align="L", dry_run=True, output="LINES")
    return [str(line) for line in found] if isinstance(found, list) else [text]


def cut(pdf: FPDF, text: str, width: float) -> str:
    """So much of it as fits on a line, in the letters that are set."""
    while text and pdf.get_string_width(text) > width:
        text = text[:-2].rstrip() + "…"
    return text


def fitting(
    pdf: FPDF, text: str, sizes: Sequence[float], most_lines: int, style: str = ""
) -> float:
    """The first of the sizes at which it takes no more lines, else the last."""
    width = pdf.epw
    for size in sizes:
        if len(lines_of(pdf, text, width, size, style)) <= most_lines:
            return size
    return sizes[-1]


def draw_qr(pdf: FPDF, link: str, x: float, y: float, side: float) -> None:
    """As black squares and not as a picture, so that it stays sharp in any size; `side` holds the quiet zone too."""
    code = segno.make(link, error="m", micro=False)
    rows = list(code.matrix)
    module = side / (len(rows) + 2 * QUIET_ZONE)
    pdf.set_fill_color(0, 0, 0)
    for row, cells in enumerate(rows):
        begin = 0
        while begin < len(cells):
            end = begin
            while end < len(cells) and cells[end]:
                end += 1
            if end > begin:
                pdf.rect(
                    x + (begin + QUIET_ZONE) * module, y + (row + QUIET_ZONE) * module,
                    (end - begin) * module, module, style="F",
                )  # fmt: skip
            begin = end + 1


def _fonts() -> Path:
    found = find_spec("matplotlib")
    places = list(found.submodule_search_locations or ()) if found else []
    folder = Path(places[0], "mpl-data", "fonts", "ttf") if places else Path()
    if not folder.is_dir():
        raise FileNotFoundError("the fonts of matplotlib: install requirements.txt again")
    return folder
