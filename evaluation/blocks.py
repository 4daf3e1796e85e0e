"""The sections of the weekly picture. Each takes the y where it begins and gives its shapes and where it ends.

A section without published numbers is empty and takes no room. Labels are wrapped, never clipped.
"""

from collections.abc import Sequence

from evaluation.canvas import Box, Dot, Shape, Stroke, Words, wrapped
from evaluation.digest import (
    Story,
    below_threshold,
    dimension_cells,
    shown_rounds,
)  # fmt: skip
from evaluation.layout import (
    AMBER,
    BAR,
    BLUE,
    BODY,
    GREEN,
    GREY,
    INK,
    INNER,
    MARGIN,
    MINT,
    NAVY,
    PALE,
    RIGHT,
    SMALL,
    TITLE,
    VERMILION,
    WIDTH,
    Block,
    across,
    interval,
    joined,
    labelled,
    panel,
    section,
    share_bar,
    stacked,
)  # fmt: skip
from evaluation.rates import rr2
from evaluation.releases import Cell, Release
from evaluation.results import RoundResult
from evaluation.scales import band_of
from evaluation.sections import deed_of, dimension_of, interval_of, owner_of
from evaluation.study import Plan
from evaluation.texts import Texts, number, percent, short_day

_BAND_SHADES = ("#D3D8DE", "#E0E4E8", "#EAEDF0", "#F3F5F7")
_MOST_INDICES = 6
_WEEK_LINE = 2  # of the head, with some air above it


def head(y: float, small: str, title: str, lines: Sequence[str]) -> Block:
    """The dark band with the training's name, the week and the office."""
    shapes: list[Shape] = []
    baseline = y + 24
    texts = [(small, SMALL + 2, False, "#D5E3F0", 1), (title, TITLE, True, "white", 3)]
    texts.extend((line, SMALL + 4, False, "white", 2) for line in lines)
    for place, (text, size, bold, colour, most) in enumerate(texts):
        baseline += 12 if place == _WEEK_LINE else 0
        for line in wrapped(text, size, INNER, bold=bold, most=most) if text else ():
            baseline += size * 1.28
            shapes.append(Words(MARGIN, baseline, line, size, colour, bold))
    bottom = baseline + 34
    return Block((Box(0, y, WIDTH, bottom - y, NAVY), *shapes), bottom)


def action(y: float, story: Story, texts: Texts) -> Block:
    """The first action with owner and date, or that nothing is urgent."""
    room = INNER - 64
    if not story.actions:
        rows = [
            (line, BODY, True, GREEN) for line in wrapped(texts.say("tindakan_kosong"), BODY, room)
        ]
        return panel(y + 28, rows, MINT, GREEN)
    first = story.actions[0]
    deed = texts.say(
        "gambar_tindakan_isi", pemilik=owner_of(first, texts), isi=deed_of(story, first, texts)
    )  # fmt: skip
    due = texts.say("gambar_tindakan_hari", hari=short_day(texts, first.due))
    rows = [(texts.say("gambar_tindakan"), SMALL + 3, True, VERMILION)]
    rows.extend((line, BODY + 1, False, INK) for line in wrapped(deed, BODY + 1, room, most=5))
    rows.append((due, BODY + 1, True, INK))
    return panel(y + 28, rows, AMBER, VERMILION)


def response_rates(y: float, story: Story, plan: Plan, texts: Texts) -> Block:
    """One bar a round with the target as an upright line; and which round is still too small to show."""
    rounds = [entry for entry in shown_rounds(story.result) if rr2(entry.counts) is not None]
    block = section(y, texts.say("gambar_tingkat"), texts.say("gambar_tingkat_sasaran"))
    for entry in rounds:
        block = joined(block, _rate_row(block.bottom, entry, plan, texts))
    for entry in below_threshold(story.result):
        name, n = texts.say(f"sebutan_{entry.round.kind}"), entry.counts.answered
        sentence = texts.say("ringkasan_belum_cukup", sebutan=name, n=n, k_min=plan.k)
        rows = [(line, SMALL, False, GREY) for line in wrapped(sentence, SMALL, INNER)]
        block = joined(block, stacked(block.bottom, rows, MARGIN))
    return block if rounds else Block((), y)


