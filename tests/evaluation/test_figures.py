"""The report's pictures: what they say in words, that no line leaves the page, and the same bytes each time."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from evaluation.canvas import Box, Dot, Stroke, Words, width_of
from evaluation.figures.bars import BarRow, bars
from evaluation.figures.curve import Curve, curve
from evaluation.figures.dots import INDEX, DotRow, dots
from evaluation.figures.frame import Figure, headed, name_lines
from evaluation.figures.likert import LikertRow, likert, whole_percents
from evaluation.figures.slope import Moment, slope
from evaluation.layout import WIDTH
from evaluation.numbers import Interval
from evaluation.study import read_study
from evaluation.texts import read_texts
from tests.evaluation.tables import ROOT

TEXTS = read_texts(ROOT / "config/texts", "id")
BANDS = read_study(ROOT / "config/study.toml").bands
LONG = (
    "Kegiatan penerapan hasil pelatihan membutuhkan penyesuaian prosedur lintas perangkat daerah "
    * 2
)
POINTS = ("Tidak setuju", "Kurang setuju", "Setuju", "Sangat setuju")


def every_figure(name: str) -> dict[str, Figure]:
    return {
        "likert": likert(
            [LikertRow(name, 26, (1, 3, 14, 8)), LikertRow("Materi", 25, (0, 0, 0, 25))],
            POINTS,
            TEXTS,
        ),
        "dots": dots(
            [DotRow(name, 26, 79.8, Interval(76.1, 83.5)), DotRow("Materi", 30, 100, None)],
            replace(INDEX, bands=BANDS),
            TEXTS,
        ),
        "slope": slope(
            name,
            [Moment("Sebelum", 2.0, 26), Moment("Sesudah", 5.0, 26), Moment("3 bulan", 1, 22)],
            (1, 5),
            TEXTS,
        ),
        "bars": bars(
            [BarRow(name, (1.0, 0.5)), BarRow("Waktu", (0.25, None)), BarRow("Lain", (0.0, 0.0))],
            ("Alumni n = 22", "Atasan n = 8"),
            TEXTS,
        ),
        "curve": curve(Curve((3, 9, 12, 20, 21, 26), 30, (1, 3, 4), 0.9), TEXTS),
    }


@pytest.mark.parametrize("which", ["likert", "dots", "slope", "bars", "curve"])
@pytest.mark.parametrize("name", ["Materi", LONG, "x" * 200])
def test_no_shape_leaves_the_page(which: str, name: str):
    figure = headed(every_figure(name)[which], name, name)
    for shape in figure.shapes:
        left, right, top, bottom = extent(shape)
        assert left >= 0, shape
        assert right <= WIDTH, shape
        assert top >= 0, shape
        assert bottom <= figure.height, shape


def extent(shape: Box | Dot | Stroke | Words) -> tuple[float, float, float, float]:
    match shape:
        case Box():
            return shape.x, shape.x + shape.width, shape.y, shape.y + shape.height
        case Dot():
            return shape.x - shape.radius, shape.x + shape.radius, shape.y, shape.y
        case Stroke():
            return (
                min(shape.x1, shape.x2),
                max(shape.x1, shape.x2),
                min(shape.y1, shape.y2),
                max(shape.y1, shape.y2),
            )
        case Words():
            wide = width_of(shape.text, shape.size, bold=shape.bold)
            before = {"left": 0.0, "center": wide / 2, "right": wide}[shape.align]
            return (
                shape.x - before,
                shape.x - before + wide,
                shape.y - shape.size * 0.8,
                shape.y + shape.size * 0.2,
            )


@pytest.mark.parametrize("which", ["likert", "dots", "slope", "bars", "curve"])
def test_no_words_of_a_picture_stand_on_other_words(which: str):
    figure = every_figure(LONG)[which]
    words = [extent(shape) for shape in figure.shapes if isinstance(shape, Words)]
    for place, (left, right, top, bottom) in enumerate(words):
        for other in words[place + 1 :]:
            apart = right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
            assert apart, (which, words[place], other)


def test_a_name_too_long_keeps_the_end_that_tells_it_from_the_next():
    title = "Pelatihan Dasar Calon Pegawai Negeri Sipil Golongan III Angkatan"
    first, second = (name_lines(f"{title} {year}") for year in (2026, 2027))
    assert len(first) == 3
    assert first[:2] == second[:2]
    assert (first[2][-13:], second[2][-13:]) == ("Angkatan 2026", "Angkatan 2027")


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ("likert", "Dukungan (n = 26): 85% pada dua nilai teratas."),
        ("dots", "Dukungan (n = 26): 79,8, selang 95% 76,1-83,5."),
        ("slope", "Dukungan, skala 1-5: Sebelum 2,00 (n = 26), Sesudah 5,00 (n = 26)"),
        ("bars", "Dukungan: Alumni n = 22 100%, Atasan n = 8 50%."),
        ("curve", "Pada hari ke-5 26 dari 30 sudah menjawab. Pengingat pada hari ke-1, 3, 4."),
    ],
)
def test_a_picture_says_its_numbers_in_words(which: str, said: str):
    assert said in every_figure("Dukungan")[which].says


def test_what_may_not_be_shown_has_neither_bar_nor_word():
    hidden = bars([BarRow("Waktu", (0.25, None))], ("Alumni", "Atasan"), TEXTS)
    shown = bars([BarRow("Waktu", (0.25, 0.0))], ("Alumni", "Atasan"), TEXTS)
    assert "Atasan" not in hidden.says
    assert len(hidden.shapes) == len(shown.shapes) - 2


@pytest.mark.parametrize(
    ("shares", "printed"),
    [
        ((1 / 3, 1 / 3, 1 / 3, 0), (34, 33, 33, 0)),
        ((0.125, 0.125, 0.375, 0.375), (13, 13, 37, 37)),
        ((0.0, 0.0, 0.0, 1.0), (0, 0, 0, 100)),
        ((0.0, 0.0, 0.0, 0.0), (0, 0, 0, 0)),
    ],
)
def test_the_percents_of_a_row_sum_to_a_hundred(shares, printed):
    assert whole_percents(shares) == printed


@pytest.mark.parametrize("which", ["likert", "curve"])
def test_the_same_numbers_give_the_same_bytes(which: str):
    first, second = (every_figure("Materi")[which].png() for _ in range(2))
    assert first == second
    with Image.open(BytesIO(first)) as image:
        assert image.width == WIDTH
        assert image.info.keys() <= {"dpi"}
