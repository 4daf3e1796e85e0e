"""How a question stands on paper: its number, its words, what is to be ticked or written. Draws; decides nothing about the form."""

from collections.abc import Iterator, Sequence

from fpdf import FPDF

from bot.papers.page import FAMILY, GREY, INK, LINE, NAVY, PALE, lines_of
from bot.papers.questions import (
    Blank,
    Boxes,
    Choice,
    Grid,
    Note,
    Question,
    Scale,
    Section,
    Ticks,
)
from bot.papers.questions import Block as Asked
from bot.papers.strips import (
    GAP,
    MARK,
    WRITING,
    Block,
    Look,
    Strip,
    dotted,
    gap,
    mark,
    text_strips,
    words_at,
    writing_lines,
)

GUTTER = 10.0  # where the number stands
LABEL = 6.0  # from the left edge of a mark to its label
OPTION = Look(9.5)
MOST_COLUMNS = 3
ASKED, HINT, CONDITION = Look(10.5), Look(9, "I", GREY), Look(9, "I", NAVY)
CELLS = {"date": "hari / bulan / tahun", "time": "jam . menit", "datetime": "hari / bulan / tahun, jam . menit"}  # fmt: skip


def question_blocks(pdf: FPDF, asked: Sequence[Asked]) -> Iterator[Block]:
    """A title goes with what follows it."""
    waiting: list[Strip] = []
    for one in asked:
        match one:
            case Section():
                waiting += [gap(1), *text_strips(pdf, one.text, Look(12, "B", NAVY)), gap(1)]
            case Note():
                waiting += _note(pdf, one)
            case Question():
                yield [*waiting, *_question(pdf, one)]
                waiting = []
            case Grid():
                yield [*waiting, *_grid(pdf, one)]
                waiting = []
    if waiting:
        yield waiting


def _note(pdf: FPDF, one: Note) -> list[Strip]:
    said = text_strips(pdf, one.condition, CONDITION) if one.condition else []
    return [*said, *text_strips(pdf, one.text, Look(10)), gap()]


def _question(pdf: FPDF, one: Question) -> list[Strip]:
    strips = _head(pdf, one.number, one.text, one.hint, one.condition)
    match one.answer:
        case Ticks():
            strips += _ticks(pdf, one.answer)
        case Scale():
            strips.append(_scale(pdf, one.answer))
        case Blank(kind=None):
            strips += writing_lines(one.answer.lines, GUTTER)
        case Blank():
            strips.append(_boxes(one.answer.kind or "number"))
    return [*strips, gap()]


def _head(pdf: FPDF, number: int, text: str, hint: str, condition: str) -> list[Strip]:
    strips: list[Strip] = []
    if condition:
        strips += text_strips(pdf, condition, _indented(CONDITION))
    strips += _numbered(number, text_strips(pdf, text, _indented(ASKED)))
    if hint:
        strips += text_strips(pdf, hint, _indented(HINT))
    return [*strips, gap(0.8)]


def _indented(look: Look) -> Look:
    return Look(look.size, look.style, look.color, GUTTER)


def _numbered(number: int, lines: list[Strip]) -> list[Strip]:
    first = lines[0]

    def draw(pdf: FPDF, top: float) -> None:
        words_at(pdf, f"{number}.", (pdf.l_margin, top, GUTTER), Look(10.5, "B"))
        first.draw(pdf, top)

    return [Strip(first.height, draw), *lines[1:]]


def _ticks(pdf: FPDF, answer: Ticks) -> list[Strip]:
    """Short ones side by side; what is to be written gets a line of its own."""
    short = [one for one in answer.choices if not one.is_written]
    written = [one for one in answer.choices if one.is_written]
    room = pdf.epw - GUTTER
    columns = _columns(pdf, short, room, answer.mark)
    width = room / columns
    rows = [short[begin : begin + columns] for begin in range(0, len(short), columns)]
    strips = [_row(pdf, answer.mark, row, width) for row in rows]
    return [*strips, *(_written(pdf, answer.mark, one) for one in written)]


