"""The sections of the weekly picture. Each takes the y where it begins and gives its shapes and where it ends.

A section without published numbers is empty and takes no room. Labels are wrapped, never clipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.canvas import Box, Dot, Shape, Stroke, Words, width_of, wrapped
from evaluation.digest import (
    Ability,
    BarrierRow,
    Story,
    abilities,
    barrier_base,
    barrier_rows,
    below_threshold,
    dimension_cells,
    shown_rounds,
    superiors_release,
)  # fmt: skip
from evaluation.disclosure import Cell
from evaluation.rates import rr2
from evaluation.results import RoundResult
from evaluation.scales import band_of
from evaluation.sections import deed_of, interval_of, owner_of, scale_text
from evaluation.study import Plan
from evaluation.texts import Texts, number, percent, short_day

WIDTH = 1080
_MARGIN = 56
_RIGHT = WIDTH - _MARGIN
_INNER = WIDTH - 2 * _MARGIN
_TITLE, _HEAD, _BODY, _SMALL = 54, 42, 37, 31  # pixels; a third of it on the phone
_INK, _GREY, _PALE, _NAVY = "#1A1A1A", "#555555", "#E4E7EB", "#12355B"
_BLUE, _ORANGE, _VERMILION, _GREEN = "#0072B2", "#E69F00", "#B34700", "#00694E"
_AMBER, _MINT = "#FFF1D0", "#DFF2EA"
_BAND_SHADES = ("#D3D8DE", "#E0E4E8", "#EAEDF0", "#F3F5F7")
_MOST_INDICES, _MOST_BARRIERS = 6, 3
_BAR = 26
_WEEK_LINE = 2  # of the head, with some air above it


@dataclass(frozen=True, slots=True)
class Block:
    shapes: tuple[Shape, ...]
    bottom: float


def head(y: float, small: str, title: str, lines: Sequence[str]) -> Block:
    """The dark band with the training's name, the week and the office."""
    shapes: list[Shape] = []
    baseline = y + 24
    texts = [(small, _SMALL + 2, False, "#D5E3F0", 1), (title, _TITLE, True, "white", 3)]
    texts.extend((line, _SMALL + 4, False, "white", 2) for line in lines)
    for place, (text, size, bold, colour, most) in enumerate(texts):
        baseline += 12 if place == _WEEK_LINE else 0
        for line in wrapped(text, size, _INNER, bold=bold, most=most) if text else ():
            baseline += size * 1.28
            shapes.append(Words(_MARGIN, baseline, line, size, colour, bold))
    bottom = baseline + 34
    return Block((Box(0, y, WIDTH, bottom - y, _NAVY), *shapes), bottom)


def paragraph(y: float, text: str) -> Block:
    return _lines(
        y + 30, [(line, _HEAD, False, _INK) for line in wrapped(text, _HEAD, _INNER)], _MARGIN
    )


def action(y: float, story: Story, texts: Texts) -> Block:
    """The first action with owner and date, or that nothing is urgent."""
    room = _INNER - 64
    if not story.actions:
        rows = [
            (line, _BODY, True, _GREEN)
            for line in wrapped(texts.say("tindakan_kosong"), _BODY, room)
        ]
        return _panel(y + 28, rows, _MINT, _GREEN)
    first = story.actions[0]
    deed = texts.say(
        "gambar_tindakan_isi", pemilik=owner_of(first, texts), isi=deed_of(story, first, texts)
    )  # fmt: skip
    due = texts.say("gambar_tindakan_hari", hari=short_day(texts, first.due))
    rows = [(texts.say("gambar_tindakan"), _SMALL + 3, True, _VERMILION)]
    rows.extend((line, _BODY + 1, False, _INK) for line in wrapped(deed, _BODY + 1, room, most=5))
    rows.append((due, _BODY + 1, True, _INK))
    return _panel(y + 28, rows, _AMBER, _VERMILION)


def response_rates(y: float, story: Story, plan: Plan, texts: Texts) -> Block:
    """One bar a round with the target as an upright line; and which round is still too small to show."""
    rounds = [entry for entry in shown_rounds(story.result) if rr2(entry.counts) is not None]
    block = _section(y, texts.say("gambar_tingkat"), texts.say("gambar_tingkat_sasaran"))
    for entry in rounds:
        block = _joined(block, _rate_row(block.bottom, entry, plan, texts))
    for entry in below_threshold(story.result):
        name, n = texts.say(f"sebutan_{entry.round.kind}"), entry.counts.answered
        sentence = texts.say("ringkasan_belum_cukup", sebutan=name, n=n, k_min=plan.k)
        rows = [(line, _SMALL, False, _GREY) for line in wrapped(sentence, _SMALL, _INNER)]
        block = _joined(block, _lines(block.bottom, rows, _MARGIN))
    return block if rounds else Block((), y)


