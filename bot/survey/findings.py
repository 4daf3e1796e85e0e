"""What the compiler can find in a form, as values: where, what, how grave. Pure; no sentence is written here.

A Finding carries the key of a sentence in config/texts (check.*.po) with its arguments; KEY_cara is its remedy.
An error keeps a form from being used; a warning is for the author to judge. docs/check.md explains each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.errors import QuestionnaireError
from bot.survey.sheets import as_written

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Kind:
    severity: Severity
    arguments: tuple[str, ...]


# Every key a Finding may carry, with the arguments its sentences may use.
KINDS: Final[Mapping[str, Kind]] = {
    "cek_pembaca": Kind("error", ("apa", "cara")),  # what the reader of the form says itself
    "cek_tanpa_indonesia": Kind("error", ("bahasa",)),
    "cek_bahasa_separuh": Kind("error", ("butir", "bagian", "bahasa")),
    "cek_judul_separuh": Kind("warning", ("bahasa",)),
    "cek_data_tombol": Kind("error", ("butir", "kode")),
    "cek_label_panjang": Kind("warning", ("butir", "kode", "bahasa", "panjang", "maks")),
    "cek_daftar_panjang": Kind("warning", ("butir", "jumlah", "maks")),
    "cek_teks_panjang": Kind("error", ("butir", "bahasa", "panjang", "maks")),
    "cek_tak_tercapai": Kind("error", ("butir", "syarat")),
    "cek_belum_tercapai": Kind("warning", ("butir", "kali")),
    "cek_batasan_mustahil": Kind("error", ("butir", "batasan")),
    "cek_saringan_mustahil": Kind("error", ("butir", "saringan")),
    "cek_pilihan_tak_tampil": Kind("warning", ("butir", "kode")),
    "cek_spss_panjang": Kind("error", ("butir", "panjang")),
    "cek_spss_kata": Kind("error", ("butir",)),
    "cek_spss_awal": Kind("error", ("butir",)),
    "cek_spss_huruf": Kind("error", ("butir", "huruf")),
    "cek_spss_akhir": Kind("error", ("butir",)),
    "cek_spss_garis": Kind("warning", ("butir",)),
    "cek_spss_kembar": Kind("error", ("butir", "lain")),
    "cek_anonim_tautan": Kind("error", ("butir", "kolom")),
    "cek_anonim_kutip": Kind("error", ("butir", "nama")),
    "cek_anonim_kata": Kind("error", ("kata",)),
    "cek_menit_kata": Kind("error", ("kata",)),
    "cek_terlalu_lama": Kind("error", ("perkiraan", "janji")),
    "cek_ubah_jenis": Kind("error", ("butir", "versi", "lama", "baru")),
    "cek_ubah_kode": Kind("error", ("butir", "versi", "hilang", "tambah")),
    "cek_ubah_skor": Kind("error", ("butir", "versi", "kode")),
    "cek_ubah_arti": Kind("error", ("butir", "versi", "kode")),
    "cek_ubah_rentang": Kind("error", ("butir", "versi", "lama", "baru")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    key: str
    sheet: str
    row: int | None
    arguments: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return KINDS[self.key].severity


def of_reader(problem: QuestionnaireError) -> Finding:
    words = {"apa": problem.what.rstrip(". "), "cara": problem.remedy.rstrip(". ")}
    return Finding("cek_pembaca", problem.sheet, problem.row, words)


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """By sheet and row, as an author goes through the spreadsheet."""
    ranks = {"settings": 0, "survey": 1, "choices": 2}
    once = {_about(finding): finding for finding in reversed(findings)}.values()
    told = [finding for finding in findings if any(finding is one for one in once)]
    return tuple(sorted(told, key=lambda one: (ranks.get(one.sheet, 9), one.row or 0)))


def _about(finding: Finding) -> tuple[object, ...]:
    """What is the same for each time that a repeat asks a question, which its author wrote once."""
    words = finding.arguments
    if "[" not in words.get("butir", ""):
        return (finding.key, finding.sheet, finding.row, *words.items())
    item = as_written(words["butir"])
    return (finding.key, finding.sheet, item, words.get("kode"), words.get("bahasa"))
