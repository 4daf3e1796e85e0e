"""Shapes on a portrait page measured in pixels, and the page as PNG bytes. Knows no training and no sentence.

x runs to the right, y downwards. Matplotlib only paints: its own layout clips long Indonesian labels, so text is
measured and wrapped here. The bytes depend on the shapes alone: no date and no version goes into the file.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, Rectangle
from matplotlib.textpath import text_to_path

_DPI = 100
_POINTS_PER_PIXEL = 72 / _DPI
_FAMILY = "DejaVu Sans"  # comes with matplotlib, so every machine draws the same letters


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; y is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    align: str = "left"  # left, center, right


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Stroke:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    colour: str


Shape = Words | Box | Stroke | Dot


def paint(shapes: Sequence[Shape], width: int, height: int) -> bytes:
    """The shapes in order, later ones on top, as PNG of width x height pixels."""
    figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for order, shape in enumerate(shapes):
        _paint(axes, shape, order)
    file = BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, metadata={"Software": None})
    return file.getvalue()


def _paint(axes: Axes, shape: Shape, order: int) -> None:
    match shape:
        case Words():
            _write(axes, shape, order)
        case Box():
            axes.add_patch(
                Rectangle(
                    (shape.x, shape.y), shape.width, shape.height,
                    facecolor=shape.colour, edgecolor="none", zorder=order,
                )
            )  # fmt: skip
        case Stroke():
            axes.plot(
                [shape.x1, shape.x2], [shape.y1, shape.y2], color=shape.colour, zorder=order,
                linewidth=shape.width * _POINTS_PER_PIXEL, solid_capstyle="butt",
            )  # fmt: skip
        case Dot():
            place = (shape.x, shape.y)
            axes.add_patch(
                Circle(place, shape.radius, facecolor=shape.colour, edgecolor="white", zorder=order)
            )


def _write(axes: Axes, words: Words, order: int) -> None:
    axes.text(
        words.x, words.y, words.text, fontsize=words.size * _POINTS_PER_PIXEL, color=words.colour,
        family=_FAMILY, weight="bold" if words.bold else "normal", ha=words.align, va="baseline",
        parse_math=False, zorder=order,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels of one line."""
    font = FontProperties(family=_FAMILY, weight="bold" if bold else "normal", size=size)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def wrapped(
    text: str, size: float, width: float, *, bold: bool = False, most: int = 9
) -> tuple[str, ...]:
    """Lines no wider than `width`; a word that is wider is cut, and so is what exceeds `most` lines."""
    lines: list[str] = []
    line = ""
    for word in "".join(sign if sign.isprintable() else " " for sign in text).split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, bold=bold) > width:
            lines.append(line)
            longer = word
            if len(lines) > most:
                break
        line = longer
    whole = [*lines, line]
    kept = whole[:most]
    if len(whole) > most:
        kept[-1] += " …"
    return tuple(_cut(each, size, width, bold=bold) for each in kept)


def _cut(line: str, size: float, width: float, *, bold: bool) -> str:
    if width_of(line, size, bold=bold) <= width:
        return line
    shorter = line.removesuffix(" …")
    lengths = range(1, len(shorter) + 1)
    fit = bisect_right(lengths, width, key=lambda kept: width_of(f"{shorter[:kept]}…", size, bold=bold))  # fmt: skip
    return f"{shorter[:fit].rstrip()}…"
