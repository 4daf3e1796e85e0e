"""Golden transcripts: each file is a whole chat, and must come out again as it stands.

The response is taken through a store between the lines. After a wanted change, look at what
`python -m bot pretest FORM --replay FILE` prints, and put it in the place of the file.
"""

from functools import cache
from pathlib import Path

import pytest

from bot.survey.questionnaire import Questionnaire
from bot.survey.transcript import played, read
from bot.survey.xlsform import compile_form
from tests.survey.forms import EVERYTHING
from tests.survey.roundtrip import stored

HERE = Path(__file__).parent
BUILT_IN = HERE.parents[1] / "config" / "questionnaires"
TRANSCRIPTS = sorted((HERE / "transcripts").glob("*.txt"))


@cache
def form_named(name: str) -> Questionnaire:
    return EVERYTHING if name == EVERYTHING.name else compile_form(BUILT_IN / f"{name}.md")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_chat_goes_as_written(path):
    text = path.read_text(encoding="utf-8")
    header, did = read(text)
    assert played(form_named(header.form), header, did, stored) == text


def test_there_are_at_least_twelve_transcripts():
    assert len(TRANSCRIPTS) >= 12
