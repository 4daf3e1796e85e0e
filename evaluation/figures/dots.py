"""Values as dots with their 95 % intervals, one row each: indices of one training, or one index of many trainings.

Rows keep the order they are given in: a picture is no ranking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.canvas import Box, Dot, Shape, Stroke, Words
from evaluation.figures.frame import BODY, SMALL, Figure, Place, axis, label, scale, tops
from evaluation.layout import BLUE, GREY, INK
from evaluation.numbers import Interval
from evaluation.scales import Band
from evaluation.texts import Texts, number, span

_SHADES = ("#E3E6EA", "#ECEEF1", "#F4F5F7", "#FAFAFB")  # of the bands, the lowest first
_VALUE_ROOM = 120


@dataclass(frozen=True, slots=True)
class DotRow:
    name: str
    n: int
    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Ruler:
    """The ends of the scale, its ticks, and the bands behind it (may be none)."""

    low: float
    high: float
    ticks: tuple[float, ...]
    bands: tuple[Band, ...] = ()


INDEX = Ruler(25, 100, (25, 50, 75, 100))


def dots(rows: Sequence[DotRow], ruler: Ruler, texts: Texts) -> Figure:
    place = scale(ruler.low, ruler.high, right=1024 - _VALUE_ROOM)
    top = SMALL * 1.5 if ruler.bands else 8
    begins = tops([row.name for row in rows], 66, top, with_n=True)
    ticks = [(value, number(texts, value, 0)) for value in ruler.ticks]
    shapes = _bands(top, begins[-1] - top, ruler, place)
    shapes += axis(top, begins[-1] - top, ticks, place)
    for row, (y, end) in zip(rows, pairwise(begins), strict=True):
        shapes += label(y, end - y, row.name, f"n = {row.n}")
        shapes += _dot((y + end) / 2, row, place, texts)
    says = " ".join(_says(row, texts) for row in rows)
    return Figure(says, tuple(shapes), begins[-1] + SMALL * 1.6)


def _bands(y: float, height: float, ruler: Ruler, place: Place) -> list[Shape]:
    if not ruler.bands:
        return []
    found: list[Shape] = []
    bands = sorted(ruler.bands, key=lambda band: band.start)
    ends = [float(band.start) for band in bands[1:]] + [ruler.high]
    for at, (band, end) in enumerate(zip(bands, ends, strict=True)):
        start = max(float(band.start), ruler.low)
        left, right = place(start), place(end)
        found.append(Box(left, y, right - left, height, _SHADES[min(at, len(_SHADES) - 1)]))
        found.append(
            Words((left + right) / 2, y - 10, band.grade or band.label, SMALL, GREY, align="center")
        )
    return found


def _dot(y: float, row: DotRow, place: Place, texts: Texts) -> list[Shape]:
    found: list[Shape] = []
    if row.interval is not None:
        low, high = place(row.interval.low), place(row.interval.high)
        found.append(Stroke(low, y, high, y, 6, INK))
        found += [Stroke(x, y - 17, x, y + 17, 4, INK) for x in (low, high)]
    found.append(Dot(place(row.value), y, 10, BLUE))
    value = number(texts, row.value)
    found.append(Words(1024, y + 11, value, BODY, INK, bold=True, align="right"))
    return found


def _says(row: DotRow, texts: Texts) -> str:
    if row.interval is None:
        return texts.say("gambar_alt_titik", nama=row.name, n=row.n, nilai=number(texts, row.value))
    return texts.say(
        "gambar_alt_titik_selang", nama=row.name, n=row.n, nilai=number(texts, row.value),
        selang=span(texts, row.interval),
    )  # fmt: skip
