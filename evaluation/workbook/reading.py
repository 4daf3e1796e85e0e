"""The pages Buku kode and Metode: what every question and code means, and how the numbers came about."""

from math import isnan

import pandas as pd

from evaluation.results import Results
from evaluation.study import Plan
from evaluation.texts import Texts, number
from evaluation.workbook.page import Column, Form, Line, Page, Value
from evaluation.workbook.wording import question

_CODEBOOK: tuple[tuple[str, str, Form, int], ...] = (
    ("kolom_kuesioner", "questionnaire", "id", 19),
    ("kolom_versi", "version", "id", 20),
    ("kolom_nomor", "position", "id", 7),
    ("kolom_butir", "item", "id", 16),
    ("kolom_jenis", "type", "text", 16),
    ("kolom_pertanyaan", "label", "text", 52),
    ("kolom_dimensi", "dimension", "text", 18),
    ("kolom_level", "level", "id", 8),
    ("kolom_saat", "moment", "text", 11),
    ("kolom_kode", "value", "id", 16),
    ("kolom_arti", "value_label", "text", 32),
    ("kolom_skor", "score", "score", 8),
    ("kolom_makna_kosong", "missing", "text", 15),
    ("kolom_syarat", "relevant", "text", 28),
)  # fmt: skip
_METHODS = (
    "rahasia", "gerak", "tingkat", "indeks", "selang", "perubahan", "hambatan", "penerapan",
    "rekomendasi", "instruktur", "kelompok", "tertimbang", "terbuka", "kosong", "tanda", "pembulatan", "batas",
)  # fmt: skip


def codebook_page(codebook: pd.DataFrame, plan: Plan, texts: Texts) -> Page:
    columns = tuple(Column(texts.say(key), form, width) for key, _, form, width in _CODEBOOK)
    names = [name for _, name, _, _ in _CODEBOOK]
    lines = tuple(
        _code_line(dict(zip(names, row, strict=True)), plan, texts)
        for row in codebook.reindex(columns=names, fill_value="").itertuples(index=False)
    )
    return Page(
        texts.say("buku_lembar_kode"), "BukuKode", texts.say("buku_judul_kode"),
        (texts.say("buku_catatan_kode"),), columns, lines, texts.say("buku_belum_ada"), frozen=4,
    )  # fmt: skip


def _code_line(row: dict[str, object], plan: Plan, texts: Texts) -> Line:
    score = float(str(row["score"]))
    told: dict[str, Value] = {
        **{name: str(value) for name, value in row.items()},
        "type": texts.name_of("jenis", str(row["type"])),
        "label": question(str(row["label"])),
        "moment": texts.name_of("saat", str(row["moment"])) if row["moment"] else "",
        "score": None if isnan(score) else score,
        "missing": texts.name_of("kosong", str(row["missing"])) if row["missing"] else "",
    }
    if row["type"] == "text":
        told["value_label"] = texts.say("buku_dikutip" if row["item"] in plan.quoted else "buku_tidak_dikutip")  # fmt: skip
    return tuple(told.values())


def methods(results: Results, plan: Plan, texts: Texts) -> Page:
    """How to read the numbers, in plain words, with the table of bands and its source."""
    withheld = sum(len(entry.withheld) for result in results.trainings for entry in result.rounds)
    said = [
        (texts.say(f"metode_{name}_pokok"), texts.say(f"metode_{name}", k_min=plan.k, nama=plan.index_name, sumber=plan.index_source))
        for name in _METHODS
    ]  # fmt: skip
    bands = [
        (
            texts.say("metode_mutu_pokok", mutu=band.grade, label=band.label),
            texts.say("metode_mutu", mulai=number(texts, float(band.start), 2)),
        )
        for band in sorted(plan.bands, key=lambda band: -band.start)
    ]
    held = (texts.say("metode_ditahan_pokok"), texts.say("metode_ditahan", jumlah=withheld))
    return Page(
        texts.say("buku_lembar_metode"), "Metode", texts.say("buku_judul_metode"),
        (texts.say("buku_catatan_metode"),),
        (Column(texts.say("kolom_pokok"), "text", 30), Column(texts.say("kolom_penjelasan"), "text", 95)),
        (*said, *bands, held, *_proxies(results, texts), *_differing(results, texts)), texts.say("buku_belum_ada"), portrait=True,
    )  # fmt: skip


def _proxies(results: Results, texts: Texts) -> list[Line]:
    """Ratings that somebody gave in a superior's place: counted with the others, so it is said how many."""
    rounds = [entry for result in results.trainings for entry in result.rounds if entry.proxies]
    if not rounds:
        return []
    counts = {
        "n": sum(one.proxies for one in rounds),
        "jawab": sum(one.counts.answered for one in rounds),
    }
    return [(texts.say("metode_wakil_pokok"), texts.say("metode_wakil", **counts))]


def _differing(results: Results, texts: Texts) -> list[Line]:
    """Questions whose earlier versions asked something else: said, so that nobody compares what cannot be compared."""
    return [
        (
            texts.say("metode_versi_pokok", butir=each.item, kuesioner=each.questionnaire),
            texts.say("metode_versi", versi=each.version, lama=", ".join(each.earlier)),
        )
        for each in results.differing
    ]
