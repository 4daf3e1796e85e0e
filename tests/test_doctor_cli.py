"""Each line of the doctor, sick and well; and the whole on a real database and a Bot API server."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot import doctor_cli
from bot.chat.probing import Probe, Webhook
from bot.doctor_cli import (
    Line,
    clock_line,
    contacts_line,
    database_line,
    set_aside_line,
    token_line,
    webhook_line,
)
from bot.errors import SchemaOutdated
from bot.fieldwork import once
from bot.fieldwork.condition import Condition, condition
from bot.simulator.clock import clock_at
from bot.simulator.server import build_app, serving
from bot.store import round_changes
from bot.store.database import Database
from bot.store.migrate import is_current
from tests.fieldwork.office import CONFIG, import_class, open_round, roster, wib

NOW = wib("2026-11-02 09:00")
URL = "https://survei.example.go.id/telegram"


def seen(webhook: Webhook | None = None, seconds: float = 0) -> Probe:
    return Probe("bungo_bot", webhook=webhook, server_time=NOW + timedelta(seconds=seconds))


def found(
    planned: int = 3, overdue: int = 0, aside: int = 0, seconds: float | None = 10
) -> Condition:
    last = None if seconds is None else NOW - timedelta(seconds=seconds)
    return Condition(planned, overdue, aside, last)


LINES = [
    (token_line(seen()), "@bungo_bot", ""),
    (token_line(Probe(refused=True)), "does not know", "@BotFather"),
    (token_line(Probe()), "not reached", "network"),
    (webhook_line(seen(Webhook("", 0, "")), ""), "none: the bot polls", ""),
    (webhook_line(seen(Webhook(URL, 2, "")), URL), "set, 2 wait", ""),
    (webhook_line(seen(Webhook(URL, 0, "")), ""), "not WEBHOOK_URL", "another bot"),
    (webhook_line(seen(Webhook(URL, 5, "Connection refused")), URL), "Connection refused", "PORT"),
    (webhook_line(seen(Webhook("", 100, "")), ""), "100 updates wait", "Start it"),
    (webhook_line(Probe(), ""), "not known", "above"),
    (clock_line(seen(seconds=4), NOW), "agrees", ""),
    (clock_line(seen(seconds=-60), NOW), "60 s apart", "timedatectl"),
    (clock_line(Probe(), NOW), "not compared", ""),
    (database_line(found(), NOW), "is ticking", ""),
    (database_line(found(seconds=None), NOW), "no bot has run", ""),
    (database_line(found(seconds=3600), NOW), "60 min ago", "start it"),
    (contacts_line(found()), "3 planned, none late", ""),
    (contacts_line(found(overdue=2)), "2 of 3", "log"),
    (set_aside_line(found()), "none", ""),
    (set_aside_line(found(aside=4)), "4 were", "log"),
]


@pytest.mark.parametrize(("line", "says", "remedy"), LINES)
def test_a_line_says_what_is_and_what_to_do(line: Line, says: str, remedy: str):
    assert says in line.found
    assert bool(line.remedy) == bool(remedy)
    assert remedy in line.remedy


def test_little_room_on_the_disk_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "x.db").touch()
    url = f"sqlite:///{tmp_path / 'x.db'}"
    assert doctor_cli.disk_line(url).remedy == ""
    monkeypatch.setattr(doctor_cli, "FREE_BYTES", 10**18)
    assert str(tmp_path) in doctor_cli.disk_line(url).remedy


def test_a_database_that_can_only_be_read_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "x.db").touch()
    # The tests may run as root, who may write whatever its mode says.
    monkeypatch.setattr(os, "access", lambda path, _: path == tmp_path)
    line = doctor_cli.disk_line(f"sqlite:///{tmp_path / 'x.db'}")
    assert "x.db can only be read" in line.found
    assert "read-only" in line.remedy


async def test_late_contacts_and_updates_set_aside_are_counted(database: Database):
    training_id = await database.run(import_class, roster(size=3))
    opened = wib("2026-10-16 08:00")
    await database.run(open_round, training_id, "post_training", now=opened)
    await database.run(once.set_aside, 7, "KeyError", opened)
    early = await database.run(condition, opened)
    late = await database.run(condition, opened + timedelta(hours=2))
    assert (early.planned, early.overdue, early.set_aside) == (3, 0, 1)
    assert (late.overdue, late.set_aside) == (3, 1)
    assert (await database.run(condition, opened + timedelta(days=8))).set_aside == 0


async def test_what_waits_because_somebody_paused_it_is_not_late(database: Database):
    opened = wib("2026-10-16 08:00")
    training_id = await database.run(import_class, roster(size=3))
    round_id = await database.run(open_round, training_id, "post_training", now=opened)
    await database.run(round_changes.pause, round_id, opened)
    found = await database.run(condition, opened + timedelta(hours=2))
    assert (found.planned, found.overdue) == (3, 0)


def test_a_database_that_is_not_there_or_not_migrated_is_told_and_not_made(tmp_path: Path):
    with pytest.raises(SchemaOutdated, match="migrate"):
        is_current(f"sqlite:///{tmp_path / 'new.db'}")
    assert list(tmp_path.iterdir()) == []


async def test_the_whole_on_a_healthy_bot(sqlite_url: str, tmp_path: Path):
    async with serving(build_app(clock_at("real"))) as url:
        code, said = await _doctor(tmp_path, url, sqlite_url)
    assert (code, "WRONG" in said) == (0, False), said
    subjects = [line.split()[1] for line in said.splitlines()]
    assert subjects == [
        "token",
        "webhook",
        "clock",
        "zone",
        "database",
        "disk",
        "contacts",
        "updates",
        "study",
        "voice",
        "retention",
        "erasures",
    ]


async def test_without_settings_it_names_them(tmp_path: Path):
    code, said = await _doctor(tmp_path, "", "")
    assert code == 1
    assert "TELEGRAM_TOKEN is not set" in said


async def _doctor(folder: Path, api: str, database_url: str, **more: str) -> tuple[int, str]:
    settings = {"TELEGRAM_TOKEN": "123456:TEST", "BOT_SECRET": "s" * 32, "TELEGRAM_API_URL": api,
                "DATABASE_URL": database_url, **more} if api else {}  # fmt: skip
    root = str(Path(__file__).parent.parent)
    finished = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "bot", "doctor"], cwd=folder, capture_output=True,
        text=True, check=False, env={"PATH": os.environ["PATH"], "PYTHONPATH": root, **settings},
    )  # fmt: skip
    assert "Traceback" not in finished.stderr
    return finished.returncode, finished.stdout


BROKEN = [
    ({"DATABASE_URL": "sqlite:///junk.db"}, "database", "not a database"),
    ({"DATABASE_URL": "sqlite:///none/x.db"}, "database", "folder of the database is not there"),
    ({"DATABASE_URL": "mysql://host/name"}, "database", "names mysql"),
    ({"DATABASE_URL": "nonsense"}, "database", "not a database address"),
    ({"DATABASE_URL": "postgresql+psycopg://u@127.0.0.1:1/x"}, "database", "Connection refused"),
    ({"STUDY_FILE": "zone.toml"}, "zone", "Asia/Nowhere"),
    ({"STUDY_FILE": "torn.toml"}, "zone", "not valid TOML"),
    ({"STUDY_FILE": "short.toml"}, "zone", "disposition"),
    ({"ERASURE_REGISTER": "none/x.erasures"}, "erasures", "cannot be written"),
]


@pytest.mark.parametrize(("settings", "subject", "says"), BROKEN)
async def test_what_is_broken_is_a_line_with_a_remedy_and_no_traceback(
    sqlite_url: str, tmp_path: Path, settings: dict[str, str], subject: str, says: str
):
    (tmp_path / "junk.db").write_bytes(b"neither SQLite nor anything else" * 200)
    study = (CONFIG / "study.toml").read_text("utf-8")
    (tmp_path / "zone.toml").write_text(study.replace("Asia/Jakarta", "Asia/Nowhere"), "utf-8")
    (tmp_path / "torn.toml").write_text(study.replace("[hours]", "[hours"), "utf-8")
    (tmp_path / "short.toml").write_text(study.replace("[disposition]", "[former]"), "utf-8")
    async with serving(build_app(clock_at("real"))) as url:
        code, said = await _doctor(tmp_path, url, sqlite_url, **settings)
    assert code == 1
    lines = said.splitlines()
    (place,) = [n for n, line in enumerate(lines) if line.startswith(f"WRONG  {subject}")]
    assert says in lines[place]
    assert lines[place + 1].strip().startswith("->")
    assert any(line.startswith("ok     disk") for line in lines)
