"""The two processes of the demo and the tour, the simulator and the real bot, and how they are started and stopped.

The bot is started exactly as an operator would, by `python -m bot run` and settings in its environment. Children have a
session of their own: Ctrl-C reaches the parent only, which stops them one after the other. If the parent is killed, they end by
themselves (with_parent.py).
"""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
STOP_SECONDS = 10


class ProcessFailed(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Simulator:
    url: str
    process: asyncio.subprocess.Process


@asynccontextmanager
async def simulator(log: Path, clock: str, port: int = 0) -> AsyncIterator[Simulator]:
    """One whose clock stands at `clock`; port 0 takes a free one."""
    arguments = ["simulator", "--port", str(port), "--clock", clock]
    process = await _start(arguments, {}, log, pipe=True)
    try:
        yield Simulator(await _ready_url(process, log), process)
    finally:
        await _stop(process)


@asynccontextmanager
async def bot(log: Path, settings: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await _start(["run"], settings, log)
    try:
        yield process
    finally:
        await _stop(process)


async def command(arguments: list[str], settings: Mapping[str, str]) -> str:
    """Runs one command of ours to its end; its output, or a ProcessFailed with its last lines."""
    process = await asyncio.create_subprocess_exec(
        *_command(arguments), cwd=ROOT, env=_environment(settings),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        output, _ = await process.communicate()
    finally:
        await _stop(process)
    text = output.decode()
    if process.returncode:
        raise ProcessFailed(f"python -m bot {' '.join(arguments)} failed:\n{text[-1500:]}")
    return text


def last_lines(log: Path, count: int = 8) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


async def _start(
    arguments: list[str], settings: Mapping[str, str], log: Path, *, pipe: bool = False
) -> asyncio.subprocess.Process:
    with log.open("ab") as sink:
        return await asyncio.create_subprocess_exec(
            *_command(arguments), cwd=ROOT, env=_environment(settings),
            stdout=asyncio.subprocess.PIPE if pipe else sink, stderr=sink, start_new_session=True,
        )  # fmt: skip


def _command(arguments: list[str]) -> tuple[str, ...]:
    return sys.executable, "-m", "bot.demo.with_parent", str(os.getpid()), *arguments


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment less any setting of a real bot: a demo must not touch one."""
    ours = {"TELEGRAM_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "BOT_SECRET", "ADMIN_IDS",
            "COORDINATOR_IDS", "STUDY_FILE", "CLOCK_URL"}  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "PYTHONUNBUFFERED": "1", **settings}


async def _ready_url(process: asyncio.subprocess.Process, log: Path) -> str:
    assert process.stdout is not None  # noqa: S101 - asked for above
    line = (await asyncio.wait_for(process.stdout.readline(), timeout=20)).decode()
    found = re.search(r"http://[0-9.]+:\d+", line)
    if found is None:
        await process.wait()
        raise ProcessFailed(f"the simulator did not start: {line}{last_lines(log)}")
    return found.group()


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), timeout=STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