def _rate_row(y: float, entry: RoundResult, plan: Plan, texts: Texts) -> Block:
    counts, rate = entry.counts, rr2(entry.counts) or 0.0
    value = texts.say(
        "gambar_tingkat_isi", jawab=counts.answered, semua=counts.eligible, persen=percent(texts, rate)
    )  # fmt: skip
    row = labelled(y, texts.say(f"sebutan_{entry.round.kind}"), value)
    bar = share_bar(row.bottom, rate, BLUE)
    target = plan.targets.get(entry.round.kind)
    mark: tuple[Shape, ...] = ()
    if target is not None:
        x = MARGIN + INNER * target
        mark = (Stroke(x, row.bottom - 6, x, row.bottom + BAR + 6, 6, INK),)
    return Block((*row.shapes, *bar, *mark), row.bottom + BAR + 16)


def applied(y: float, story: Story, texts: Texts) -> Block:
    """Share of the alumni who applied the training, with its interval as a line."""
    release = None if story.focus is None else story.focus.release
    cells = () if release is None else release.all_of("share")
    if not cells:
        return Block((), y)
    cell = cells[0]
    value = texts.say(
        "gambar_penerapan_isi", jumlah=number(texts, cell.numbers["named"], 0),
        semua=number(texts, cell.numbers["count"], 0), persen=percent(texts, cell.numbers["share"]),
    )  # fmt: skip
    title = section(y, texts.say("gambar_penerapan"), value, strong=True)
    bar = share_bar(title.bottom, cell.numbers["share"], GREEN)
    return Block(
        (*title.shapes, *bar, *interval(interval_of(cell), title.bottom + BAR / 2, 0, 1)), title.bottom + BAR + 20
    )  # fmt: skip


def indices(y: float, story: Story, plan: Plan, texts: Texts) -> Block:
    """Each dimension as a point on the bands from 25 to 100, with its interval; number and quality in words."""
    if story.focus is None or story.focus.release is None:
        return Block((), y)
    cells = dimension_cells(story.focus.release, _MOST_INDICES)
    title = texts.say(f"gambar_indeks_{story.focus.round.kind}", n=story.focus.release.n)
    has_interval = any(interval_of(cell) for cell in cells)
    block = section(y, title, texts.say("gambar_selang") if has_interval else "")
    for cell in cells:
        block = joined(block, _index_row(block.bottom, (cell, story.focus.release), plan, texts))
    return block if cells else Block((), y)


def _index_row(y: float, what: tuple[Cell, Release], plan: Plan, texts: Texts) -> Block:
    cell, release = what
    index = cell.numbers["index"]
    band = band_of(index, plan.bands)
    value = texts.say(
        "gambar_indeks_nilai", indeks=number(texts, index), mutu="" if band is None else band.label
    )  # fmt: skip
    row = labelled(y, dimension_of(cell, release, texts), value)
    low, high = plan.factor, plan.factor * 4
    middle = row.bottom + BAR / 2
    lowest = band == min(plan.bands, key=lambda each: each.start)
    dot = Dot(across(index, low, high), middle, 17, VERMILION if lowest else BLUE)
    return Block(
        (
            *row.shapes,
            *_bands(row.bottom, plan),
            *interval(interval_of(cell), middle, low, high),
            dot,
        ),
        row.bottom + BAR + 16,
    )


def _bands(y: float, plan: Plan) -> tuple[Shape, ...]:
    low, high = plan.factor, plan.factor * 4
    starts = sorted(float(band.start) for band in plan.bands)
    ends = [*starts[1:], high]
    return tuple(
        Box(across(start, low, high), y, across(end, low, high) - across(start, low, high), BAR,
            _BAND_SHADES[place % len(_BAND_SHADES)])
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    )  # fmt: skip


def notes(y: float, others: int, plan: Plan, texts: Texts) -> Block:
    """What the numbers are not, and that further trainings are in the text."""
    sentences = [texts.say("gambar_catatan", k_min=plan.k)]
    if others:
        sentences.insert(0, texts.say("gambar_lain", jumlah=others))
    rows = [
        (line, SMALL, False, GREY)
        for sentence in sentences
        for line in wrapped(sentence, SMALL, INNER)
    ]
    block = stacked(y + 26, rows, MARGIN)
    return Block((Stroke(MARGIN, y + 18, RIGHT, y + 18, 2, PALE), *block.shapes), block.bottom)
