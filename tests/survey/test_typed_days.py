"""Days as Indonesians and others type them; today is a Wednesday."""

from datetime import date

import pytest

from bot.survey.typed_days import day, day_text, days

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25/11/2026", "2026-11-25"),
        ("5-1-2027", "2027-01-05"),
        ("25.11.2026", "2026-11-25"),
        ("25 11 2026", "2026-11-25"),
        ("2026-11-25", "2026-11-25"),
        ("25-11-26", "2026-11-25"),
        ("25/11/26", "2026-11-25"),
        ("26/09/86", "1986-09-26"),
        ("1/1/36", "2036-01-01"),
        ("1/1/37", "1937-01-01"),
        ("25 November 2026", "2026-11-25"),
        ("25 Nov 2026", "2026-11-25"),
        ("25 nov 26", "2026-11-25"),
        ("25 Nopember 2026", "2026-11-25"),
        ("3 agustus 2026", "2026-08-03"),
        ("3 Agt 2026", "2026-08-03"),
        ("3 Sept 2026", "2026-09-03"),
        ("3 Peb 2027", "2027-02-03"),
        ("1 May 2026", "2026-05-01"),
        ("1 Mei 2026", "2026-05-01"),
        ("November 25, 2026", "2026-11-25"),
        ("25th of November 2026", "2026-11-25"),
        ("17 Desember, 2026", "2026-12-17"),
        ("Rabu, 25 November 2026", "2026-11-25"),
        ("hari Rabu tanggal 25 November 2026", "2026-11-25"),
        ("tgl 25 November 2026.", "2026-11-25"),
        ("Hari ini", "2026-11-25"),
        ("besok", "2026-11-26"),
        ("Besok.", "2026-11-26"),
        ("lusa", "2026-11-27"),
        ("KEMARIN", "2026-11-24"),
        ("kemarin dulu", "2026-11-23"),
        ("tomorrow", "2026-11-26"),
        ("minggu depan", "2026-12-02"),
        ("Senin depan", "2026-11-30"),
        ("Jumat depan", "2026-12-04"),
        ("hari Minggu depan", "2026-12-06"),
        ("Senin lalu", "2026-11-16"),
        ("senin minggu lalu", "2026-11-16"),
        ("Senin kemarin", "2026-11-23"),
        ("next Monday", "2026-11-30"),
        ("last friday", "2026-11-20"),
        ("3 hari lagi", "2026-11-28"),
        ("dua minggu lagi", "2026-12-09"),
        ("seminggu lagi", "2026-12-02"),
        ("3 hari yang lalu", "2026-11-22"),
        ("2 hari lalu", "2026-11-23"),
        ("in 5 days", "2026-11-30"),
        ("2 weeks ago", "2026-11-11"),
    ],
)
def test_a_day_is_read_in_the_usual_ways(text, expected):
    assert day(text, TODAY) == date.fromisoformat(expected)
    assert days(text, TODAY) == (date.fromisoformat(expected),)


@pytest.mark.parametrize(
    "text",
    [
        "", "31/2/2026", "25 Foo 2026", "25 ma 2026", "32/1/2026", "1/13/2026", "3 hari", "nanti",
        "999 minggu", "0 hari lagi", "setuju", "25", "٣/١/٢٠٢٦", "99999999", "-1",
    ],
)  # fmt: skip
def test_what_is_no_day_is_none(text):
    assert days(text, TODAY) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 Desember", ["2026-12-25", "2025-12-25"]),
        ("1 Januari", ["2027-01-01", "2026-01-01"]),
        ("20/11", ["2026-11-20", "2027-11-20"]),
        ("29 Feb", []),
        ("Senin", ["2026-11-30", "2026-11-23"]),
        ("hari Rabu", ["2026-11-25", "2026-11-18"]),
        ("Minggu", ["2026-11-29", "2026-11-22"]),
        ("friday", ["2026-11-27", "2026-11-20"]),
    ],
)
def test_where_the_year_or_the_week_is_open_the_nearest_comes_first(text, expected):
    assert [one.isoformat() for one in days(text, TODAY)] == expected


def test_the_end_of_the_calendar_raises_nothing():
    assert day("besok", date.max) is None


@pytest.mark.parametrize(
    ("language", "text"), [("id", "3 Februari 2027"), ("en", "3 February 2027")]
)
def test_a_day_is_spoken_in_full(language, text):
    assert day_text(date(2027, 2, 3), language) == text
