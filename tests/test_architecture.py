"""The shape of the house: module docstrings, sizes, and that the checks of `make check` really bite."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "evaluation", "config")
MODULES = sorted(
    path
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if "versions" not in path.relative_to(ROOT).parts and path.stat().st_size
)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_module_says_what_it_is_for():
    silent = [str(path.relative_to(ROOT)) for path in MODULES if not ast.get_docstring(tree(path))]
    assert silent == []


def test_only_package_markers_are_empty():
    empty = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if not path.stat().st_size and path.name != "__init__.py"
    ]
    assert empty == []


def test_no_function_is_longer_than_fifty_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= 50
    ]
    assert long == []


def test_no_file_but_these_is_longer_than_three_hundred_lines():
    """Whoever shortens one of them takes it off the list; nothing is added."""
    left = {"bot/fieldwork/answering.py", "bot/fieldwork/follow_ups.py", "bot/fieldwork/roster.py"}
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in MODULES
    }
    assert {name for name, count in lines.items() if count > 300} == left
    assert max(lines.values()) <= 320


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nnow = datetime.now()\n",
        "import datetime\ntoday = datetime.date.today()\n",
        "import time\nnow = time.time()\n",
    ],
)
def test_reading_the_clock_is_refused_outside_clock_py(source: str):
    finished = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", "bot/x.py", "-"],
        input=source, capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert "TID251" in finished.stdout
    assert finished.returncode == 1


def test_only_the_clock_is_exempt_from_the_ban():
    exempt = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if "TID251" in path.read_text(encoding="utf-8")
    ]
    assert exempt == []


PLANTED = [
    ("bot/survey/planted.py", "import sqlalchemy\n"),
    ("bot/store/planted.py", "from bot.fieldwork import planted_target\n"),
    ("bot/fieldwork/planted.py", "import telegram\n"),
    ("bot/chat/planted.py", "import bot.store.tables\n"),
    ("evaluation/planted.py", "import bot.errors\n"),
    ("config/planted.py", "import bot.errors\n"),
    ("bot/simulator/planted.py", "import bot.errors\n"),
    ("bot/chat/planted.py", "import evaluation\n"),
    ("bot/fieldwork/planted.py", "import config\n"),
]


@pytest.mark.parametrize(("place", "source"), PLANTED)
def test_a_planted_import_against_the_plan_is_found(tmp_path: Path, place: str, source: str):
    house = tmp_path / "house"
    for path in [*MODULES, *(p for room in ROOMS for p in (ROOT / room).rglob("__init__.py"))]:
        target = house / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    (house / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (house / "bot/fieldwork/planted_target.py").write_text('"""A target."""\n')
    assert contracts(house).returncode == 0
    (house / place).write_text(f'"""Planted."""\n{source}')
    finished = contracts(house)
    assert finished.returncode == 1
    assert "BROKEN" in finished.stdout


def contracts(house: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [str(tool), "--no-cache"], capture_output=True, text=True, cwd=house, check=False
    )
