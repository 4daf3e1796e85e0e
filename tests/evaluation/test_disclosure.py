import json
from pathlib import Path

import pytest

from evaluation.disclosure import (
    Cell,
    Release,
    may_subtract,
    read_register,
    release,
    shown_groups,
    write_register,
)  # fmt: skip
from evaluation.errors import EvaluationError

K = 5


def cell(n: int, mean: float = 3.0, name: str = "materi") -> Cell:
    return Cell("index", name, n, {"mean": mean})


GROUPS = [
    ({"A": 9, "B": 8}, {"A", "B"}),  # nothing to hide
    ({"A": 9, "B": 3}, set()),  # the total minus A is B
    ({"A": 9, "B": 8, "C": 3}, {"A"}),  # one hidden: the next smallest goes with it
    ({"A": 9, "B": 2, "C": 4}, {"A"}),  # two hidden that together are six
    ({"A": 9, "B": 8, "C": 2, "D": 2}, {"A"}),  # two hidden, together still under five
    ({"A": 9, "B": 0}, {"A"}),  # nobody is no group
    ({"A": 4}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("sizes", "shown"), GROUPS)
def test_a_hidden_group_cannot_be_found_by_subtraction(sizes: dict[str, int], shown: set[str]):
    assert shown_groups(sizes, K) == shown


@pytest.mark.parametrize(("larger", "smaller", "harmless"), [(26, 26, True), (26, 22, False), (26, 21, True), (22, 26, False)])  # fmt: skip
def test_a_part_beside_its_whole_must_leave_nobody_or_five(
    larger: int, smaller: int, harmless: bool
):
    assert may_subtract(larger, smaller, K) is harmless


def test_a_cell_of_four_is_not_published_beside_one_of_five():
    published = release(None, [cell(5), cell(4, name="relevansi")], 9, K)
    assert published == Release(9, (cell(5),))


def test_four_respondents_publish_nothing():
    assert release(None, [cell(4)], 4, K) is None


def test_a_score_stands_still_after_four_new_answers():
    first = Release(10, (cell(10, 3.0),))
    assert release(first, [cell(14, 2.0)], 14, K) == first


def test_a_score_moves_after_five_new_answers():
    first = Release(10, (cell(10, 3.0),))
    assert release(first, [cell(15, 2.0)], 15, K) == Release(15, (cell(15, 2.0),))


def test_a_cell_with_one_new_answer_stands_still_while_the_others_move():
    first = Release(10, (cell(10), cell(9, 3.0, "dampak")))
    after = release(first, [cell(15, 2.0), cell(10, 1.0, "dampak")], 15, K)
    assert after == Release(15, (cell(15, 2.0), cell(9, 3.0, "dampak")))


def test_a_register_comes_back_as_it_was_written(tmp_path: Path):
    register = {"MKD-2/post_training": Release(10, (cell(10, 3.25),))}
    write_register(tmp_path / "releases.json", register)
    assert read_register(tmp_path / "releases.json") == register


def test_without_a_file_nothing_has_been_published(tmp_path: Path):
    assert read_register(tmp_path / "releases.json") == {}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"releases": {"a": {}}}', '{"releases": {"a": 3}}', "\x00"]
)
def test_a_damaged_register_is_an_error_and_not_a_fresh_start(tmp_path: Path, text: str):
    path = tmp_path / "releases.json"
    path.write_text(text)
    with pytest.raises(EvaluationError, match=r"releases\.json: this is not a register"):
        read_register(path)


def test_the_register_holds_the_published_numbers(tmp_path: Path):
    path = tmp_path / "releases.json"
    write_register(path, {"MKD-2/post_training": Release(10, (cell(10, 3.25),))})
    written = json.loads(path.read_text())["releases"]["MKD-2/post_training"]
    assert written == {
        "n": 10,
        "cells": [{"kind": "index", "name": "materi", "n": 10, "numbers": {"mean": 3.25}}],
    }
