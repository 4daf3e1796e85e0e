"""Hours as people type them, with every reading that they may have."""

from datetime import time

import pytest

from bot.survey.typed_clock import clock_text, clocks


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("14.30", "14:30"),
        ("14:30", "14:30"),
        ("14", "14:00"),
        ("08.00", "08:00"),
        ("08.00 WIB", "08:00"),
        ("00.15", "00:15"),
        ("12.00", "12:00"),
        ("pukul 2 siang", "14:00"),
        ("pkl. 2 siang", "14:00"),
        ("jam 12 siang", "12:00"),
        ("jam 11 siang", "11:00"),
        ("4 sore", "16:00"),
        ("jam 7 malam", "19:00"),
        ("jam 12 malam", "00:00"),
        ("jam 1 dini hari", "01:00"),
        ("7 pagi", "07:00"),
        ("7.15 pagi", "07:15"),
        ("14.30 siang", "14:30"),
        ("setengah 3 sore", "14:30"),
        ("jam setengah delapan", ""),
        ("2 lewat 10 siang", "14:10"),
        ("2 kurang 15 siang", "13:45"),
        ("2 pm", "14:00"),
        ("2:30 p.m.", "14:30"),
        ("12 am", "00:00"),
        ("noon", "12:00"),
        ("tengah malam", "00:00"),
        ("jam 2", "02:00 14:00"),
        ("9.30", "09:30 21:30"),
        ("setengah 3", "02:30 14:30"),
        ("25.00", ""),
        ("14.75", ""),
        ("jam 9 siang", ""),
        ("besok", ""),
        ("", ""),
        ("٣", ""),
    ],
)
def test_an_hour_is_read_with_every_meaning_it_may_have(text, readings):
    assert " ".join(f"{one:%H:%M}" for one in clocks(text)) == readings


def test_an_hour_is_spoken_with_a_point_in_indonesian():
    assert (clock_text(time(8, 5), "id"), clock_text(time(8, 5), "en")) == ("08.05", "08:05")
