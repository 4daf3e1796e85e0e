"""A paper laid out as strips: each knows its height and how it is drawn at a place, so pages are filled before anything is drawn.

Strips of one block stay on one page when a page can hold them. Nothing here knows what a questionnaire is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fpdf import FPDF

from bot.papers.page import FAMILY, INK, LINE, PALE, lines_of

GAP = 2.6  # millimetres between blocks
MARK = 1.7  # radius of a circle, half a side of a square
WRITING = 8.0  # height of a line to write on


@dataclass(frozen=True, slots=True)
class Strip:
    height: float
    draw: Callable[[FPDF, float], None]  # from that height of the page down


Block = Sequence[Strip]


@dataclass(frozen=True, slots=True)
class Look:
    """How a text stands."""

    size: float = 10.0
    style: str = ""
    color: tuple[int, int, int] = INK
    indent: float = 0.0
    align: str = "L"
    is_framed: bool = False  # on a pale ground


def pages_of(blocks: Sequence[Block], room: float) -> list[list[Strip]]:
    pages: list[list[Strip]] = [[]]
    left = room
    for block in blocks:
        whole = sum(strip.height for strip in block)
        if pages[-1] and whole > left and whole <= room:
            pages.append([])
            left = room
        for strip in block:
            if strip.height > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1].append(strip)
            left -= strip.height
    return pages


def text_strips(pdf: FPDF, text: str, look: Look, width: float | None = None) -> list[Strip]:
    """A strip for each of its lines."""
    room = (pdf.epw if width is None else width) - look.indent
    inner = room - (6 if look.is_framed else 0)
    height = look.size * LINE
    return [
        Strip(height, _line(line, look, room, height))
        for line in lines_of(pdf, text, inner, look.size, look.style)
    ]


def gap(height: float = GAP) -> Strip:
    return Strip(height, lambda _pdf, _top: None)


def writing_lines(count: int, indent: float) -> list[Strip]:
    def draw(pdf: FPDF, top: float) -> None:
        dotted(pdf, pdf.l_margin + indent, pdf.w - pdf.r_margin, top + WRITING - 1)

    return [Strip(WRITING, draw)] * count


def dotted(pdf: FPDF, left: float, right: float, height: float) -> None:
    pdf.set_draw_color(120, 120, 120)
    pdf.set_line_width(0.2)
    pdf.set_dash_pattern(dash=0.4, gap=1.0)
    pdf.line(left, height, right, height)
    pdf.set_dash_pattern()


def mark(pdf: FPDF, kind: str, x: float, middle: float) -> None:
    """An empty circle or square to be crossed, its left edge at `x`."""
    pdf.set_draw_color(*INK)
    pdf.set_line_width(0.3)
    if kind == "circle":
        pdf.circle(x=x + MARK, y=middle, radius=MARK)
    else:
        wide = 3.4 if kind == "rank" else MARK  # a square in which a number is written is larger
        pdf.rect(x, middle - min(wide, 2.4), 2 * wide, 2 * min(wide, 2.4))


def words_at(pdf: FPDF, text: str, place: tuple[float, float, float], look: Look) -> None:
    """From (left, top) over so much width, on as many lines as it takes; the strip left room for them."""
    x, top, width = place
    pdf.set_font(FAMILY, look.style, look.size)
    pdf.set_text_color(*look.color)
    pdf.set_xy(x, top)
    pdf.multi_cell(width, look.size * LINE, text, align=look.align, new_x="LMARGIN", new_y="NEXT")


def _line(line: str, look: Look, room: float, height: float) -> Callable[[FPDF, float], None]:
    def draw(pdf: FPDF, top: float) -> None:
        left = pdf.l_margin + look.indent
        if look.is_framed:
            pdf.set_fill_color(*PALE)
            pdf.rect(left, top - 0.05, room, height + 0.1, style="F")
            left += 3
        pdf.set_font(FAMILY, look.style, look.size)
        pdf.set_text_color(*look.color)
        pdf.set_xy(left, top)
        inner = room - (6 if look.is_framed else 0)
        pdf.cell(w=inner, h=height, text=line, align=look.align, new_x="LMARGIN", new_y="NEXT")

    return draw
