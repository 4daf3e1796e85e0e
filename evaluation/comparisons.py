"""Sections of the weekly picture that set things side by side: ability over time, alumni beside superiors.

Like blocks.py: from the y where a section begins to its shapes and where it ends; empty without published numbers.
"""

from collections.abc import Sequence
from itertools import pairwise

from evaluation.canvas import Box, Dot, Shape, Stroke, Words, width_of, wrapped
from evaluation.digest import (
    Ability,
    BarrierRow,
    Story,
    abilities,
    barrier_base,
    barrier_rows,
    superiors_release,
)  # fmt: skip
from evaluation.layout import (
    BAR,
    BLUE,
    BODY,
    GREY,
    HEAD,
    INK,
    INNER,
    MARGIN,
    ORANGE,
    SMALL,
    Block,
    joined,
    section,
    stacked,
)  # fmt: skip
from evaluation.sections import scale_text
from evaluation.texts import Texts, number, percent

_MOST_BARRIERS = 3


def ability(y: float, story: Story, texts: Texts) -> Block:
    """Means before, after and three months later as connected points."""
    found = abilities(story)[:1]
    if not found:
        return Block((), y)
    each = found[0]
    key = "gambar_perubahan" if each.n_followup in {None, each.n} else "gambar_perubahan_terpisah"
    title = texts.say(
        key, dimensi=texts.name_of("dimensi", each.dimension), skala=scale_text(each), n=each.n,
        n_lanjut=each.n_followup,
    )  # fmt: skip
    block = section(y, title, "")
    return joined(block, _slope(block.bottom, each, texts))


def _slope(y: float, each: Ability, texts: Texts) -> Block:
    named = (
        ("gambar_sebelum", each.before),
        ("gambar_sesudah", each.now),
        ("gambar_sekarang", each.followup),
    )
    points = [(texts.say(key), value) for key, value in named if value is not None]
    top, height = y + 54, 76
    step = INNER / len(points)
    places = [
        (MARGIN + step * (place + 0.5), top + height * (each.end - value) / max(each.end - each.start, 1))
        for place, (_, value) in enumerate(points)
    ]  # fmt: skip
    bottom = top + height + 56
    shapes: list[Shape] = [
        Stroke(x1, y1, x2, y2, 8, BLUE) for (x1, y1), (x2, y2) in pairwise(places)
    ]  # fmt: skip
    for (x, dot_y), (label, value) in zip(places, points, strict=True):
        shapes.append(Dot(x, dot_y, 17, BLUE))
        shapes.append(
            Words(x, dot_y - 30, number(texts, value), HEAD, INK, bold=True, align="center")
        )
        shapes.append(Words(x, bottom, label, BODY, GREY, align="center"))
    return Block(tuple(shapes), bottom + 18)


def barriers(y: float, story: Story, texts: Texts) -> Block:
    """The most named barriers as bars, alumni above superiors."""
    if story.focus is None:
        return Block((), y)
    follow_up = story.focus.round.kind == "followup_alumni"
    base = barrier_base(story.focus.release, "barrier" if follow_up else "expected")
    rows = barrier_rows(story, _MOST_BARRIERS)
    if base is None or not rows:
        return Block((), y)
    others = barrier_base(superiors_release(story), "barrier") if follow_up else None
    key = "gambar_hambatan" if follow_up else "gambar_hambatan_perkiraan"
    legend = [
        (
            BLUE,
            texts.say("gambar_hambatan_n" if follow_up else "gambar_hambatan_perkiraan_n", n=base),
        )
    ]
    if others is not None:
        legend.append((ORANGE, texts.say("gambar_hambatan_n_atasan", n=others)))
    title = section(y, texts.say(key), "")
    block = joined(title, _legend(title.bottom, legend))
    for row in rows:
        block = joined(block, _barrier_row(block.bottom, row, texts))
    return block


def _legend(y: float, entries: Sequence[tuple[str, str]]) -> Block:
    shapes: list[Shape] = []
    x: float = MARGIN
    for colour, text in entries:
        shapes.append(Box(x, y + 8, 30, 26, colour))
        shapes.append(Words(x + 42, y + 32, text, SMALL, GREY))
        x += 42 + width_of(text, SMALL) + 48
    return Block(tuple(shapes), y + 46)


def _barrier_row(y: float, row: BarrierRow, texts: Texts) -> Block:
    block = stacked(
        y,
        [(line, BODY, False, INK) for line in wrapped(row.label, BODY, INNER, most=2)],
        MARGIN,
    )
    shares = [(row.share, BLUE)]
    if row.superiors is not None:
        shares.append((row.superiors, ORANGE))
    for share, colour in shares:
        text = percent(texts, share)
        room = INNER - width_of(text, BODY, bold=True) - 20
        top = block.bottom
        bar = Box(MARGIN, top + 4, max(room * share, 3), BAR + 4, colour)
        words = Words(MARGIN + max(room * share, 3) + 14, top + 32, text, BODY, INK, bold=True)
        block = Block((*block.shapes, bar, words), top + BAR + 16)
    return Block(block.shapes, block.bottom + 10)