def _columns(pdf: FPDF, choices: Sequence[Choice], room: float, kind: str) -> int:
    pdf.set_font(FAMILY, OPTION.style, OPTION.size)
    widest = max((pdf.get_string_width(_said(one)) for one in choices), default=0.0)
    fitting = int(room // (widest + _label_at(kind) + 5))
    return max(1, min(MOST_COLUMNS, fitting, len(choices) or 1))


def _said(one: Choice) -> str:
    return f"{one.label}  {one.jump}".strip()


def _label_at(kind: str) -> float:
    return LABEL + (4 if kind == "rank" else 0)


def _row(pdf: FPDF, kind: str, row: Sequence[Choice], width: float) -> Strip:
    at, inner = _label_at(kind), width - _label_at(kind) - 2
    lines = max(len(lines_of(pdf, _said(one), inner, OPTION.size)) for one in row)
    line = OPTION.size * LINE

    def draw(pdf: FPDF, top: float) -> None:
        for place, one in enumerate(row):
            left = pdf.l_margin + GUTTER + place * width
            mark(pdf, kind, left, top + 0.6 + line / 2)
            words_at(pdf, _said(one), (left + at, top + 0.6, inner), OPTION)

    return Strip(lines * line + (2.6 if kind == "rank" else 1.4), draw)


def _written(pdf: FPDF, kind: str, one: Choice) -> Strip:
    label, at = _said(one), _label_at(kind)
    pdf.set_font(FAMILY, OPTION.style, OPTION.size)
    begin = at + min(pdf.get_string_width(label) + 4, pdf.epw * 0.6)
    lines = len(lines_of(pdf, label, begin - at, OPTION.size))

    def draw(pdf: FPDF, top: float) -> None:
        left = pdf.l_margin + GUTTER
        mark(pdf, kind, left, top + 1.4 + OPTION.size * LINE / 2)
        words_at(pdf, label, (left + at, top + 1.4, begin - at), OPTION)
        dotted(pdf, left + begin + 2, pdf.w - pdf.r_margin, top + WRITING - 1.5)

    return Strip(max(WRITING, lines * OPTION.size * LINE + 2), draw)


def _scale(pdf: FPDF, answer: Scale) -> Strip:
    """Circles in a row with their numbers below; many steps stand closer."""
    step = min(15.0, (pdf.epw - GUTTER) / len(answer.steps))

    def draw(pdf: FPDF, top: float) -> None:
        for place, one in enumerate(answer.steps):
            left = pdf.l_margin + GUTTER + place * step
            mark(pdf, "circle", left + step / 2 - MARK, top + 2.5)
            words_at(pdf, one.replace(".", ","), (left, top + 5.2, step), Look(8.5, align="C"))

    return Strip(11, draw)


def _boxes(kind: Boxes) -> Strip:
    """Room for a number or a day, with what belongs where."""

    def draw(pdf: FPDF, top: float) -> None:
        width = {"number": 40, "time": 40, "date": 60, "datetime": 85}[kind]
        pdf.set_draw_color(120, 120, 120)
        pdf.set_line_width(0.25)
        pdf.rect(pdf.l_margin + GUTTER, top, width, 8)
        words = CELLS.get(kind, "")
        if words:
            words_at(pdf, words, (pdf.l_margin + GUTTER + width + 3, top + 2, 70), HINT)

    return Strip(9.5, draw)


def _grid(pdf: FPDF, one: Grid) -> list[Strip]:
    cell = min(21.0, 104.0 / len(one.labels))
    room = pdf.epw - cell * len(one.labels)
    strips: list[Strip] = []
    if one.condition:
        strips += text_strips(pdf, one.condition, CONDITION)
    strips.append(_grid_head(pdf, one, cell, room))
    strips += [
        _grid_row(pdf, number, text, len(one.labels), cell, is_pale=place % 2 == 0)
        for place, (number, text) in enumerate(one.rows)
    ]
    return [*strips, gap(GAP)]


def _grid_head(pdf: FPDF, one: Grid, cell: float, room: float) -> Strip:
    look = Look(8, align="C")
    lines = max(len(lines_of(pdf, label, cell, look.size)) for label in one.labels)
    told = len(lines_of(pdf, one.hint, room - 4, HINT.size, HINT.style)) if one.hint else 0
    height = max(lines * look.size * LINE, told * HINT.size * LINE) + 1.5

    def draw(pdf: FPDF, top: float) -> None:
        if one.hint:
            words_at(pdf, one.hint, (pdf.l_margin, top, room - 4), HINT)
        for place, label in enumerate(one.labels):
            left = pdf.l_margin + room + place * cell
            words_at(pdf, label, (left, top, cell), look)

    return Strip(height, draw)


def _grid_row(
    pdf: FPDF, number: int, text: str, options: int, cell: float, *, is_pale: bool
) -> Strip:
    room = pdf.epw - cell * options
    lines = len(lines_of(pdf, text, room - GUTTER - 2, 10))
    height = lines * 10 * LINE + 3

    def draw(pdf: FPDF, top: float) -> None:
        if is_pale:
            pdf.set_fill_color(*PALE)
            pdf.rect(pdf.l_margin, top, pdf.epw, height, style="F")
        words_at(pdf, f"{number}.", (pdf.l_margin, top + 1.5, GUTTER), Look(10, "B", INK))
        words_at(pdf, text, (pdf.l_margin + GUTTER, top + 1.5, room - GUTTER - 2), Look(10))
        for place in range(options):
            left = pdf.l_margin + room + place * cell + cell / 2 - MARK
            mark(pdf, "circle", left, top + height / 2)

    return Strip(height, draw)
