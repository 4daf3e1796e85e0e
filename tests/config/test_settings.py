"""A missing or wrong setting is one sentence with its remedy, and .env.example explains every one of them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import (
    Settings,
    SettingsProblem,
    StoreSettings,
    load_settings,
    load_store_settings,
    load_study,
)

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
GOOD = {"TELEGRAM_TOKEN": "123:abc", "BOT_SECRET": "s" * 32}


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No .env of this machine, no setting of this shell."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in {**GOOD, **settings}.items():
        monkeypatch.setenv(name, value)


def test_every_setting_is_explained_in_the_example_and_no_other():
    named = re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert named == sorted(set(named), key=named.index)
    assert set(named) == {name.upper() for name in Settings.model_fields}


def test_every_setting_of_the_example_follows_a_sentence():
    blocks = EXAMPLE.strip().split("\n\n")[1:]
    assert all(block.startswith("# ") for block in blocks)


def test_the_example_shows_the_defaults(monkeypatch: pytest.MonkeyPatch):
    given(monkeypatch)
    shown = dict(re.findall(r"^([A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE))
    settings = load_settings()
    defaults = {name.upper(): str(getattr(settings, name)) for name in Settings.model_fields}
    for name, value in shown.items():
        assert defaults[name].endswith(value)


def test_the_settings_of_the_store_are_among_them():
    assert set(StoreSettings.model_fields) <= set(Settings.model_fields)


def test_a_missing_token_says_how_to_get_one():
    with pytest.raises(SettingsProblem, match=r"TELEGRAM_TOKEN is not set.*@BotFather"):
        load_settings()


WRONG = [
    ({"TELEGRAM_TOKEN": "secretword"}, "TELEGRAM_TOKEN is wrong.*@BotFather"),
    ({"TELEGRAM_TOKEN": ""}, "TELEGRAM_TOKEN is not set"),
    ({"BOT_SECRET": "secretword"}, "BOT_SECRET is wrong: it is shorter than 32"),
    ({"ADMIN_IDS": "12,secretword"}, "ADMIN_IDS is wrong.*separated by commas"),
    ({"STUDY_FILE": "/no/secretword.toml"}, "STUDY_FILE is wrong: it does not exist"),
    ({"TELEGRAM_API_URL": "secretword"}, "TELEGRAM_API_URL is wrong"),
    ({"VOICE_KEY": "too-short"}, "VOICE_KEY is wrong.*generate_key"),
    ({"TRANSCRIBER": "to-text 'id"}, "TRANSCRIBER is wrong.*closed quotes"),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is wrong.*DEBUG"),
]


@pytest.mark.parametrize(("settings", "sentence"), WRONG)
def test_a_wrong_setting_is_named_with_its_remedy_and_without_its_value(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], sentence: str
):
    given(monkeypatch, **settings)
    with pytest.raises(SettingsProblem, match=sentence) as problem:
        load_settings()
    assert "secretword" not in str(problem.value)


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(SettingsProblem) as problem:
        load_settings()
    assert [line.split()[0] for line in str(problem.value).splitlines()] == [
        "TELEGRAM_TOKEN", "BOT_SECRET",
    ]  # fmt: skip


def test_ids_are_read_from_commas_and_spaces(monkeypatch: pytest.MonkeyPatch):
    given(monkeypatch, ADMIN_IDS=" 12, 345 ,", COORDINATOR_IDS="7")
    settings = load_settings()
    assert (settings.admin_ids, settings.coordinator_ids) == ({12, 345}, {7})


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch):
    given(monkeypatch)
    assert "123:abc" not in repr(load_settings())


def test_a_command_for_the_database_needs_no_token(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.db")
    assert load_store_settings().database_url == "sqlite:///other.db"


def test_a_file_dotenv_is_read(tmp_path: Path):
    (tmp_path / ".env").write_text("TELEGRAM_TOKEN=9:xyz\nBOT_SECRET=" + "t" * 40)
    assert load_settings().telegram_token.get_secret_value() == "9:xyz"


@pytest.mark.parametrize("content", [b"[office", b"\xff\xfe"])
def test_a_study_file_that_is_not_toml_is_a_sentence(tmp_path: Path, content: bytes):
    path = tmp_path / "study.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsProblem, match=r"study.toml is not valid TOML"):
        load_study(path)


def test_run_without_settings_ends_with_the_sentence_and_no_traceback(tmp_path: Path):
    finished = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert finished.returncode == 2
    assert finished.stderr.startswith("TELEGRAM_TOKEN is not set.")
    assert "Traceback" not in finished.stderr
