"""The picture: size, bytes, and that no line leaves the page. How it looks was looked at by people."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from evaluation.canvas import Words, paint, width_of, wrapped
from tests.evaluation.tables import World, class_of_thirty
from tests.evaluation.test_summary import LONG


def picture(world: World) -> Image.Image:
    assert world.run() == 0
    with Image.open(world.folder / "out/summary.png") as image:
        return image.convert("RGB")


def test_it_is_a_portrait_of_1080_pixels(tmp_path: Path):
    width, height = picture(class_of_thirty(tmp_path, followed=22, superiors=16)).size
    assert width == 1080
    assert width < height < 3000


@pytest.mark.parametrize("title", ["Gratifikasi", LONG, "x" * 300])
def test_no_ink_touches_the_right_edge(tmp_path: Path, title: str):
    world = class_of_thirty(tmp_path, followed=22, superiors=16, title=title)
    for row in world.codes:
        if row["value"] == "anggaran":
            row["value_label"] = LONG
    image = picture(world)
    margin = image.crop((1040, 0, 1080, image.height))
    colours = {colour for _, colour in margin.getcolors(1 << 16) or []}
    assert colours == {(255, 255, 255), (0x12, 0x35, 0x5B)}


def test_a_week_without_news_has_no_picture_not_even_an_old_one(tmp_path: Path):
    world = World(tmp_path)
    (tmp_path / "out").mkdir(exist_ok=True)
    (tmp_path / "out/summary.png").write_bytes(b"of another week")
    assert world.run() == 0
    assert not (tmp_path / "out/summary.png").exists()


def test_a_training_with_too_few_answers_has_a_picture_without_scores(tmp_path: Path):
    assert picture(class_of_thirty(tmp_path, answered=3)).size[1] < 1300


def test_the_file_holds_neither_date_nor_version(tmp_path: Path):
    assert class_of_thirty(tmp_path).run() == 0
    with Image.open(tmp_path / "out/summary.png") as image:
        assert image.info.keys() <= {"dpi"}


def test_wrapped_lines_fit_and_lose_no_word():
    lines = wrapped(LONG, 37, 600)
    assert " ".join(lines) == LONG
    assert all(width_of(line, 37) <= 600 for line in lines)


def test_a_name_of_ten_thousand_letters_is_measured_a_few_times_only():
    before = width_of.cache_info().misses
    (line,) = wrapped("w" * 10_000, 37, 600)
    assert wrapped("kata " * 10_000, 37, 600, most=2)[-1].endswith("…")
    assert line == "w" * line.count("w") + "…"
    assert width_of(line, 37) <= 600 < width_of(f"w{line}", 37)
    assert width_of.cache_info().misses - before < 60


def test_a_word_wider_than_the_page_is_cut():
    (line,) = wrapped("x" * 200, 37, 600)
    assert line.endswith("…")
    assert width_of(line, 37) <= 600


def test_too_many_lines_end_with_an_ellipsis():
    assert wrapped("satu dua tiga empat", 37, 90, most=2)[-1].endswith("…")


def test_a_dollar_sign_in_a_title_is_a_dollar_sign():
    dollars = paint([Words(10, 50, "US$ 5 \\dan $", 40, "black")], 400, 80)
    assert Image.open(BytesIO(dollars)).size == (400, 80)
