"""What an instructor is told by question and in words: golden numbers by hand, and who may not be told."""

from pathlib import Path

import pytest

from evaluation.instructors import InstructorSheet
from tests.evaluation.tables import World, open_question, response, round_, training

MASTERY, CLARITY = "${instruktur_%s}: penguasaan materi?", "${instruktur_%s}: kejelasan?"
PAIRS = (("Adi", "Budi"), ("Citra", "Adi"), ("Budi", "Dewi"), ("Dewi", "Citra"))
SCORES = {"Adi": "4", "Budi": "3", "Citra": "2", "Dewi": "1"}


def taught(folder: Path, people: int = 24, *, clarity: str = "3", writes: int = 0) -> World:
    """Everybody rates two of four instructors, each instructor in either place of the form; the first ones write too."""
    world = World(folder, trainings=[training("MKD-2", round_("post_training"))])
    for place in "12":
        for row in world.codes:
            if row["item"] == f"a04_{place}":
                row["label"] = MASTERY % place
        like = [row for row in world.codes if row["item"] == f"a04_{place}"]
        world.codes += [row | {"item": f"a05_{place}", "label": CLARITY % place, "position": "9"} for row in like]  # fmt: skip
    world.codes += open_question("a06_1")
    for person in range(people):
        names = PAIRS[person % 4]
        answers = {"a04_1": SCORES[names[0]], "a04_2": SCORES[names[1]], "a05_1": clarity, "a05_2": "4"}  # fmt: skip
        if person < writes:
            answers["a06_1"] = f"Pesan {person:02}"
        world.responses += response(f"p{person:02}", answers, instructors=names)
    return world


def sheets(world: World) -> dict[str, InstructorSheet]:
    return {s.name: s for s in world.results().instructors if s.scope == "MKD-2/post_training"}


def test_a_question_is_counted_wherever_in_the_form_it_was_asked(tmp_path: Path):
    mastery, clarity = sheets(taught(tmp_path))["Adi"].questions
    assert (mastery.label, mastery.cell.n, mastery.cell.numbers["index"]) == (MASTERY % 1, 12, 100)
    # six gave 3 where Adi stood first, six gave 4 where second: 3.5 x 25
    assert (clarity.cell.n, clarity.cell.numbers["index"]) == (12, 87.5)


def test_beside_each_question_stands_the_mean_of_the_three_others(tmp_path: Path):
    found = sheets(taught(tmp_path))
    assert found["Adi"].questions[0].others == pytest.approx((75 + 50 + 25) / 3)
    assert found["Dewi"].questions[0].others == pytest.approx((100 + 75 + 50) / 3)


def test_an_interval_counts_only_who_was_asked_about_this_instructor(tmp_path: Path):
    """24 of a class of 32: Adi was drawn for half of them, so for 16 of 32. mean 3.5, sd .522233, n 12, N 16."""
    world = taught(tmp_path)
    for person in range(24, 32):
        world.responses += response(f"p{person}", disposition="noncontact")
    numbers = sheets(world)["Adi"].questions[1].cell.numbers
    half = 2.200985 * 0.522233 / 12**0.5 * (4 / 15) ** 0.5  # t(11), finite-population factor
    assert numbers["low"] == pytest.approx((3.5 - half) * 25, abs=1e-4)
    assert numbers["high"] == pytest.approx((3.5 + half) * 25, abs=1e-4)


def test_below_five_raters_nothing_is_told(tmp_path: Path):
    assert sheets(taught(tmp_path, people=8)) == {}


@pytest.mark.parametrize(("writes", "told"), [(16, {}), (20, {"Adi": 5, "Budi": 5, "Citra": 5, "Dewi": 5})])  # fmt: skip
def test_words_come_from_at_least_five_writers_about_one_instructor(
    tmp_path: Path, writes: int, told: dict[str, int]
):
    """Every fourth writes about the same one in the first place of the form."""
    found = sheets(taught(tmp_path, writes=writes))
    assert {name: quotes.n for name, s in found.items() for quotes in s.comments} == told


def test_the_words_are_those_about_this_instructor_in_their_own_order(tmp_path: Path):
    (quotes,) = sheets(taught(tmp_path, writes=20))["Adi"].comments
    assert quotes.texts == ("Pesan 00", "Pesan 04", "Pesan 08", "Pesan 12", "Pesan 16")


def test_the_sixth_writers_words_wait_until_five_more_have_written(tmp_path: Path):
    """Else the difference between two sheets would be one person's words."""
    world = taught(tmp_path, writes=20)
    first = world.results()
    world.responses += response("q", {"a06_1": "Pesan terlambat"}, instructors=("Adi", "Budi"))
    later = world.results(first.register)
    assert "Pesan terlambat" not in str(later.instructors)
