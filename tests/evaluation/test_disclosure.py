"""The gate by itself: which claims pass beside and after which. The attack on whole evaluations is test_attack.py."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from evaluation.disclosure import Gate, publish, snapshot
from evaluation.errors import EvaluationError
from evaluation.register import read_register, write_register
from evaluation.releases import Cell, Claim, Part, Register, Release, Row, Withheld
from evaluation.spans import places_of, spans_of

K = 5
SCOPE = "MKD-2/post_training"


def claim(
    people: Iterable[int], mean: float = 3.0, *, name: str = "materi", group: str = "", topic: str = "post_training/materi"
) -> Claim:  # fmt: skip
    """An index of these people, who answered one item each."""
    chosen = list(people)
    row = Row(topic, (Part("a01", 1.0, spans_of(chosen)),))
    return Claim(Cell("index", name, len(chosen), {"mean": mean}, group), (row,))


def gate(people: int = 40) -> Gate:
    responses = tuple(("MKD-2", f"p{place:02}", "") for place in range(people))
    return Gate(Register(responses), np.arange(people), K)


def after(state: Gate, *claims: Claim) -> tuple[Gate, dict[str, float], list[str]]:
    """The gate after one release, the published means by key and the reasons of what is withheld."""
    everybody = spans_of(np.concatenate([places_of(c.rows[0].parts[0].responses) for c in claims]))
    state, withheld = publish(state, SCOPE, claims, everybody)
    release = state.register.releases.get(SCOPE)
    cells = () if release is None else release.cells
    return state, {cell.key: cell.numbers["mean"] for cell in cells}, [w.reason for w in withheld]


def groups(**sizes: int) -> list[Claim]:
    """The total of all groups, then each of them."""
    start, parts = 0, []
    for name, size in sizes.items():
        parts.append(claim(range(start, start + size), group=f"unit_group={name}"))
        start += size
    return [claim(range(start)), *parts]


GROUPS = [
    ({"A": 9, "B": 8}, {"A", "B"}),  # nothing to hide
    ({"A": 9, "B": 3}, set()),  # the total minus A is B
    ({"A": 9, "B": 8, "C": 3}, {"A"}),  # one hidden: another goes with it
    ({"A": 9, "B": 2, "C": 4}, {"A"}),  # two hidden that together are six
    ({"A": 9, "B": 8, "C": 2, "D": 2}, {"A"}),  # two hidden, together still under five
    ({"A": 9, "B": 0}, {"A"}),  # nobody is no group
    ({"A": 5, "B": 5, "C": 5}, {"A", "B", "C"}),
]  # fmt: skip


@pytest.mark.parametrize(("sizes", "shown"), GROUPS)
def test_a_hidden_group_cannot_be_found_by_subtraction(sizes: dict[str, int], shown: set[str]):
    _, means, _ = after(gate(), *groups(**sizes))
    assert {key.partition("=")[2] for key in means if "=" in key} == shown
    assert "index:materi" in means


@pytest.mark.parametrize(("part", "passes"), [(26, True), (22, False), (21, True), (4, False)])
def test_a_part_beside_its_whole_must_leave_nobody_or_five(part: int, passes: bool):
    _, means, _ = after(gate(), claim(range(26)), claim(range(part), group="flag="))
    assert ("index:materi@flag=" in means) is passes


def test_a_cell_of_four_is_withheld_beside_one_of_five():
    four = claim(range(4), name="relevansi", topic="post_training/relevansi")
    _, means, reasons = after(gate(), claim(range(5)), four)
    assert (means, reasons) == ({"index:materi": 3.0}, ["small"])


def test_what_is_withheld_says_what_and_why():
    _, withheld = publish(gate(), SCOPE, [claim(range(4))], "0-3")
    assert withheld == (Withheld("index", "materi", "", "small"),)


def test_ten_answers_of_four_people_are_four_people():
    state = gate(12)
    state = Gate(state.register, np.arange(12) % 4, K)
    assert after(state, claim(range(12)))[1:] == ({}, ["small"])


def test_a_score_stands_still_after_four_new_answers_and_moves_after_five():
    first, _, _ = after(gate(), claim(range(10), 3.0))
    assert after(first, claim(range(14), 2.0))[1] == {"index:materi": 3.0}
    assert after(first, claim(range(15), 2.0))[1] == {"index:materi": 2.0}


def test_people_who_left_are_no_new_people():
    first, _, _ = after(gate(), claim(range(10), 3.0))
    assert after(first, claim(range(1, 10), 2.0))[1] == {"index:materi": 3.0}
    assert after(first, claim(range(3, 14), 2.0))[1] == {"index:materi": 3.0}


def test_a_changed_answer_alone_moves_nothing():
    first, _, _ = after(gate(), claim(range(10), 3.0))
    assert after(first, claim(range(10), 2.9))[1] == {"index:materi": 3.0}


def test_a_group_that_would_betray_the_newcomers_of_another_stands_still():
    first, _, _ = after(gate(), claim(range(20)), claim(range(10), group="unit_group=A"))
    # eight are new, six of them in A: the other two would be left over
    total, group = (
        claim(range(28), 2.0),
        claim([*range(10), *range(20, 26)], 2.0, group="unit_group=A"),
    )
    _, means, _ = after(first, total, group)
    assert means == {"index:materi": 2.0, "index:materi@unit_group=A": 3.0}


def test_what_is_not_claimed_any_more_stands_as_published():
    first, _, _ = after(gate(), claim(range(10), 3.0))
    other = claim(range(10), 1.0, name="relevansi", topic="post_training/relevansi")
    assert after(first, other)[1] == {"index:relevansi": 1.0, "index:materi": 3.0}


def test_superiors_are_never_shown_by_group():
    topic = "followup_superior/dampak"
    _, means, reasons = after(gate(), claim(range(20), topic=topic), claim(range(10), topic=topic, group="unit_group=A"))  # fmt: skip
    assert (list(means), reasons) == (["index:materi"], ["merged_only"])


def test_different_questions_are_not_set_off_against_each_other():
    other = claim(range(8), name="relevansi", topic="post_training/relevansi")
    assert len(after(gate(), claim(range(9)), other)[1]) == 2


def test_the_next_release_is_made_of_everybody_once_five_are_new():
    first, _, _ = after(gate(), claim(range(10)))
    assert snapshot(first, SCOPE, "0-13") == "0-9"
    assert snapshot(first, SCOPE, "0-14") == "0-14"
    assert snapshot(gate(), SCOPE, "0-2") == "0-2"


def test_of_an_older_register_only_the_numbers_are_known():
    old = Register(releases={SCOPE: Release(10, (Cell("index", "materi", 10, {"mean": 4.0}),))})
    state = Gate(old, np.arange(40), K)
    assert snapshot(state, SCOPE, "0-13") is None
    assert snapshot(state, SCOPE, "0-14") == "0-14"
    assert after(state, claim(range(14), 2.0))[1] == {"index:materi": 4.0}
    assert after(state, claim(range(15), 2.0))[1] == {"index:materi": 2.0}


def test_a_register_comes_back_as_it_was_written(tmp_path: Path):
    state, _, _ = after(gate(), *groups(A=9, B=8))
    write_register(tmp_path / "releases.json", state.register)
    assert read_register(tmp_path / "releases.json") == state.register


def test_a_register_of_the_first_form_is_read(tmp_path: Path):
    path = tmp_path / "releases.json"
    cells = [{"kind": "index", "name": "materi", "n": 10, "numbers": {"mean": 3.25}}]
    path.write_text(json.dumps({"releases": {SCOPE: {"n": 10, "cells": cells}}}))
    cell = Cell("index", "materi", 10, {"mean": 3.25})
    assert read_register(path) == Register(releases={SCOPE: Release(10, (cell,))})


def test_without_a_file_nothing_has_been_published(tmp_path: Path):
    assert read_register(tmp_path / "releases.json") == Register()


DAMAGED = [
    "", "[]", "{}", '{"releases": {"a": {}}}', '{"releases": {"a": 3}}', "\x00",
    '{"releases": {}, "rows": [["t", [["a01", 1.0, "x"]]]]}', '{"releases": {}, "responses": [["a"]]}',
    '{"releases": {}, "rows": [], "behind": {"a": [3]}}', '{"releases": {}, "judged": {"a": {"seal": "b"}}}',
]  # fmt: skip


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_register_is_an_error_and_not_a_fresh_start(tmp_path: Path, text: str):
    path = tmp_path / "releases.json"
    path.write_text(text)
    with pytest.raises(EvaluationError, match=r"releases\.json: this is not a register"):
        read_register(path)


SPANS = [
    ([], ""), ([3], "3"), ([2, 0, 1, 97], "0-2,97"), ([5, 5, 6], "5-6"),
    ([0, 2, 4], "=qA=="),  # bits 10101
]  # fmt: skip


@pytest.mark.parametrize(("places", "text"), SPANS)
def test_a_set_of_places_is_written_short_and_read_back(places: list[int], text: str):
    assert spans_of(places) == text
    assert places_of(text).tolist() == sorted(set(places))


@pytest.mark.parametrize("text", ["1-2-3-4", "1-2-3,4", "3-1", "1,,2", "-5", "a"])
def test_what_is_no_set_of_places_is_refused(text: str):
    with pytest.raises(ValueError):
        places_of(text)
