"""One ability over time as connected points: before, after, three months later. One line, so that no lines cross."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.canvas import Box, Dot, Shape, Stroke, Words, width_of
from evaluation.figures.frame import BODY, HEAD, SMALL, Figure
from evaluation.layout import BLUE, GREY, INK, MARGIN, PALE, RIGHT
from evaluation.texts import Texts, number

_TOP, _HEIGHT = 84.0, 300.0
_AXIS_ROOM = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """A mean at one moment, of n people."""

    name: str
    mean: float
    n: int


def slope(name: str, moments: Sequence[Moment], ends: tuple[int, int], texts: Texts) -> Figure:
    """`ends`: the first and last point of the scale, all of whose points stand at the side."""
    left, wide = MARGIN + _AXIS_ROOM, RIGHT - MARGIN - _AXIS_ROOM
    step = wide / max(len(moments), 1)
    shapes: list[Shape] = []
    for point in range(ends[0], ends[1] + 1):
        y = _height(point, ends)
        shapes.append(Stroke(left, y, RIGHT, y, 2, PALE))
        shapes.append(Words(left - 18, y + 10, number(texts, point, 0), SMALL, GREY, align="right"))
    places = [
        (left + step * (at + 0.5), _height(each.mean, ends)) for at, each in enumerate(moments)
    ]
    shapes += [Stroke(x1, y1, x2, y2, 8, BLUE) for (x1, y1), (x2, y2) in pairwise(places)]
    for (x, y), each in zip(places, moments, strict=True):
        shapes += _point(x, y, each, texts)
    told = [
        texts.say("gambar_alt_saat", saat=each.name, n=each.n, nilai=number(texts, each.mean, 2))
        for each in moments
    ]
    says = texts.say(
        "gambar_alt_perubahan", nama=name, dari=ends[0], sampai=ends[1], isi=", ".join(told)
    )
    return Figure(says, tuple(shapes), _TOP + _HEIGHT + 110)


def _height(value: float, ends: tuple[int, int]) -> float:
    return _TOP + _HEIGHT * (ends[1] - value) / max(ends[1] - ends[0], 1)


def _point(x: float, y: float, each: Moment, texts: Texts) -> list[Shape]:
    """The value stands above its point, on white, since the line may rise through it."""
    bottom, text = _TOP + _HEIGHT, number(texts, each.mean, 2)
    wide = width_of(text, HEAD, bold=True) + 12
    return [
        Box(x - wide / 2, y - 30 - HEAD, wide, HEAD + 8, "white"),
        Dot(x, y, 16, BLUE),
        Words(x, y - 30, text, HEAD, INK, bold=True, align="center"),
        Words(x, bottom + 50, each.name, BODY, INK, align="center"),
        Words(x, bottom + 90, f"n = {each.n}", SMALL, GREY, align="center"),
    ]
