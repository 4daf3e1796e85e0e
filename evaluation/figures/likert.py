"""Diverging bars of a 4-point scale: disagreement to the left of the middle, agreement to the right.

Shares go by largest remainder, so that the printed ones of a row sum to 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.canvas import Box, Shape, Stroke, Words, width_of
from evaluation.figures.frame import SMALL, Figure, Place, axis, label, legend, scale, tops
from evaluation.layout import INK
from evaluation.texts import Texts, number

POINTS = ("#B34700", "#F0B27A", "#8DC1E3", "#0072B2")  # vermilion to blue, light within
_ON_POINT = ("white", INK, INK, "white")
_BAR = 46


@dataclass(frozen=True, slots=True)
class LikertRow:
    """`counts`: responses on point 1 to 4; parts of a response where its answers share it."""

    name: str
    n: int
    counts: tuple[float, float, float, float]

    def shares(self) -> tuple[float, ...]:
        whole = sum(self.counts)
        return tuple(count / whole if whole else 0.0 for count in self.counts)


def likert(rows: Sequence[LikertRow], points: Sequence[str], texts: Texts) -> Figure:
    """`points`: the words of the four points, from disagreement to agreement."""
    shown, top = legend(0, list(zip(POINTS, points, strict=True)))
    begins = tops([row.name for row in rows], _BAR + 24, top + 8, with_n=True)
    place = scale(-1.0, 1.0)
    ticks = [(value / 2, number(texts, abs(value) * 50, 0) + "%") for value in range(-2, 3)]
    shapes: list[Shape] = [*shown, *axis(begins[0], begins[-1] - begins[0], ticks, place)]
    for row, (y, end) in zip(rows, pairwise(begins), strict=True):
        shapes += label(y, end - y, row.name, f"n = {row.n}")
        shapes += _bar((y + end - _BAR) / 2, row, place, texts)
    shapes.append(Stroke(place(0), begins[0], place(0), begins[-1], 3, INK))
    return Figure(_says(rows, texts), tuple(shapes), begins[-1] + SMALL * 1.6)


def _bar(y: float, row: LikertRow, place: Place, texts: Texts) -> list[Shape]:
    shares, found = row.shares(), list[Shape]()
    x = place(-(shares[0] + shares[1]))
    for share, colour, ink, printed in zip(
        shares, POINTS, _ON_POINT, whole_percents(shares), strict=True
    ):
        width = place(share) - place(0)
        text = number(texts, printed, 0) + "%"
        found.append(Box(x, y, width, _BAR, colour))
        if width_of(text, SMALL, bold=True) + 8 <= width:
            found.append(
                Words(x + width / 2, y + _BAR / 2 + 10, text, SMALL, ink, bold=True, align="center")
            )
        x += width
    return found


def whole_percents(shares: Sequence[float]) -> tuple[int, ...]:
    """Whole percents that sum to 100, by largest remainder; all zero for nobody."""
    parts = [round(share * 1_000_000) for share in shares]
    whole = sum(parts)
    if not whole:
        return tuple(0 for _ in parts)
    floors = [part * 100 // whole for part in parts]
    rest = sorted(range(len(parts)), key=lambda at: -(parts[at] * 100 % whole))
    for at in rest[: 100 - sum(floors)]:
        floors[at] += 1
    return tuple(floors)


def _says(rows: Sequence[LikertRow], texts: Texts) -> str:
    told = []
    for row in rows:
        percents = whole_percents(row.shares())
        told.append(
            texts.say("gambar_alt_likert", nama=row.name, n=row.n, setuju=percents[2] + percents[3])
        )
    return " ".join(told)
