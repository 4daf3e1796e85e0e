"""How answers came in: the share of those invited who had answered by the end of each day, with the days of reminders.

A staircase, since nothing is known between two days.
"""

from dataclasses import dataclass

from evaluation.canvas import Shape, Stroke, Words
from evaluation.figures.frame import BODY, SMALL, Figure
from evaluation.layout import BLUE, GREY, INK, MARGIN, ORANGE, PALE, RIGHT, VERMILION
from evaluation.texts import Texts, number, whole_percent

_TOP, _HEIGHT = 92.0, 330.0
_STEP = 36  # every other reminder's words stand higher, since two may be a day apart
_LEFT = MARGIN + 92
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Curve:
    """`answered`: how many had answered by the end of day 0 (of the invitation), 1, ...; `reminders`: days too."""

    answered: tuple[int, ...]
    invited: int
    reminders: tuple[int, ...]
    target: float | None


def curve(given: Curve, texts: Texts) -> Figure:
    last = max(len(given.answered) - 1, 1)
    shapes: list[Shape] = []
    for part in range(5):
        y = _y(part / 4)
        shapes.append(Stroke(_LEFT, y, RIGHT, y, 2, PALE))
        text = number(texts, part * 25, 0) + "%"
        shapes.append(Words(_LEFT - 16, y + 10, text, SMALL, GREY, align="right"))
    shapes += [
        *_reminders(given, last, texts),
        *_target(given, texts),
        *_stairs(given, last, texts),
    ]
    shapes += _days(last, texts)
    return Figure(_says(given, texts), tuple(shapes), _TOP + _HEIGHT + 100)


def _x(day: float, last: int) -> float:
    return _LEFT + 20 + (RIGHT - _LEFT - 120) * day / last


def _y(share: float) -> float:
    return _TOP + _HEIGHT * (1 - share)


def _stairs(given: Curve, last: int, texts: Texts) -> list[Shape]:
    shares = [count / given.invited if given.invited else 0.0 for count in given.answered]
    found: list[Shape] = []
    for day, share in enumerate(shares):
        before = shares[day - 1] if day else 0.0
        x = _x(day, last)
        found.append(Stroke(x, _y(before), x, _y(share), 7, BLUE))
        if day < len(shares) - 1:
            found.append(Stroke(x, _y(share), _x(day + 1, last), _y(share), 7, BLUE))
    if shares:
        x = _x(len(shares) - 1, last) + 16
        y = _y(shares[-1]) + (-14 if _is_reached(given) else 40)
        found.append(Words(x, y, whole_percent(texts, shares[-1]), BODY, BLUE, bold=True))
    return found


def _is_reached(given: Curve) -> bool:
    """Then the last value stands above the target's line and the target's words below it; else the other way."""
    return bool(given.answered and given.invited and given.target is not None) and (
        given.answered[-1] / given.invited >= (given.target or 0.0)
    )


def _reminders(given: Curve, last: int, texts: Texts) -> list[Shape]:
    found: list[Shape] = []
    for place, day in enumerate(day for day in given.reminders if day <= last):
        x = _x(day, last)
        words_y = _TOP - 14 - place % 2 * _STEP
        found.append(Stroke(x, words_y + 8, x, _TOP + _HEIGHT, 4, VERMILION))
        text = texts.say("gambar_pengingat", nomor=place + 1)
        found.append(Words(x, words_y, text, SMALL, VERMILION, align="center"))
    return found


def _target(given: Curve, texts: Texts) -> list[Shape]:
    if given.target is None:
        return []
    y = _y(given.target)
    text = texts.say("gambar_sasaran", persen=whole_percent(texts, given.target))
    dashes: list[Shape] = [
        Stroke(x, y, min(x + 18, RIGHT), y, 4, ORANGE) for x in range(_LEFT, RIGHT, 30)
    ]
    return [
        *dashes,
        Words(RIGHT, y + (36 if _is_reached(given) else -12), text, SMALL, INK, align="right"),
    ]


def _days(last: int, texts: Texts) -> list[Shape]:
    step = max(1, -(-last // _MOST_TICKS))
    bottom = _TOP + _HEIGHT
    found: list[Shape] = [
        Words(_x(day, last), bottom + 38, str(day), SMALL, GREY, align="center")
        for day in range(0, last + 1, step)
    ]
    title = texts.say("gambar_hari_sesudah")
    found.append(Words((_LEFT + RIGHT) / 2, bottom + 80, title, SMALL, GREY, align="center"))
    return found


def _says(given: Curve, texts: Texts) -> str:
    reached = given.answered[-1] if given.answered else 0
    return texts.say(
        "gambar_alt_kurva", jawab=reached, semua=given.invited, hari=max(len(given.answered) - 1, 0),
        pengingat=", ".join(str(day) for day in given.reminders) or "-",
    )  # fmt: skip
