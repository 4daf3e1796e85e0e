"""python -m bot pretest: what the command prints, saves and refuses."""

import io
from pathlib import Path

import pytest

from bot import pretest
from bot.clock import FollowedClock
from tests.survey.forms import NOW

FORM = """\
| survey | type | name | label::Bahasa Indonesia (id) | label::English (en) |
|---|---|---|---|---|
| | select_one yt | a | Setuju? | Agree? |
| | text | b | Mengapa? | Why? |

| choices | list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
|---|---|---|---|---|
| | yt | ya | Ya | Yes |
| | yt | tidak | Tidak | No |

| settings | form_title | form_id | version | default_language |
|---|---|---|---|---|
| | Pendek | pendek | 1 | Bahasa Indonesia (id) |
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "pendek.md").write_text(FORM, encoding="utf-8")
    return tmp_path / "pendek.md"


def run(monkeypatch, typed: str, *arguments: object) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return pretest.main([str(argument) for argument in arguments], FollowedClock(NOW))


def test_a_form_is_walked_to_its_end(monkeypatch, capsys, path):
    assert run(monkeypatch, "2\nkarena\n", path) == 0
    printed = capsys.readouterr().out
    assert "Mengapa?" in printed
    assert "a = tidak" in printed


def test_the_walk_is_saved_and_replays_to_the_same_text(monkeypatch, capsys, path, tmp_path):
    saved = tmp_path / "chat.txt"
    run(monkeypatch, "tap Yes\nskip\n", path, "--language", "en", "--save", saved)
    capsys.readouterr()
    assert run(monkeypatch, "", path, "--replay", saved) == 0
    assert capsys.readouterr().out == saved.read_text(encoding="utf-8")


def test_a_replay_that_no_longer_fits_says_where(monkeypatch, capsys, path, tmp_path):
    saved = tmp_path / "chat.txt"
    saved.write_text(f"FORM pendek\nAT {NOW.isoformat()}\nYOU  tap Mungkin\n", encoding="utf-8")
    assert run(monkeypatch, "", path, "--replay", saved) == 1
    assert "Mungkin" in capsys.readouterr().err


def test_a_missing_form_is_a_sentence_and_not_a_traceback(monkeypatch, capsys, tmp_path):
    assert run(monkeypatch, "", tmp_path / "none.md") == 1
    assert "none.md" in capsys.readouterr().err


def test_the_words_of_enrolment_are_given_on_the_command_line(monkeypatch, capsys, tmp_path):
    form = FORM.replace("Setuju?", "Setuju dengan ${n}?").replace(
        "| | select_one yt", "| | hidden | n | | |\n| | select_one yt"
    )
    (tmp_path / "p.md").write_text(form, encoding="utf-8")
    run(monkeypatch, "quit\n", tmp_path / "p.md", "--with", "n=Excel Dasar")
    assert "Setuju dengan Excel Dasar?" in capsys.readouterr().out
