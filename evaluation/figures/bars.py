"""Shares as lying bars, up to three a row: barriers as alumni see them beside how superiors and peers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.canvas import Box, Shape, Words
from evaluation.figures.frame import SMALL, Figure, Place, axis, label, legend, scale, tops
from evaluation.layout import BLUE, GREEN, INK, ORANGE
from evaluation.texts import Texts, number, whole_percent

_BAR, _GAP = 32, 4
_COLOURS = (BLUE, ORANGE, GREEN)


@dataclass(frozen=True, slots=True)
class BarRow:
    """One share a series, 0 to 1; None where it may not be shown."""

    name: str
    shares: tuple[float | None, ...]


def bars(rows: Sequence[BarRow], series: Sequence[str], texts: Texts) -> Figure:
    """`series`: the words of each series, with its n; three at most."""
    shown, top = legend(0, list(zip(_COLOURS, series, strict=False)))
    least = len(series) * (_BAR + _GAP) + 26
    begins = tops([row.name for row in rows], least, top + 8, with_n=False)
    place = scale(0.0, 1.0)
    ticks = [(value / 4, number(texts, value * 25, 0) + "%") for value in range(5)]
    shapes: list[Shape] = [*shown, *axis(begins[0], begins[-1] - begins[0], ticks, place)]
    for row, (y, end) in zip(rows, pairwise(begins), strict=True):
        shapes += [*label(y, end - y, row.name), *_bars(y, end - y, row, place, texts)]
    says = " ".join(_says(row, series, texts) for row in rows)
    return Figure(says, tuple(shapes), begins[-1] + SMALL * 1.6)


def _bars(y: float, high: float, row: BarRow, place: Place, texts: Texts) -> list[Shape]:
    found: list[Shape] = []
    begin = y + (high - len(row.shares) * (_BAR + _GAP)) / 2
    for at, (share, colour) in enumerate(zip(row.shares, _COLOURS, strict=False)):
        if share is None:
            continue
        top = begin + at * (_BAR + _GAP)
        width = max(place(share) - place(0.0), 3)
        found.append(Box(place(0.0), top, width, _BAR, colour))
        text = whole_percent(texts, share)
        found.append(Words(place(0.0) + width + 12, top + _BAR - 6, text, SMALL, INK, bold=True))
    return found


def _says(row: BarRow, series: Sequence[str], texts: Texts) -> str:
    told = [
        f"{name} {whole_percent(texts, share)}"
        for name, share in zip(series, row.shares, strict=False)
        if share is not None
    ]
    return texts.say("gambar_alt_batang", nama=row.name, isi=", ".join(told))
