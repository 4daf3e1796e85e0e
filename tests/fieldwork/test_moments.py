from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.fieldwork.moments import read_moment

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2027, 2, 3, 10, 0, tzinfo=WIB)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("besok 14.00", "2027-02-04", "14:00"),
        ("Besok, pukul 9", "2027-02-04", "09:00"),
        ("besok", "2027-02-04", "09:00"),
        ("lusa jam 8.30", "2027-02-05", "08:30"),
        ("Jumat 09.30", "2027-02-05", "09:30"),
        ("hari jum'at", "2027-02-05", "09:00"),
        ("rabu", "2027-02-10", "09:00"),
        ("15.30 WIB", "2027-02-03", "15:30"),
        ("09:00", "2027-02-04", "09:00"),
        ("5 Februari 08.30", "2027-02-05", "08:30"),
        ("5/2 13.00", "2027-02-05", "13:00"),
        ("5/2/2027 13.00", "2027-02-05", "13:00"),
        ("1 Januari", "2028-01-01", "09:00"),
        ("tomorrow 14.00", "2027-02-04", "14:00"),
        ("Friday at 10", "2027-02-05", "10:00"),
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str, day: str, clock: str):
    assert read_moment(text, NOW) == datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=WIB)


@pytest.mark.parametrize(
    "text",
    ["", "nanti", "kemarin 10.00", "hari ini 09.00", "besok 25.00", "32/1 10.00", "99", "-1"],
)
def test_what_is_no_moment_to_come_is_none(text: str):
    assert read_moment(text, NOW) is None
