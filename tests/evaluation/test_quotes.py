"""What people wrote, word for word: from five writers on, in an order of nobody's, and never so that a missing text has an author."""

from pathlib import Path

import pytest

from evaluation.quotes import Quotes
from evaluation.releases import Register
from tests.evaluation.tables import World, open_question, response, training

TEXTS = ("Tambah praktik", "Bagus", "Lanjutkan", "Cukup", "Terima kasih", "Perbanyak latihan")


def suggesting(folder: Path, people: int, code: str = "MKD-2") -> World:
    world = World(folder, trainings=[training(code)])
    for place, text in enumerate(TEXTS[:people]):
        world.responses += response(f"r{place}", {"a18": text}, training=code)
    return world


def quoted(world: World, register: Register | None = None) -> tuple[Quotes, ...]:
    return world.results(register).trainings[0].rounds[0].quotes


def test_four_writers_are_not_quoted(tmp_path: Path):
    assert quoted(suggesting(tmp_path, 4)) == ()


def test_five_writers_are_quoted_in_the_order_of_the_words(tmp_path: Path):
    (found,) = quoted(suggesting(tmp_path, 5))
    assert (found.item, found.n, list(found.texts)) == ("a18", 5, sorted(TEXTS[:5]))


def test_a_sixth_writer_is_not_quoted_until_five_more_have_written(tmp_path: Path):
    first = suggesting(tmp_path, 5).results()
    (found,) = quoted(suggesting(tmp_path, 6), first.register)
    assert TEXTS[5] not in found.texts


def test_only_the_questions_named_in_the_study_are_quoted(tmp_path: Path):
    world = suggesting(tmp_path, 5)
    world.codes += open_question("a15")
    for place in range(5):
        world.responses += response(f"q{place}", {"a15": f"Rencana {place}"})
    assert [each.item for each in quoted(world)] == ["a18"]


def changed(world: World) -> None:
    for row in world.responses:
        if row["value"] == TEXTS[1]:
            row.update(value="Kurang bagus", revised="1")


def withdrawn(world: World) -> None:
    """As /hapus leaves it: the response was issued and holds no answer."""
    gone = next(row["respondent"] for row in world.responses if row["value"] == TEXTS[1])
    world.responses = [
        row | {"disposition": "refused"} if row["respondent"] == gone else row
        for row in world.responses
        if row["respondent"] != gone or not row["item"]
    ]


def added(world: World) -> None:
    for place in range(5):
        world.responses += response(f"new{place}", {"a18": f"Usul {place}"})


@pytest.mark.parametrize("happens", [changed, withdrawn])
def test_where_one_text_is_gone_nobody_is_quoted_any_more(tmp_path: Path, happens):
    """Else who holds both releases would see the one text that the writer changed or took back."""
    world = suggesting(tmp_path, 6)
    register = world.results().register
    happens(world)
    assert quoted(world, register) == ()
    added(world)
    assert quoted(world, register) == ()


def test_five_more_writers_are_quoted_with_the_first(tmp_path: Path):
    world = suggesting(tmp_path, 6)
    register = world.results().register
    added(world)
    (found,) = quoted(world, register)
    assert found.n == 11


def test_a_text_that_is_gone_of_another_training_changes_nothing(tmp_path: Path):
    world, other = suggesting(tmp_path, 6), suggesting(tmp_path, 6, code="ARS-1")
    world.responses += other.responses
    world.trainings += other.trainings
    register = world.results().register
    withdrawn(other)
    world.responses = [r for r in world.responses if r["training"] == "MKD-2"] + other.responses
    told = {each.training.code: each.rounds[0].quotes for each in world.results(register).trainings}
    assert {code: len(quotes) for code, quotes in told.items()} == {"MKD-2": 1, "ARS-1": 0}
