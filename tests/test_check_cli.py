"""`python -m bot check` as a form's author calls it: exit codes, and a thousand random people through each built-in form."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.check_cli import main
from bot.clock import SystemClock
from bot.store import questionnaires
from bot.store.database import Database
from bot.survey.xlsform import compile_form
from tests.survey.forms import NOW

ROOT = Path(__file__).parents[1]
FORMS = sorted((ROOT / "config" / "questionnaires").glob("*.md"))
GOOD = """
| survey | type | name | label | relevant |
| | select_one yn | a | A? | |
| | text | b | B? | ${a} = 'ya' |

| choices | list_name | name | label |
| | yn | ya | Ya |
| | yn | tidak | Tidak |

| settings | form_title | form_id | version |
| | Coba | coba | 1 |
"""


@pytest.fixture
def form(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)

    def written(text: str) -> str:
        path = tmp_path / "coba.md"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_thousand_random_people_come_through_each_built_in_form(path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main([str(path), "--simulate", "1000", "--lang", "en"], SystemClock()) == 0
    table = capsys.readouterr().out
    assert "stuck 0" in table
    assert "NEVER" not in table


def test_the_command_says_what_is_wrong_and_exits_with_2(form):
    path = form(GOOD.replace("${a} = 'ya'", "foo(${a})"))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check", path, "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "There is no function foo()" in done.stdout
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_a_warning_fails_only_when_asked_to(form):
    path = form(GOOD.replace("| Ya |", "| Ya, saya sangat setuju dengan pernyataan ini |"))
    assert main([path], SystemClock()) == 0
    assert main([path, "--strict"], SystemClock()) == 2


def test_the_same_seed_gives_the_same_people(form, capsys):
    path = form(GOOD)
    tables = []
    for seed in ("1", "1", "2"):
        main([path, "--simulate", "50", "--seed", seed], SystemClock())
        tables.append(capsys.readouterr().out.partition("\n")[2])
    assert tables[0] == tables[1] != tables[2]


def test_a_database_that_is_not_there_is_said(form, capsys):
    assert main([form(GOOD), "--database", "sqlite:///nirgends.db"], SystemClock()) == 2
    assert "there is no such database" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("| select_one yn | a |", "| select_multiple yn | a |"), (2, "from select_one to")),
        (("| A? |", "| Apakah A? |"), (0, "")),
        (("| coba | 1 |", "| lain | 1 |"), (0, "")),
    ],
)
async def test_a_form_is_compared_with_the_version_last_kept(
    change, expected, form, sqlite_url, capsys
):
    await _keep(sqlite_url, form(GOOD))
    arguments = [form(GOOD.replace(*change)), "--database", sqlite_url, "--lang", "en"]
    code = await asyncio.to_thread(main, arguments, SystemClock())
    said = capsys.readouterr().out
    assert code == expected[0]
    assert expected[1] in said
    assert bool(said) is bool(code)


def test_no_random_people_is_no_number_of_people(form, capsys):
    with pytest.raises(SystemExit) as left:
        main([form(GOOD), "--simulate", "0"], SystemClock())
    assert left.value.code == 2
    assert "a number of people, 1 or more, is needed" in capsys.readouterr().err


async def _keep(url: str, *paths: str) -> None:
    async with await Database.open(url) as database:
        for path in paths:
            await database.run(questionnaires.keep, compile_form(Path(path)), NOW)
