"""What people type as numbers."""

from decimal import Decimal

import pytest

from bot.survey.typed import cleaned, number, number_text, numbers


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("12", "id", "12"),
        ("-3", "id", "-3"),
        ("+7", "id", "7"),
        ("1.250,5", "id", "1250.5"),
        ("1250.5", "id", "1250.5"),
        ("1,250.5", "id", "1250.5"),
        ("1.250", "id", "1250"),
        ("1.250", "en", "1.25"),
        ("1,250", "en", "1250"),
        ("1,250", "id", "1.25"),
        ("1.250.000", "id", "1250000"),
        ("1.250.000,75", "id", "1250000.75"),
        ("0,5", "id", "0.5"),
        ("0.5", "id", "0.5"),
        ("Rp 2.500.000", "id", "2500000"),
        ("Rp. 100", "id", "100"),
        ("85%", "id", "85"),
        (" 1 000 ", "id", "1000"),
        ("007", "id", "7"),
        ("-0", "id", "0"),
        ("3,", "id", "3"),
    ],
)
def test_numbers_are_read_as_written_in_indonesia_and_elsewhere(text, language, value):
    read = number(text, language)
    assert read is not None
    assert number_text(read) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lima",
        "5 orang",
        "1.2.3",
        "12,34,5",
        "1..2",
        "--1",
        "٣",
        "1e9",
        "nan",
        "inf",
        "9" * 30,
        ".5",
    ],
)
def test_what_is_not_a_number_is_none(text):
    assert number(text, "id") is None


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("1.250", "id", "1250 1.25"),
        ("1.250", "en", "1.25 1250"),
        ("1,250", "id", "1.25 1250"),
        ("1.250.000", "id", "1250000"),
        ("1.250,5", "en", "1250.5"),
        ("1250.5", "id", "1250.5"),
        ("0.500", "id", "0.5"),
        ("12", "id", "12"),
    ],
)
def test_a_lone_separator_before_three_digits_has_two_readings(text, language, readings):
    assert " ".join(number_text(one) for one in numbers(text, language)) == readings


def test_a_stored_number_has_no_exponent():
    assert number_text(Decimal("1E+3")) == "1000"


def test_control_characters_are_taken_out_and_line_breaks_stay():
    assert cleaned(" a\x00b\x07\r\nc\ud800 ") == "ab\nc"
