"""The page Hambatan: what participants expected, what alumni met, what superiors and peers see. From published cells to a page."""

from collections.abc import Iterator

from evaluation.barriers import NO_BARRIER
from evaluation.releases import Cell, Release
from evaluation.results import Results, TrainingResult
from evaluation.sections import short_title
from evaluation.study import Plan
from evaluation.texts import Texts
from evaluation.workbook.charts import BLUE, ORANGE
from evaluation.workbook.overview import in_order
from evaluation.workbook.page import Bars, Chart, Column, Line, Page
from evaluation.workbook.wording import training_name

_EXPECTED, _ALUMNI, _SUPERIORS = 2, 4, 7  # columns of the shares


def barriers(results: Results, plan: Plan, texts: Texts) -> Page:
    """One line a barrier, the most named by alumni first; the shares of one code stand side by side."""
    name = texts.say("buku_lembar_hambatan")
    lines: list[Line] = []
    charts: list[Chart] = []
    for result in in_order(results, plan):
        block = list(_lines(result, results, texts))
        chart = _chart(name, result, block, len(lines), texts)
        charts += [] if chart is None else [chart]
        lines += block
    return Page(
        name, "Hambatan", texts.say("buku_judul_hambatan"),
        (texts.say("buku_catatan_hambatan", k_min=plan.k),), _columns(texts), tuple(lines),
        texts.say("buku_belum_cukup", k_min=plan.k), frozen=2, charts=tuple(charts[:3]),
    )  # fmt: skip


def _columns(texts: Texts) -> tuple[Column, ...]:
    return (
        Column(texts.say("kolom_pelatihan"), "text", 38),
        Column(texts.say("kolom_hambatan"), "text", 40),
        Column(texts.say("kolom_perkiraan"), "percent", 14),
        Column(texts.say("kolom_n_peserta"), "count", 11),
        Column(texts.say("kolom_alumni"), "percent", 12),
        Column(texts.say("kolom_utama"), "percent", 14),
        Column(texts.say("kolom_n_alumni"), "count", 11),
        Column(texts.say("kolom_atasan"), "percent", 12),
        Column(texts.say("kolom_n_atasan"), "count", 11),
        Column(texts.say("kolom_rekan"), "percent", 12),
        Column(texts.say("kolom_n_rekan"), "count", 11),
    )


def _lines(result: TrainingResult, results: Results, texts: Texts) -> Iterator[Line]:
    expected, alumni, superiors, peers = (
        _by_code(_release(result, kind), barrier)
        for kind, barrier in (
            ("post_training", "expected"), ("followup_alumni", "barrier"), ("followup_superior", "barrier"),
            ("followup_peer", "barrier"),
        )
    )  # fmt: skip
    codes = dict.fromkeys([*alumni, *expected, *superiors, *peers])
    for code in sorted(codes, key=lambda one: one == NO_BARRIER):
        label = (
            texts.say("buku_tanpa_hambatan")
            if code == NO_BARRIER
            else results.labels.get(code, code)
        )
        yield (
            training_name(result.training.title, texts), label,
            *_share(expected.get(code)), *_share(alumni.get(code), main=True),
            *_share(superiors.get(code)), *_share(peers.get(code)),
        )  # fmt: skip


def _release(result: TrainingResult, kind: str) -> Release | None:
    entry = result.find(kind)
    return None if entry is None else entry.release


def _by_code(release: Release | None, kind: str) -> dict[str, Cell]:
    if release is None:
        return {}
    return {cell.name: cell for cell in (*release.all_of(kind), *release.all_of(f"{kind}_none"))}


def _share(cell: Cell | None, *, main: bool = False) -> tuple[float | None, ...]:
    if cell is None:
        return (None,) * (3 if main else 2)
    most = (cell.numbers.get("main_share"),) if main else ()
    return (cell.numbers["share"], *most, cell.numbers["count"])


def _chart(
    name: str, result: TrainingResult, block: list[Line], first: int, texts: Texts
) -> Chart | None:
    """Alumni beside superiors; while there are no alumni's answers, what was expected."""
    shown = [(_ALUMNI, BLUE), (_SUPERIORS, ORANGE)]
    if not any(line[_ALUMNI] is not None for line in block):
        shown = [(_EXPECTED, BLUE)]
    bars = tuple(
        Bars(column, colour)
        for column, colour in shown
        if any(line[column] is not None for line in block)
    )
    if not bars:
        return None
    title = texts.say("buku_grafik_hambatan", nama_pelatihan=short_title(result.training.title))
    highest = max(float(str(line[bar.column] or 0)) for line in block for bar in bars)
    top = min(1.0, int(highest * 10 + 1) / 10)
    return Chart(
        name, title, title, first, first + len(block) - 1, 1, bars, (0, top), "percent"
    )  # fmt: skip
