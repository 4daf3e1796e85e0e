"""What the machine of test_machine.py found, each as a chat somebody may have."""

from datetime import timedelta

from bot.survey.record import Tap
from bot.survey.response import answer
from tests.survey.forms import EVERYTHING, started, tapped


def test_a_double_tap_on_done_does_not_skip_the_text_of_other():
    turn = started(EVERYTHING)
    for value in ("tetap", "tidak"):
        turn = tapped(EVERYTHING, turn, "choose", value)
    ticked = tapped(EVERYTHING, turn, "on", "lainnya")
    asked = tapped(EVERYTHING, ticked, "done")
    tap = Tap("done", "hambatan", ticked.response.revision)
    again = answer(EVERYTHING, asked.response, tap, asked.response.shown_at + timedelta(seconds=1))
    assert again.response == asked.response
    assert again.prompt.awaiting == "other"
    assert again.prompt.notice is None
