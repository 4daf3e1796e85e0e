"""The one style of the report's pictures: a page of shapes with axis, rows and legend, and what it says in words.

1080 pixels wide and no letter below 28, so that a picture is legible on a phone and at the width of an A4 page. Okabe
and Ito's colours, and none says anything that is not also written. Knows no statistic; sentences come in ready.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evaluation.canvas import Box, Shape, Stroke, Words, paint, width_of, wrapped
from evaluation.layout import GREY, INK, MARGIN, NAVY, PALE, RIGHT, WIDTH

SMALL, BODY, HEAD = 28, 30, 36  # pixels
LEFT = 410  # where the plot begins; labels stand before it
LABEL_ROOM = LEFT - MARGIN - 24
_LINE = 1.25
_NAME_LINES = 3

Place = Callable[[float], float]  # value -> x in pixels


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture without its title, which is the caption's; `says` tells who cannot see it what it shows."""

    says: str
    shapes: tuple[Shape, ...]
    height: float

    def png(self) -> bytes:
        return _painted(self)


@lru_cache(maxsize=32)
def _painted(figure: Figure) -> bytes:
    """Once, however many files it goes into: painting takes most of the time of a report."""
    return paint(figure.shapes, WIDTH, round(figure.height))


def headed(figure: Figure, title: str, note: str = "") -> Figure:
    """The same with its title above, and a note below, for a picture that is sent alone."""
    head = lines(MARGIN, 24, title, HEAD, WIDTH - 2 * MARGIN, colour=NAVY, bold=True)
    top = 24 + HEAD * _LINE * len(head) + 16
    moved = tuple(_lowered(shape, top) for shape in figure.shapes)
    foot = lines(MARGIN, top + figure.height, note, SMALL, WIDTH - 2 * MARGIN) if note else ()
    bottom = top + figure.height + SMALL * _LINE * len(foot) + 24
    return Figure(f"{title}. {figure.says}", (*head, *moved, *foot), bottom)


def below_each_other(parts: Sequence[tuple[str, Figure]], title: str, note: str) -> Figure:
    """Several pictures as one page, each under its own name."""
    shapes: list[Shape] = []
    y = 0.0
    for name, figure in parts:
        words = lines(MARGIN, y + 18, name, BODY, WIDTH - 2 * MARGIN, colour=INK, bold=True)
        y += 18 + height_of(len(words)) + 14
        shapes += [*words, *(_lowered(shape, y) for shape in figure.shapes)]
        y += figure.height + 10
    says = " ".join(f"{name}. {figure.says}" for name, figure in parts)
    return headed(Figure(says, tuple(shapes), y), title, note)


def scale(low: float, high: float, left: float = LEFT, right: float = RIGHT - 60) -> Place:
    width = max(high - low, 1e-9)
    return lambda value: left + (value - low) / width * (right - left)


def lines(
    x: float, y: float, text: str, size: float, width: float, *, colour: str = GREY, bold: bool = False, most: int = 3
) -> tuple[Words, ...]:  # fmt: skip
    """Wrapped text whose first line begins at y."""
    return _set(x, y, wrapped(text, size, width, bold=bold, most=most), size, colour, bold=bold)


def _set(x: float, y: float, rows: Sequence[str], size: float, colour: str, *, bold: bool = False) -> tuple[Words, ...]:  # fmt: skip
    return tuple(
        Words(x, y + size * (1 + place * _LINE), row, size, colour, bold)
        for place, row in enumerate(rows)
    )


def height_of(rows: int, size: float = BODY) -> float:
    return rows * size * _LINE


def label(y: float, height: float, name: str, n: str = "") -> tuple[Words, ...]:
    """A row's name before the plot, in the middle of the row's height; its n on a line of its own, never cut."""
    rows = name_lines(name)
    top = y + (height - height_of(len(rows)) - (height_of(1, SMALL) if n else 0)) / 2
    named = _set(MARGIN, top, rows, BODY, INK)
    below = lines(MARGIN, top + height_of(len(rows)), n, SMALL, LABEL_ROOM) if n else ()
    return (*named, *below)


def name_lines(name: str) -> tuple[str, ...]:
    """A name before the plot. Of one that is too long the end stays, which tells a training from the next of its kind."""
    rows = wrapped(name, BODY, LABEL_ROOM)
    if len(rows) <= _NAME_LINES:
        return rows
    end = ""
    for word in reversed(name.split()):
        longer = f"{word} {end}".strip()
        if width_of(f"… {longer}", BODY) > LABEL_ROOM:
            break
        end = longer
    return (*rows[: _NAME_LINES - 1], f"… {end}" if end else rows[_NAME_LINES - 1])


def tops(names: Sequence[str], least: float, top: float, *, with_n: bool) -> tuple[float, ...]:
    """Where each row begins, and at last where they end: as high as its name needs."""
    found = [top]
    for name in names:
        rows = len(name_lines(name))
        high = height_of(rows) + (height_of(1, SMALL) if with_n else 0) + 22
        found.append(found[-1] + max(least, high))
    return tuple(found)


def axis(y: float, height: float, ticks: Sequence[tuple[float, str]], place: Place) -> list[Shape]:
    """Upright lines at the ticks, their words below."""
    found: list[Shape] = []
    for value, text in ticks:
        x = place(value)
        found.append(Stroke(x, y, x, y + height, 2, PALE))
        found.append(Words(x, y + height + SMALL * 1.2, text, SMALL, GREY, align="center"))
    return found


def legend(y: float, entries: Sequence[tuple[str, str]]) -> tuple[tuple[Shape, ...], float]:
    """Colour boxes with their words, on as many lines as they need; the shapes and where they end."""
    shapes: list[Shape] = []
    x: float = MARGIN
    for colour, text in entries:
        wide = 42 + width_of(text, SMALL) + 36
        if x > MARGIN and x + wide - 36 > RIGHT:
            x, y = MARGIN, y + SMALL * 1.5
        shapes.append(Box(x, y + 4, 30, 26, colour))
        shapes.append(Words(x + 42, y + 27, text, SMALL, GREY))
        x += wide
    return tuple(shapes), y + SMALL * 1.5


def _lowered(shape: Shape, by: float) -> Shape:
    match shape:
        case Words():
            return Words(
                shape.x, shape.y + by, shape.text, shape.size, shape.colour, shape.bold, shape.align
            )
        case Box():
            return Box(shape.x, shape.y + by, shape.width, shape.height, shape.colour)
        case Stroke():
            return Stroke(
                shape.x1, shape.y1 + by, shape.x2, shape.y2 + by, shape.width, shape.colour
            )
        case _:
            return type(shape)(shape.x, shape.y + by, shape.radius, shape.colour)
