"""Which conclusion is drawn from which number: the rules as tables, and what the whole report then says."""

from pathlib import Path

import pytest

from evaluation.releases import Cell
from evaluation.report.conclusions import amount, direction
from tests.evaluation.report.test_report_chapters import OFFICE_SHEET, document, words
from tests.evaluation.tables import class_of_thirty, response


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.1, 0.9, "naik"), (-0.9, -0.1, "turun"), (-0.1, 0.5, "tetap"), (0.0, 0.5, "tetap"), (-0.5, 0.0, "tetap"),
        (None, None, "tanpa_selang"),
    ],
)  # fmt: skip
def test_a_difference_is_a_change_where_its_interval_leaves_out_zero(low, high, told: str):
    assert direction(low, high) == told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"share": 0.7, "low": 0.51, "high": 0.85}, "banyak"),
        ({"share": 0.7, "low": 0.49, "high": 0.85}, "separuh"),
        ({"share": 0.3, "low": 0.1, "high": 0.49}, "sedikit"),
        ({"share": 0.6}, "banyak"),  # everybody answered: no interval is needed
        ({"share": 0.5}, "separuh"),
        ({"share": 0.4}, "sedikit"),
    ],
)
def test_most_and_few_are_said_where_the_interval_leaves_out_a_half(numbers, told: str):
    assert amount(Cell("share", "penerapan", 20, numbers)) == told


def conclusion(folder: Path, **more: int) -> str:
    world = class_of_thirty(folder, followed=24, superiors=20, **more)
    world.trainings[0] |= OFFICE_SHEET
    world.responses += response("p20", {"b03": "sebagian"}, kind="followup_alumni")[1:]
    text = words(document(world).blocks)
    return text[text.index("Dari angka dalam laporan ini") :]


def test_each_level_has_its_conclusion(tmp_path: Path):
    told = conclusion(tmp_path)
    assert "Reaksi: 2 dari 4 dimensi yang dinilai peserta bermutu baik atau lebih tinggi." in told
    assert "Pembelajaran: kemampuan menurut peserta meningkat" in told
    assert "Perilaku: lebih dari separuh alumni sudah menerapkan hasil pelatihan" in told
    assert "Hasil: belum ada hasil jelas yang disertai bukti" in told
    assert "Hambatan yang perlu ditangani lebih dahulu: Anggaran terbatas" in told
    assert "Ada dalam rencana tahunan pengembangan kompetensi: Ya; " in told


@pytest.mark.parametrize(("yes", "told"), [(4, "masih perlu diperkuat; kurang dari separuh menjawab ya: Pertanyaan b15 40,0%."), (5, "sedikitnya separuh menjawab ya pada setiap hal")])  # fmt: skip
def test_synergy_shows_where_at_least_half_talked_about_it(tmp_path: Path, yes: int, told: str):
    world = class_of_thirty(tmp_path, followed=10)
    for place in range(10):
        answer = {"b15": "ya" if place < yes else "tidak"}
        world.responses += response(f"p{20 + place}", answer, kind="followup_alumni")[1:]
    assert told in words(document(world).blocks)


def test_where_nothing_may_be_shown_nothing_is_concluded(tmp_path: Path):
    text = words(document(class_of_thirty(tmp_path, answered=4)).blocks)
    assert "Dari angka dalam laporan ini" not in text
    assert "Belum ada hasil yang dapat ditampilkan." in text
