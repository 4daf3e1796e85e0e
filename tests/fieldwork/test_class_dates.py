from datetime import date

import pytest

from bot.fieldwork.class_dates import class_days
from bot.fieldwork.class_opening import parted

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("hari ini", None, "2026-11-25"),
        ("besok", None, "2026-11-26"),
        ("27/11", None, "2026-11-27"),
        ("27 November", None, "2026-11-27"),
        ("25-11-2026", None, "2026-11-25"),
        ("jumat", None, "2026-11-27"),
        ("25-27 November", "2026-11-25", "2026-11-27"),
        ("25 s.d. 27 Nov 2026", "2026-11-25", "2026-11-27"),
        ("25 sampai dengan 27 november", "2026-11-25", "2026-11-27"),
        ("30 November - 2 Desember 2026", "2026-11-30", "2026-12-02"),
        ("25/11/2026 - 27/11/2026", "2026-11-25", "2026-11-27"),
        ("senin - jumat", "2026-11-23", "2026-11-27"),
        ("Rabu, 25 November 2026 s/d Jumat, 27 November 2026", "2026-11-25", "2026-11-27"),
    ],
)
def test_class_days_are_read_as_people_write_them(text: str, first: str | None, last: str):
    read = class_days(text, TODAY)
    assert read is not None
    assert [one and one.isoformat() for one in read] == [first, last]


@pytest.mark.parametrize("text", ["", "xx", "31-27 November", "29/30", "- 27 November", "0 - 0"])
def test_what_names_no_days_is_not_guessed(text: str):
    read = class_days(text, TODAY)
    assert read is None or read[0] is None


@pytest.mark.parametrize(
    ("written", "title", "cohort"),
    [
        ("Manajemen Keuangan Daerah Angkatan II", "Manajemen Keuangan Daerah", "Angk. II"),
        ("Kearsipan angk. iv", "Kearsipan", "Angk. IV"),
        ("Latsar CPNS (Angkatan XII)", "Latsar CPNS", "Angk. XII"),
        ("PKA Gelombang 3", "PKA", "Gelombang 3"),
        ("Pelayanan Publik", "Pelayanan Publik", ""),
        ("Angkatan II", "Angkatan II", ""),
    ],
)
def test_the_cohort_is_told_from_the_title(written: str, title: str, cohort: str):
    assert parted(written) == (title, cohort)
