"""The pages Ringkasan and Tindak lanjut: how many answered, and who has to do what by when. From results to pages."""

from evaluation.digest import stories
from evaluation.rates import rr1, rr2
from evaluation.results import Results, RoundResult, TrainingResult
from evaluation.sections import deed_of, owner_of, short_title
from evaluation.study import Plan
from evaluation.texts import Texts, days
from evaluation.workbook.charts import BLUE
from evaluation.workbook.page import Bars, Chart, Column, Line, Page
from evaluation.workbook.wording import round_name, training_name

_RATE, _TARGET = 5, 6  # columns of the chart


def overview(results: Results, plan: Plan, texts: Texts, charts: tuple[Chart, ...]) -> Page:
    """Response rates of every round; `charts` of other pages stand under its own."""
    lines: list[Line] = []
    first = None
    for result in in_order(results, plan):
        block = [_line(result, entry, plan, texts) for entry in result.rounds]
        if first is None and any(line[_RATE] is not None for line in block):
            first = (result, len(lines), len(lines) + len(block) - 1)
        lines += block
    name = texts.say("buku_lembar_ringkasan")
    own = () if first is None else (_chart(name, *first, texts),)
    return Page(
        name, "Partisipasi", texts.say("buku_judul"), _notes(results, plan, texts),
        _columns(texts), tuple(lines), texts.say("buku_belum_ada"), frozen=2, charts=(*own, *charts),
    )  # fmt: skip


def in_order(results: Results, plan: Plan) -> list[TrainingResult]:
    """Trainings with news first, as in the weekly text."""
    told = [story.result for story in stories(results, plan)]
    return [*told, *(result for result in results.trainings if result not in told)]


def _notes(results: Results, plan: Plan, texts: Texts) -> tuple[str, ...]:
    period = results.period
    return (
        texts.say(
            "buku_keterangan", penyelenggara=plan.organiser, hari=days(texts, period.first, period.last),
            tanggal=days(texts, period.issued_on, period.issued_on),
        ),
        texts.say("buku_catatan", k_min=plan.k),
    )  # fmt: skip


def _columns(texts: Texts) -> tuple[Column, ...]:
    return (
        Column(texts.say("kolom_pelatihan"), "text", 38),
        Column(texts.say("kolom_putaran"), "text", 17),
        Column(texts.say("kolom_keadaan"), "text", 12),
        Column(texts.say("kolom_berhak"), "count", 11),
        Column(texts.say("kolom_menjawab"), "count", 12),
        Column(texts.say("kolom_tingkat"), "percent", 12),
        Column(texts.say("kolom_sasaran"), "percent", 11),
        Column(texts.say("kolom_lengkap"), "percent", 12),
        Column(texts.say("kolom_baru"), "count", 11),
        Column(texts.say("kolom_belum_terhubung"), "count", 13),
        Column(texts.say("kolom_dibuka"), "date", 12),
        Column(texts.say("kolom_ditutup"), "date", 12),
        Column(texts.say("kolom_keterangan"), "text", 34),
    )


def _line(result: TrainingResult, entry: RoundResult, plan: Plan, texts: Texts) -> Line:
    counts, round_ = entry.counts, entry.round
    opens, closes = (
        None if moment is None else moment.astimezone(plan.zone).date()
        for moment in (round_.opens_at, round_.closes_at)
    )
    begun = counts.issued > 0
    return (
        result.training.title, round_name(round_.kind, texts),
        texts.say(f"buku_keadaan_{round_.state}"),
        counts.eligible if begun else None, counts.answered if begun else None, rr2(counts),
        plan.targets.get(round_.kind), rr1(counts), entry.new if begun else None,
        round_.not_connected, opens, closes, _remark(entry, plan, texts),
    )  # fmt: skip


def _remark(entry: RoundResult, plan: Plan, texts: Texts) -> str:
    proxies = texts.say("buku_diwakili", n=entry.proxies) if entry.proxies else ""
    return "; ".join(part for part in (_reached(entry, plan, texts), proxies) if part)


def _reached(entry: RoundResult, plan: Plan, texts: Texts) -> str:
    rate, target = rr2(entry.counts), plan.targets.get(entry.round.kind)
    if entry.release is None and entry.counts.answered:
        return texts.say("buku_belum_cukup", k_min=plan.k)
    if rate is None or target is None:
        return ""
    return texts.say("buku_di_bawah_sasaran" if rate < target else "buku_sasaran_tercapai")


def _chart(name: str, result: TrainingResult, first: int, last: int, texts: Texts) -> Chart:
    title = texts.say("buku_grafik_tingkat", nama_pelatihan=short_title(result.training.title))
    return Chart(
        name, title, title, first, last, 1, (Bars(_RATE, BLUE),), (0, 1), "percent",
        lying=False, marks=_TARGET,
    )  # fmt: skip


def follow_up(results: Results, plan: Plan, texts: Texts) -> Page:
    """Every action with its owner and day, and room for the office to note what became of it."""
    states = tuple(
        texts.say(key) for key in ("buku_rtl_belum", "buku_rtl_berjalan", "buku_rtl_selesai")
    )
    listed = [(story, action) for story in stories(results, plan) for action in story.actions]
    lines = tuple(
        (
            number, training_name(story.result.training.title, texts), _sentence(deed_of(story, action, texts)),
            owner_of(action, texts), action.due, states[0], "",
        )
        for number, (story, action) in enumerate(listed, start=1)
    )  # fmt: skip
    return Page(
        texts.say("buku_lembar_tindak_lanjut"), "TindakLanjut", texts.say("buku_judul_tindak_lanjut"),
        (texts.say("buku_catatan_tindak_lanjut"),),
        (
            Column(texts.say("kolom_nomor"), "count", 7),
            Column(texts.say("kolom_pelatihan"), "text", 38),
            Column(texts.say("kolom_tindak_lanjut"), "text", 58),
            Column(texts.say("kolom_penanggung_jawab"), "text", 24),
            Column(texts.say("kolom_batas"), "date", 12),
            Column(texts.say("kolom_keadaan"), "text", 15, states),
            Column(texts.say("kolom_catatan"), "text", 30),
        ),
        lines, texts.say("tindakan_kosong"), frozen=2,
    )  # fmt: skip


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
