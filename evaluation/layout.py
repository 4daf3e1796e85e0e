"""The pieces every section of the weekly picture is built from: sizes, colours, headings, rows, bars.

A piece takes the y where it begins and gives its shapes and where it ends. Knows no statistic and no sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.canvas import Box, Shape, Stroke, Words, width_of, wrapped
from evaluation.numbers import Interval

WIDTH = 1080
MARGIN = 56
RIGHT = WIDTH - MARGIN
INNER = WIDTH - 2 * MARGIN
TITLE, HEAD, BODY, SMALL = 54, 42, 37, 31  # pixels; a third of it on the phone
INK, GREY, PALE, NAVY = "#1A1A1A", "#555555", "#E4E7EB", "#12355B"
BLUE, ORANGE, VERMILION, GREEN = "#0072B2", "#E69F00", "#B34700", "#00694E"
AMBER, MINT = "#FFF1D0", "#DFF2EA"
BAR = 26


@dataclass(frozen=True, slots=True)
class Block:
    shapes: tuple[Shape, ...]
    bottom: float


def section(y: float, title: str, aside: str, *, strong: bool = False) -> Block:
    """A heading with a remark at its right, or below it where there is no room."""
    size, colour = (BODY, INK) if strong else (SMALL, GREY)
    lines = wrapped(title, HEAD, INNER, bold=True, most=2)
    block = stacked(y + 20, [(line, HEAD, True, NAVY) for line in lines], MARGIN)
    if not aside:
        return Block(block.shapes, block.bottom + 4)
    used = width_of(lines[-1], HEAD, bold=True)
    if used + width_of(aside, size, bold=strong) + 30 <= INNER:
        baseline = block.bottom - 10 - HEAD * 0.2
        words = Words(RIGHT, baseline, aside, size, colour, strong, "right")
        return Block((*block.shapes, words), block.bottom + 4)
    rows = [(line, size, strong, colour) for line in wrapped(aside, size, INNER, bold=strong)]
    return joined(block, stacked(block.bottom - 4, rows, MARGIN, gap=8))


def labelled(y: float, label: str, value: str) -> Block:
    """A label at the left and its value at the right; on two lines where both do not fit."""
    beside = INNER - width_of(value, BODY, bold=True) - 30
    narrow = beside < INNER / 3
    lines = wrapped(label, BODY, INNER if narrow else beside, most=2)
    block = stacked(y, [(line, BODY, False, INK) for line in lines], MARGIN)
    if narrow:
        return joined(block, stacked(block.bottom, [(value, BODY, True, INK)], MARGIN))
    words = Words(RIGHT, y + BODY * 1.1, value, BODY, INK, bold=True, align="right")
    return Block((*block.shapes, words), block.bottom)


def stacked(
    y: float, rows: Sequence[tuple[str, float, bool, str]], x: float, *, gap: float = 10
) -> Block:
    shapes: list[Shape] = []
    for text, size, bold, colour in rows:
        shapes.append(Words(x, y + size * 1.1, text, size, colour, bold))
        y += size * 1.3
    return Block(tuple(shapes), y + gap)


def panel(y: float, rows: Sequence[tuple[str, float, bool, str]], fill: str, edge: str) -> Block:
    block = stacked(y + 16, rows, MARGIN + 38, gap=16)
    background = Box(MARGIN, y, INNER, block.bottom - y, fill)
    return Block(
        (background, Box(MARGIN, y, 14, block.bottom - y, edge), *block.shapes), block.bottom
    )


def share_bar(y: float, share: float, colour: str) -> tuple[Shape, ...]:
    return (Box(MARGIN, y, INNER, BAR, PALE), Box(MARGIN, y, INNER * share, BAR, colour))


def interval(found: Interval | None, y: float, low: float, high: float) -> tuple[Shape, ...]:
    if found is None:
        return ()
    left, right = across(found.low, low, high), across(found.high, low, high)
    ends = [Stroke(x, y - 13, x, y + 13, 5, INK) for x in (left, right)]
    return (Stroke(left, y, right, y, 7, INK), *ends)


def across(value: float, low: float, high: float) -> float:
    return MARGIN + INNER * (value - low) / (high - low)


def joined(first: Block, second: Block) -> Block:
    return Block((*first.shapes, *second.shapes), second.bottom)
