"""What the bot carries while it waits: nothing of what only its child processes need, and little memory.

The real process, at a real simulator, on a database that is migrated already. What only developers have installed (rich, for the
command line of httpx) is hidden from it.
"""

import asyncio
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from bot.simulator.clock import clock_at
from bot.simulator.server import BENCH, build_app, serving
from tests.bench.twenty import write_form

ROOT = Path(__file__).parent.parent
PROGRAM = """
import runpy, signal, sys
sys.modules.update(rich=None, click=None, pygments=None)
signal.signal(signal.SIGUSR1, lambda *_: open("modules", "w").write(" ".join(sys.modules) + " END"))
sys.argv = ["bot", "run"]
runpy.run_module("bot", run_name="__main__")
"""
CHILDREN_ONLY = frozenset({
    "pyxform", "pandas", "numpy", "scipy", "matplotlib", "openpyxl", "docx", "fpdf", "pyreadstat", "lxml", "alembic", "PIL",
})  # fmt: skip
OWN_MEGABYTES = 100


@pytest.fixture(scope="module")
def _idle() -> dict[str, str]:
    return {}


@pytest.fixture
async def idle(_idle: dict[str, str], sqlite_url: str, tmp_path: Path) -> dict[str, str]:
    """Looked at once, for every test here: "modules", "maps" and "status"."""
    if not _idle:
        app = build_app(clock_at("real"))
        write_form(tmp_path / "forms")
        async with serving(app) as url:
            settings = {
                "TELEGRAM_TOKEN": "123456:TEST", "TELEGRAM_API_URL": url, "BOT_SECRET": "s" * 32,
                "DATABASE_URL": sqlite_url, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"],
                "QUESTIONNAIRES_DIR": str(tmp_path / "forms"),
            }  # fmt: skip
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", PROGRAM, cwd=tmp_path, env=settings,
                stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            try:
                async with asyncio.timeout(60):
                    while not app[BENCH].books.counts["getUpdates 200"]:
                        await app[BENCH].pulse.wait(1)
                    _idle |= await asyncio.to_thread(looked_at, process.pid, tmp_path / "modules")
            finally:
                process.kill()
                await process.wait()
    return _idle


def looked_at(pid: int, modules: Path) -> dict[str, str]:
    os.kill(pid, signal.SIGUSR1)
    while not (modules.exists() and modules.read_text().endswith("END")):
        time.sleep(0.02)
    seen = {name: Path(f"/proc/{pid}/{name}").read_text() for name in ("maps", "status")}
    return {**seen, "modules": modules.read_text()}


async def test_it_has_loaded_nothing_that_only_its_children_need(idle: dict[str, str]):
    loaded = {name.partition(".")[0] for name in idle["modules"].split()}
    assert {"telegram", "sqlalchemy"} <= loaded
    assert loaded & CHILDREN_ONLY == set()
    assert re.findall(rf"/({'|'.join(CHILDREN_ONLY)})/", idle["maps"]) == []


async def test_its_own_memory_stays_under_a_hundred_megabytes(idle: dict[str, str]):
    kilobytes = dict(re.findall(r"^(\w+):\s+(\d+) kB", idle["status"], re.MULTILINE))
    own = (
        int(kilobytes["RssAnon"]) / 1024
    )  # not the pages of shared libraries, which are the machine's
    assert own < OWN_MEGABYTES, kilobytes
