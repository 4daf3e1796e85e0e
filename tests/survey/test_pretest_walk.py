"""The terminal walk: what is typed there, what it shows, and that it saves the very chat it had."""

import pytest

from bot.survey.pretest_walk import as_command, walk_through
from bot.survey.transcript import Header, played, read
from tests.survey.forms import EVERYTHING, NOW, form, item

SHORT = form(item("a", required=True), item("b", "text"), name="pendek")
HEADER = Header("pendek", NOW, hidden={"nama": "Excel = Dasar"})


def walked(questionnaire, *lines):
    """Answers the walk with these lines; gives back the commands and what was shown."""
    waiting = iter(lines)
    shown: list[str] = []
    did = walk_through(questionnaire, HEADER, lambda: next(waiting, None), shown.append)
    return did, shown


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("2", "type 2"),
        ("Setuju", "type Setuju"),
        ("back", "back"),
        ("tap Setuju", "tap Setuju"),
        ("skip it all", "type skip it all"),
        ("tap", "type tap"),
        ("wait 2h", "wait 2h"),
    ],
)
def test_a_line_is_a_command_or_simply_an_answer(line, command):
    assert as_command(line) == command


def test_the_walk_goes_to_the_end():
    did, shown = walked(SHORT, "ya", "skip", "never read")
    assert did == ("type ya", "skip")
    assert "BOT  THANKS" in shown


def test_the_walk_stops_when_asked_to():
    did, shown = walked(SHORT, "ya", "quit", "skip")
    assert did == ("type ya",)
    assert "DATA asking partial" in shown


def test_a_tap_on_nothing_is_asked_again_and_not_saved():
    did, shown = walked(SHORT, "tap Entah", "tap Ya", "skip")
    assert did == ("tap Ya", "skip")
    assert "?    Entah" in shown


def test_a_saved_walk_reads_back_as_the_same_walk():
    did, _ = walked(SHORT, "tap Ya", "kata = kata", "quit")
    text = played(SHORT, HEADER, did)
    assert read(text) == (HEADER, did)
    assert played(SHORT, *read(text)) == text


def test_what_is_shown_is_what_is_saved():
    lines = ("tap Tetap", "tap Kadang", "back", "keep", "quit")
    did, shown = walked(EVERYTHING, *lines)
    saved = played(EVERYTHING, HEADER, did).splitlines()
    assert [line for line in saved if line.startswith("BOT")] == [
        line for line in shown if line.startswith("BOT")
    ]