def _rate_row(y: float, entry: RoundResult, plan: Plan, texts: Texts) -> Block:
    counts, rate = entry.counts, rr2(entry.counts) or 0.0
    value = texts.say(
        "gambar_tingkat_isi", jawab=counts.answered, semua=counts.eligible, persen=percent(texts, rate)
    )  # fmt: skip
    row = _labelled(y, texts.say(f"sebutan_{entry.round.kind}"), value)
    bar = _share_bar(row.bottom, rate, _BLUE)
    target = plan.targets.get(entry.round.kind)
    mark: tuple[Shape, ...] = ()
    if target is not None:
        x = _MARGIN + _INNER * target
        mark = (Stroke(x, row.bottom - 6, x, row.bottom + _BAR + 6, 6, _INK),)
    return Block((*row.shapes, *bar, *mark), row.bottom + _BAR + 16)


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
    title = _section(y, texts.say("gambar_penerapan"), value, strong=True)
    bar = _share_bar(title.bottom, cell.numbers["share"], _GREEN)
    return Block(
        (*title.shapes, *bar, *_interval(cell, title.bottom + _BAR / 2, 0, 1)), title.bottom + _BAR + 20
    )  # fmt: skip


def indices(y: float, story: Story, plan: Plan, texts: Texts) -> Block:
    """Each dimension as a point on the bands from 25 to 100, with its interval; number and quality in words."""
    if story.focus is None or story.focus.release is None:
        return Block((), y)
    cells = dimension_cells(story.focus.release, _MOST_INDICES)
    title = texts.say(f"gambar_indeks_{story.focus.round.kind}", n=story.focus.release.n)
    has_interval = any(interval_of(cell) for cell in cells)
    block = _section(y, title, texts.say("gambar_selang") if has_interval else "")
    for cell in cells:
        block = _joined(block, _index_row(block.bottom, cell, plan, texts))
    return block if cells else Block((), y)


def _index_row(y: float, cell: Cell, plan: Plan, texts: Texts) -> Block:
    index = cell.numbers["index"]
    band = band_of(index, plan.bands)
    value = texts.say(
        "gambar_indeks_nilai", indeks=number(texts, index), mutu="" if band is None else band.label
    )  # fmt: skip
    row = _labelled(y, texts.name_of("dimensi", cell.name), value)
    low, high = plan.factor, plan.factor * 4
    middle = row.bottom + _BAR / 2
    lowest = band == min(plan.bands, key=lambda each: each.start)
    dot = Dot(_across(index, low, high), middle, 17, _VERMILION if lowest else _BLUE)
    return Block(
        (*row.shapes, *_bands(row.bottom, plan), *_interval(cell, middle, low, high), dot),
        row.bottom + _BAR + 16,
    )


def _bands(y: float, plan: Plan) -> tuple[Shape, ...]:
    low, high = plan.factor, plan.factor * 4
    starts = sorted(float(band.start) for band in plan.bands)
    ends = [*starts[1:], high]
    return tuple(
        Box(_across(start, low, high), y, _across(end, low, high) - _across(start, low, high), _BAR,
            _BAND_SHADES[place % len(_BAND_SHADES)])
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    )  # fmt: skip


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
    block = _section(y, title, "")
    return _joined(block, _slope(block.bottom, each, texts))


def _slope(y: float, each: Ability, texts: Texts) -> Block:
    named = (
        ("gambar_sebelum", each.before),
        ("gambar_sesudah", each.now),
        ("gambar_sekarang", each.followup),
    )
    points = [(texts.say(key), value) for key, value in named if value is not None]
    top, height = y + 54, 76
    step = _INNER / len(points)
    places = [
        (_MARGIN + step * (place + 0.5), top + height * (each.end - value) / max(each.end - each.start, 1))
        for place, (_, value) in enumerate(points)
    ]  # fmt: skip
    bottom = top + height + 56
    shapes: list[Shape] = [
        Stroke(x1, y1, x2, y2, 8, _BLUE) for (x1, y1), (x2, y2) in pairwise(places)
    ]  # fmt: skip
    for (x, dot_y), (label, value) in zip(places, points, strict=True):
        shapes.append(Dot(x, dot_y, 17, _BLUE))
        shapes.append(
            Words(x, dot_y - 30, number(texts, value), _HEAD, _INK, bold=True, align="center")
        )
        shapes.append(Words(x, bottom, label, _BODY, _GREY, align="center"))
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
            _BLUE,
            texts.say("gambar_hambatan_n" if follow_up else "gambar_hambatan_perkiraan_n", n=base),
        )
    ]
    if others is not None:
        legend.append((_ORANGE, texts.say("gambar_hambatan_n_atasan", n=others)))
    title = _section(y, texts.say(key), "")
    block = _joined(title, _legend(title.bottom, legend))
    for row in rows:
        block = _joined(block, _barrier_row(block.bottom, row, texts))
    return block


def _legend(y: float, entries: Sequence[tuple[str, str]]) -> Block:
    shapes: list[Shape] = []
    x: float = _MARGIN
    for colour, text in entries:
        shapes.append(Box(x, y + 8, 30, 26, colour))
        shapes.append(Words(x + 42, y + 32, text, _SMALL, _GREY))
        x += 42 + width_of(text, _SMALL) + 48
    return Block(tuple(shapes), y + 46)


