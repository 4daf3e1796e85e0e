"""The page Jawaban terbuka: suggestions word for word, of whole classes only. From quotes to a page; decides nothing.

No column tells who wrote, of which unit or grade, or when; the words stand in alphabetical order, which nobody's place in
the class has a part in.
"""

from collections.abc import Iterator

from evaluation.results import Results, TrainingResult
from evaluation.study import Plan
from evaluation.texts import Texts
from evaluation.workbook.overview import in_order
from evaluation.workbook.page import Column, Line, Page
from evaluation.workbook.wording import question, round_name, training_name


def open_answers(results: Results, plan: Plan, texts: Texts) -> Page:
    lines = [line for result in in_order(results, plan) for line in _lines(result, texts)]
    return Page(
        texts.say("buku_lembar_terbuka"), "JawabanTerbuka", texts.say("buku_judul_terbuka"),
        (texts.say("buku_catatan_terbuka", k_min=plan.k), texts.say("buku_catatan_terbuka_nama")),
        (
            Column(texts.say("kolom_pelatihan"), "text", 38),
            Column(texts.say("kolom_putaran"), "text", 17),
            Column(texts.say("kolom_butir"), "id", 10),
            Column(texts.say("kolom_pertanyaan"), "text", 44),
            Column(texts.say("kolom_penulis"), "count", 10),
            Column(texts.say("kolom_jawaban"), "text", 80),
        ),
        tuple(lines), texts.say("buku_terbuka_kosong", k_min=plan.k), frozen=3,
    )  # fmt: skip


def _lines(result: TrainingResult, texts: Texts) -> Iterator[Line]:
    for entry in result.rounds:
        for quotes in entry.quotes:
            for text in quotes.texts:
                yield (
                    training_name(result.training.title, texts), round_name(entry.round.kind, texts),
                    quotes.item, question(quotes.label), quotes.n, text,
                )  # fmt: skip
