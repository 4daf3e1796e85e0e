"""Which published sums betray fewer than five people: by table, and against a brute force of another kind."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.recovery import betrays

K = 5


def asked(people: int, *sums: range | list[int]) -> bool:
    """One answer a person; each sum names the people in it."""
    rows = np.zeros((len(sums), people))
    for row, chosen in zip(rows, sums, strict=True):
        row[list(chosen)] = 1
    return betrays(rows, np.arange(people), K)


CASES = [
    ("a group of five", 5, [range(5)], False),
    ("a group of four", 5, [range(4)], True),
    ("nobody", 3, [range(0)], False),
    ("a total and a part that leaves five", 10, [range(10), range(5)], False),
    ("a total and a part that leaves four", 10, [range(10), range(6)], True),
    ("the same sum twice", 9, [range(9), range(9)], False),
    ("three groups of five and their total", 15, [range(15), range(5), range(5, 10), range(10, 15)], False),
    ("a total and all groups but one of three", 18, [range(18), range(5), range(5, 10), range(10, 15)], True),
    ("four weeks, five more each", 20, [range(5), range(10), range(15), range(20)], False),
    ("a week with one more", 11, [range(5), range(10), range(11)], True),
    ("two groups that differ in one person each", 12, [range(6), [0, 1, 2, 3, 4, 6]], True),
    ("two groups that share most of ten", 15, [range(10), range(5, 15)], False),
    # total over three weeks and one group at the first and the last: the middle week is not betrayed
    ("a group that stood still for a week", 24, [range(8), range(16), range(24), [0, 1, 2, 3, 8, 9, 10, 16, 17, 18]], False),
    ("nine of ten in two halves that overlap in one", 10, [range(10), range(5), range(4, 9)], True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "people", "sums", "betrayed"), CASES, ids=[case[0] for case in CASES]
)
def test_sums_betray_what_they_should(name: str, people: int, sums: list, betrayed: bool):
    assert asked(people, *sums) is betrayed


def test_several_answers_of_four_people_are_four_people():
    assert betrays(np.ones((1, 12)), np.arange(12) % 4, K)
    assert not betrays(np.ones((1, 10)), np.arange(10) % 5, K)


def test_weights_that_differ_for_two_people_betray_them():
    means = np.ones(10)
    means[:2] = 0.5
    assert betrays(np.array([np.ones(10), means]), np.arange(10), K)
    assert not betrays(np.array([np.ones(10), np.full(10, 0.5)]), np.arange(10), K)


def fractions(rows: np.ndarray) -> list[list[Fraction]]:
    return [[Fraction(int(value)) for value in row] for row in rows]


def rank(rows: list[list[Fraction]]) -> int:
    """Exact elimination: nothing in common with the code under test."""
    rows, found = [row[:] for row in rows], 0
    for column in range(len(rows[0]) if rows and rows[0] else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] / rows[found][column]
            rows[at] = [a - factor * b for a, b in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


def brute_force(rows: np.ndarray, k: int) -> bool:
    """Leave out every group of fewer than k people and see whether a combination is lost."""
    whole, people = rank(fractions(rows)), rows.shape[1]
    return any(
        rank(fractions(np.delete(rows, group, axis=1))) < whole
        for size in range(1, k)
        for group in combinations(range(people), size)
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.lists(st.booleans(), min_size=9, max_size=9), min_size=1, max_size=4),
    st.integers(2, 4),
)
def test_it_agrees_with_brute_force(chosen: list[list[bool]], k: int):
    rows = np.array(chosen, dtype=float)
    assert betrays(rows, np.arange(9), k) is brute_force(rows, k)


def test_large_groups_take_no_time():
    rows = np.zeros((3, 60_000))
    rows[0], rows[1, :30_000], rows[2, 30_000:] = 1, 1, 1
    assert not betrays(rows, np.arange(60_000), K)
