"""Options that are typed instead of tapped."""

import pytest

from bot.survey.typed_choices import choice, choices

AGREEMENT = ("Tidak setuju", "Kurang setuju", "Setuju", "Sangat setuju")


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("2", 1),
        ("setuju", 2),
        ("SETUJU.", 2),
        ("  sangat   setuju ", 3),
        ("sangat", 3),
        ("tidak", 0),
        ("s", None),
        ("5", None),
        ("0", None),
        ("", None),
        ("👍", None),
        ("setuju sekali", None),
        ("3", 2),
        ("3.", 2),
        ("(3)", 2),
        ("no 3", 2),
        ("No. 3", 2),
        ("nomor 3", 2),
        ("#3", 2),
        ("pilihan 3", 2),
        ("3\ufe0f\u20e3", 2),
        ("\uff13", 2),
        ("3. setuju", 2),
        ("4 sangat setuju", 3),
        ("3. sangat setuju", None),
        ("no", None),
        ("nomor 9", None),
        ("sangat setuju", 3),
        ("Sangat  Setuju.", 3),
        ("SANGAT SETUJU!!", 3),
        ("sangat-setuju", 3),
        ("\u201cSetuju\u201d", 2),
        ("setuju 👍", 2),
        ("👍🏽 Setuju", 2),
        ("❤️", None),
        ("sangat\nsetuju", 3),
    ],
)
def test_a_choice_is_named_by_number_label_or_unique_beginning(text, index):
    assert choice(text, AGREEMENT) == index


@pytest.mark.parametrize(
    ("text", "labels", "index"),
    [
        ("0", ("0 - belum", "1 - sudah"), 0),
        ("1", ("0 - belum", "1 - sudah"), 1),
        ("2", ("0 - belum", "1 - sudah"), None),
        ("2", ("1", "2", "3"), 1),
        ("10", ("5", "10", "15"), 1),
        ("1", ("Belum", "1-2 kali", "3-5 kali"), None),
        ("2", ("Belum pernah", "1-2 kali", "Sering"), 1),
    ],
)
def test_a_number_that_a_label_carries_is_never_taken_for_another_place(text, labels, index):
    assert choice(text, labels) == index


def test_a_whole_label_wins_over_a_longer_one_that_begins_alike():
    assert choice("ya", ("Ya, pasti", "Ya")) == 1


@pytest.mark.parametrize(
    ("text", "indexes"),
    [
        ("1,3", (0, 2)),
        ("3 1", (2, 0)),
        ("1, 1", (0,)),
        ("1 dan 2", (0, 1)),
        ("setuju; tidak", (2, 0)),
        ("setuju", (2,)),
        ("1,9", None),
        ("1, entah", None),
        (",", None),
        ("", None),
    ],
)
def test_several_choices_are_separated_as_people_do(text, indexes):
    assert choices(text, AGREEMENT) == indexes


def test_a_label_with_a_comma_is_one_choice():
    assert choices("Ya, pasti", ("Ya, pasti", "Tidak")) == (0,)


@pytest.mark.parametrize(
    ("text", "labels", "index"),
    [
        ("puas", ("😀 Puas", "😡 Tidak puas"), 0),
        ("😡", ("😀 Puas", "😡 Tidak puas"), None),
        ("😡", ("😀", "😡"), 1),
        ("kadang2", ("Tidak pernah", "Kadang-kadang", "Sering"), 1),
        ("kadang kadang", ("Tidak pernah", "Kadang-kadang", "Sering"), 1),
        ("kadang – kadang", ("Tidak pernah", "Kadang-kadang", "Sering"), 1),
        ("3 hari", ("1 hari", "2 hari", "3 hari atau lebih"), 2),
        ("1-2", ("Belum", "1-2 kali", "3-5 kali"), 1),
        ("Ya 👍", ("👍 Ya", "👎 Ya"), None),
    ],
)
def test_labels_are_met_as_people_write_them_or_asked_again(text, labels, index):
    assert choice(text, labels) == index


@pytest.mark.parametrize(
    ("text", "indexes"),
    [("1️⃣ 3️⃣", (0, 2)), ("no 1 dan no 3", (0, 2)), ("setuju 👍, tidak", (2, 0)), ("1 & 2.", (0, 1))],
)
def test_several_may_be_typed_with_signs(text, indexes):
    assert choices(text, AGREEMENT) == indexes
