"""The pages Indikator, Pertanyaan and Instruktur: what was answered, with intervals. From published cells to pages."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from evaluation.instructors import InstructorSheet
from evaluation.publication import POOLED
from evaluation.releases import Cell
from evaluation.results import Results
from evaluation.scales import band_of
from evaluation.sections import short_title
from evaluation.study import Plan
from evaluation.texts import Texts
from evaluation.workbook.charts import BLUE
from evaluation.workbook.measures import Measure, Unit, measures
from evaluation.workbook.page import Bars, Chart, Column, Form, Line, Number, Page
from evaluation.workbook.wording import (
    Shown,
    group_name,
    releases_of,
    round_name,
    training_name,
    words_of,
)

_FORMS: Mapping[Unit, Form] = {
    "indeks": "index", "persen": "percent", "skor": "score", "poin": "index", "koefisien": "score",
}  # fmt: skip
_MEASURE, _VALUE, _LOW, _HIGH = 4, 6, 8, 9  # columns of the chart


def indicators(results: Results, plan: Plan, texts: Texts) -> Page:
    """One line a measure: whole classes first, then their groups, then all trainings together."""
    before = _before(results)
    lines = [
        _measured(shown, cell, measure, before, (plan, texts))
        for shown in releases_of(results)
        for cell in sorted(shown.release.cells, key=_rank)
        for measure in measures(cell)
    ]
    return Page(
        texts.say("buku_lembar_indikator"), "Indikator", texts.say("buku_judul_indikator"),
        (
            texts.say("buku_catatan_indeks", nama=plan.index_name, sumber=plan.index_source),
            texts.say("buku_catatan_selang"),
        ),
        _indicator_columns(texts), tuple(lines), texts.say("buku_belum_cukup", k_min=plan.k), frozen=2,
    )  # fmt: skip


def _rank(cell: Cell) -> tuple[bool, bool]:
    """Whole classes before their groups, the plain index before the weighted one."""
    return bool(cell.group), cell.kind == "weighted"


def index_chart(page: Page, title: str, kind: str, texts: Texts) -> Chart | None:
    """The indices of one training and round as bars with their intervals; None where there are fewer than two."""
    wanted = (
        training_name(title, texts),
        round_name(kind, texts),
        group_name("", texts),
        texts.say("ukuran_indeks"),
    )
    places = [place for place, line in enumerate(page.lines) if line[:4] == wanted]
    if len(places) <= 1:
        return None
    lines = page.lines[places[0] : places[-1] + 1]
    words = texts.say(
        f"buku_grafik_indeks_{kind}" if kind == "post_training" else "buku_grafik_indeks_followup_alumni",
        nama_pelatihan=short_title(title),
    )  # fmt: skip
    bars = Bars(_VALUE, BLUE, _reach(lines, _LOW), _reach(lines, _HIGH))
    return Chart(
        page.name, words, words, places[0], places[-1], _MEASURE, (bars,), (25, 100), "index"
    )


def _reach(lines: Sequence[Line], column: int) -> tuple[float, ...]:
    return tuple(
        0.0 if line[column] is None else abs(_float(line[column]) - _float(line[_VALUE]))
        for line in lines
    )


def _float(value: object) -> float:
    return value.value if isinstance(value, Number) else float(str(value))


def _before(results: Results) -> dict[tuple[str, str, str], Cell]:
    """(training, round, cell key) -> the cell as it was published last time, where it moved."""
    return {
        (result.training.title, entry.round.kind, cell.key): cell
        for result in results.trainings
        for entry in result.rounds
        for moved in entry.moved
        for cell in [Cell(moved.kind, moved.name, moved.n_before, moved.before, moved.group)]
    }


def _indicator_columns(texts: Texts) -> tuple[Column, ...]:
    return (
        Column(texts.say("kolom_pelatihan"), "text", 38),
        Column(texts.say("kolom_putaran"), "text", 17),
        Column(texts.say("kolom_kelompok"), "text", 30),
        Column(texts.say("kolom_ukuran"), "text", 40),
        Column(texts.say("kolom_indikator"), "text", 26),
        Column(texts.say("kolom_n"), "count", 8),
        Column(texts.say("kolom_nilai"), "index", 10),
        Column(texts.say("kolom_satuan"), "text", 13),
        Column(texts.say("kolom_bawah"), "index", 11),
        Column(texts.say("kolom_atas"), "index", 11),
        Column(texts.say("kolom_mutu"), "text", 13),
        Column(texts.say("kolom_terbitan_lalu"), "index", 11),
    )


def _measured(
    shown: Shown, cell: Cell, measure: Measure, before: Mapping[tuple[str, str, str], Cell],
    how: tuple[Plan, Texts],
) -> Line:  # fmt: skip
    plan, texts = how
    form = _FORMS[measure.unit]
    band = band_of(measure.value, plan.bands) if measure.unit == "indeks" else None
    old = before.get((shown.training, shown.kind, cell.key))
    earlier = (
        None
        if old is None
        else next((each.value for each in measures(old) if each.key == measure.key), None)
    )
    return (
        training_name(shown.training, texts), round_name(shown.kind, texts),
        group_name(cell.group, texts), _measure_name(cell, measure, texts),
        texts.name_of("dimensi", cell.name), measure.n, Number(measure.value, form),
        texts.say(f"satuan_{measure.unit}"), _number(measure.low, form), _number(measure.high, form),
        "" if band is None else band.label, _number(earlier, form),
    )  # fmt: skip


def _measure_name(cell: Cell, measure: Measure, texts: Texts) -> str:
    ends = (cell.numbers.get("from", 0), cell.numbers.get("to", 0))
    return texts.say(f"ukuran_{measure.key}", skala=f"{ends[0]:.0f}-{ends[1]:.0f}")


def _number(value: float | None, form: Form) -> Number | None:
    return None if value is None else Number(value, form)


def questions(results: Results, plan: Plan, texts: Texts, codebook: pd.DataFrame) -> Page:
    """Every closed question with how often each answer was given, of whole classes only."""
    words, named = words_of(codebook), _named_indicators(plan, texts)
    lines = [
        line
        for shown in releases_of(results)
        for cell in shown.release.all_of("item")
        for line in _answers(shown, cell, words, (named, texts))
    ]
    return Page(
        texts.say("buku_lembar_pertanyaan"), "Pertanyaan", texts.say("buku_judul_pertanyaan"),
        (texts.say("buku_catatan_pertanyaan", k_min=plan.k),),
        (
            Column(texts.say("kolom_pelatihan"), "text", 38),
            Column(texts.say("kolom_putaran"), "text", 16),
            Column(texts.say("kolom_butir"), "id", 10),
            Column(texts.say("kolom_indikator"), "text", 22),
            Column(texts.say("kolom_pertanyaan"), "text", 52),
            Column(texts.say("kolom_jawaban"), "text", 28),
            Column(texts.say("kolom_jumlah"), "count", 10),
            Column(texts.say("kolom_persen"), "percent", 10),
            Column(texts.say("kolom_n"), "count", 8),
            Column(texts.say("kolom_rata"), "score", 10),
            Column(texts.say("kolom_median"), "score", 10),
            Column(texts.say("kolom_dua_teratas"), "percent", 12),
        ),
        tuple(lines), texts.say("buku_belum_cukup", k_min=plan.k), frozen=3,
    )  # fmt: skip


def _named_indicators(plan: Plan, texts: Texts) -> dict[str, str]:
    """The item -> the indicators of study.toml that it stands for, in words."""
    found: dict[str, list[str]] = {}
    for name, entries in plan.indicators.items():
        for item in dict.fromkeys(entry.partition("=")[0] for entry in entries):
            found.setdefault(item, []).append(texts.name_of("indikator", name))
    return {item: "; ".join(names) for item, names in found.items()}


def _answers(
    shown: Shown, cell: Cell, words: Mapping[tuple[str, str, str], str],
    how: tuple[Mapping[str, str], Texts],
) -> Iterator[Line]:  # fmt: skip
    named, texts = how
    numbers, item = cell.numbers, cell.name
    form = next((form for form, name, code in words if name == item and not code), "")
    head = (
        training_name(shown.training, texts), round_name(shown.kind, texts), item,
        named.get(item, ""), words.get((form, item, ""), ""),
    )  # fmt: skip
    middle = (numbers.get("mean"), numbers.get("median"), numbers.get("top2"))
    codes = [name.removeprefix("n_") for name in numbers if name.startswith("n_")]
    for code in codes:
        count = numbers[f"n_{code}"]
        answer = words.get((form, item, code), code)
        yield (*head, answer, count, count / numbers["count"], numbers["count"], *middle)
    if not codes:
        yield (*head, "", None, None, numbers["count"], *middle)


def instructors(results: Results, plan: Plan, texts: Texts) -> Page:
    """In order of the names: whoever ranks by differences smaller than their intervals ranks chance."""
    titles = {result.training.code: result.training.title for result in results.trainings}
    lines = tuple(_instructor(sheet, titles, plan, texts) for sheet in results.instructors)
    return Page(
        texts.say("buku_lembar_instruktur"), "Instruktur", texts.say("buku_judul_instruktur"),
        (texts.say("buku_catatan_instruktur", k_min=plan.k),),
        (
            Column(texts.say("kolom_pelatihan"), "text", 38),
            Column(texts.say("kolom_putaran"), "text", 17),
            Column(texts.say("kolom_instruktur"), "text", 30),
            Column(texts.say("kolom_penilai"), "count", 10),
            Column(texts.say("kolom_indeks"), "index", 10),
            Column(texts.say("kolom_bawah"), "index", 11),
            Column(texts.say("kolom_atas"), "index", 11),
            Column(texts.say("kolom_mutu"), "text", 14),
            Column(texts.say("kolom_rata_lain"), "index", 15),
            Column(texts.say("kolom_jumlah_lain"), "count", 13),
        ),
        lines, texts.say("buku_instruktur_kosong", k_min=plan.k), frozen=3,
    )  # fmt: skip


def _instructor(
    sheet: InstructorSheet, titles: Mapping[str, str], plan: Plan, texts: Texts
) -> Line:
    code, _, kind = sheet.scope.partition("/")
    numbers = sheet.cell.numbers
    band = band_of(numbers["index"], plan.bands)
    return (
        training_name(POOLED if code == POOLED else titles.get(code, code), texts),
        round_name(kind, texts), sheet.name, sheet.cell.n, numbers["index"], numbers.get("low"),
        numbers.get("high"), "" if band is None else band.label, sheet.others,
        sheet.number_of_others,
    )  # fmt: skip