def _barrier_row(y: float, row: BarrierRow, texts: Texts) -> Block:
    block = _lines(
        y,
        [(line, _BODY, False, _INK) for line in wrapped(row.label, _BODY, _INNER, most=2)],
        _MARGIN,
    )
    shares = [(row.share, _BLUE)]
    if row.superiors is not None:
        shares.append((row.superiors, _ORANGE))
    for share, colour in shares:
        text = percent(texts, share)
        room = _INNER - width_of(text, _BODY, bold=True) - 20
        top = block.bottom
        bar = Box(_MARGIN, top + 4, max(room * share, 3), _BAR + 4, colour)
        words = Words(_MARGIN + max(room * share, 3) + 14, top + 32, text, _BODY, _INK, bold=True)
        block = Block((*block.shapes, bar, words), top + _BAR + 16)
    return Block(block.shapes, block.bottom + 10)


def notes(y: float, others: int, plan: Plan, texts: Texts) -> Block:
    """What the numbers are not, and that further trainings are in the text."""
    sentences = [texts.say("gambar_catatan", k_min=plan.k)]
    if others:
        sentences.insert(0, texts.say("gambar_lain", jumlah=others))
    rows = [
        (line, _SMALL, False, _GREY)
        for sentence in sentences
        for line in wrapped(sentence, _SMALL, _INNER)
    ]
    block = _lines(y + 26, rows, _MARGIN)
    return Block((Stroke(_MARGIN, y + 18, _RIGHT, y + 18, 2, _PALE), *block.shapes), block.bottom)


def _section(y: float, title: str, aside: str, *, strong: bool = False) -> Block:
    """A heading with a remark at its right, or below it where there is no room."""
    size, colour = (_BODY, _INK) if strong else (_SMALL, _GREY)
    lines = wrapped(title, _HEAD, _INNER, bold=True, most=2)
    block = _lines(y + 20, [(line, _HEAD, True, _NAVY) for line in lines], _MARGIN)
    if not aside:
        return Block(block.shapes, block.bottom + 4)
    used = width_of(lines[-1], _HEAD, bold=True)
    if used + width_of(aside, size, bold=strong) + 30 <= _INNER:
        baseline = block.bottom - 10 - _HEAD * 0.2
        words = Words(_RIGHT, baseline, aside, size, colour, strong, "right")
        return Block((*block.shapes, words), block.bottom + 4)
    rows = [(line, size, strong, colour) for line in wrapped(aside, size, _INNER, bold=strong)]
    return _joined(block, _lines(block.bottom - 4, rows, _MARGIN, gap=8))


def _labelled(y: float, label: str, value: str) -> Block:
    """A label at the left and its value at the right; on two lines where both do not fit."""
    beside = _INNER - width_of(value, _BODY, bold=True) - 30
    narrow = beside < _INNER / 3
    lines = wrapped(label, _BODY, _INNER if narrow else beside, most=2)
    block = _lines(y, [(line, _BODY, False, _INK) for line in lines], _MARGIN)
    if narrow:
        return _joined(block, _lines(block.bottom, [(value, _BODY, True, _INK)], _MARGIN))
    words = Words(_RIGHT, y + _BODY * 1.1, value, _BODY, _INK, bold=True, align="right")
    return Block((*block.shapes, words), block.bottom)


def _lines(
    y: float, rows: Sequence[tuple[str, float, bool, str]], x: float, *, gap: float = 10
) -> Block:
    shapes: list[Shape] = []
    for text, size, bold, colour in rows:
        shapes.append(Words(x, y + size * 1.1, text, size, colour, bold))
        y += size * 1.3
    return Block(tuple(shapes), y + gap)


def _panel(y: float, rows: Sequence[tuple[str, float, bool, str]], fill: str, edge: str) -> Block:
    block = _lines(y + 16, rows, _MARGIN + 38, gap=16)
    background = Box(_MARGIN, y, _INNER, block.bottom - y, fill)
    return Block(
        (background, Box(_MARGIN, y, 14, block.bottom - y, edge), *block.shapes), block.bottom
    )


def _share_bar(y: float, share: float, colour: str) -> tuple[Shape, ...]:
    return (Box(_MARGIN, y, _INNER, _BAR, _PALE), Box(_MARGIN, y, _INNER * share, _BAR, colour))


def _interval(cell: Cell, y: float, low: float, high: float) -> tuple[Shape, ...]:
    interval = interval_of(cell)
    if interval is None:
        return ()
    left, right = _across(interval.low, low, high), _across(interval.high, low, high)
    ends = [Stroke(x, y - 13, x, y + 13, 5, _INK) for x in (left, right)]
    return (Stroke(left, y, right, y, 7, _INK), *ends)


def _across(value: float, low: float, high: float) -> float:
    return _MARGIN + _INNER * (value - low) / (high - low)


def _joined(first: Block, second: Block) -> Block:
    return Block((*first.shapes, *second.shapes), second.bottom)
