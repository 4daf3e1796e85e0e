"""What docs/deploy and the Procfile say is there, and systemd understands its unit."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "docs/deploy/survey.service"
CONTAINER = (ROOT / "docs/deploy/Containerfile").read_text("utf-8")


def test_every_command_is_one_of_the_bot():
    written = UNIT.read_text("utf-8") + CONTAINER + (ROOT / "Procfile").read_text("utf-8")
    started = re.findall(r'python -m bot ([a-z-]+)|"-m", "bot", "([a-z-]+)"', written)
    assert len(started) >= 5
    assert {one or other for one, other in started} <= COMMANDS.keys()


def test_what_goes_into_the_container_is_there():
    copied = re.findall(r"^COPY (\S+) ", CONTAINER, re.MULTILINE)
    assert {"bot", "config", "evaluation", "requirements.txt"} == set(copied)
    assert all((ROOT / name).exists() for name in copied)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path):
    here = UNIT.read_text("utf-8").replace("/srv/survey/.venv/bin/python", "/bin/true")
    (tmp_path / UNIT.name).write_text(here.replace("User=survey\n", ""), "utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / UNIT.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")
