"""The whole bot in a process of its own, with the settings of a test: started as an operator does, or forked.

To load it takes longer than many a test: a server of each worker loads it once, and forks whoever is to be the bot.
What comes after loading is the same; tests/test_app.py starts it as an operator does too.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Protocol

from bot import metronome
from bot.__main__ import main

ROOT = Path(__file__).parent.parent
LONGEST = 120  # seconds, of what hangs
LOADED_ONCE = multiprocessing.get_context("forkserver")
LOADED_ONCE.set_forkserver_preload(["bot.app", __name__])


class Running(Protocol):
    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def send_signal(self, number: int, /) -> None: ...

    def kill(self) -> None: ...

    async def communicate(self) -> tuple[bytes | None, bytes]: ...


@dataclass(frozen=True, slots=True)
class Forked:
    """What the tests ask of a process that asyncio has started."""

    process: ForkServerProcess
    log: Path

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.process.kill()

    async def communicate(self) -> tuple[None, bytes]:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self.process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self.process.sentinel)
        self.process.join()
        return None, self.log.read_bytes()


@asynccontextmanager
async def bot_run(
    url: str, folder: Path, *arguments: str, tick_seconds: float = 60, **more: str
) -> AsyncIterator[Running]:
    log = folder / "forked.log"
    process = LOADED_ONCE.Process(
        target=be_the_bot,
        args=(settings_of(url, folder, more), folder, log, arguments, tick_seconds),
    )
    process.start()
    async with ended(Forked(process, log)) as bot:
        yield bot


@asynccontextmanager
async def bot_started(
    url: str, folder: Path, *arguments: str, **more: str
) -> AsyncIterator[Running]:
    """As an operator does it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", *arguments,
        cwd=folder, env=settings_of(url, folder, more), stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with ended(process) as bot:
        yield bot


@asynccontextmanager
async def ended(process: Running) -> AsyncIterator[Running]:
    """At the latest when nobody looks any more."""
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def settings_of(url: str, folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": "123456:TEST", "TELEGRAM_API_URL": url, "BOT_SECRET": "s" * 32,
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}", "PYTHONPATH": str(ROOT), "ADMIN_IDS": "77",
        "PYTHONWARNINGS": "error::DeprecationWarning:bot", **more,
    }  # fmt: skip


def be_the_bot(
    settings: Mapping[str, str],
    folder: Path,
    log: Path,
    arguments: Sequence[str],
    tick_seconds: float,
) -> None:
    metronome.TICK_SECONDS = tick_seconds
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    warnings.filterwarnings("error", category=DeprecationWarning, module=r"bot\Z")
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), sys.stderr.fileno())
    sys.exit(main(["run", *arguments]))


async def until(condition) -> None:
    async with asyncio.timeout(LONGEST):
        while not condition():  # noqa: ASYNC110 - another process's state has no event
            await asyncio.sleep(0.01)


async def stopped(bot: Running, within: float = LONGEST) -> tuple[int | None, str]:
    bot.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(bot.communicate(), timeout=within)
    return bot.returncode, log.decode()
