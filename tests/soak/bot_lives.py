"""Starts the driven bot, kills it, starts it again. A life is one process of it; the first import is paid once for all lives."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

BOT = Path(__file__).parent / "driven_bot.py"


@dataclass(slots=True)
class Lives:
    _mother: asyncio.subprocess.Process
    _pid: int = 0

    async def begin(self, die_at: str = "-") -> None:
        await self._say(die_at)
        self._pid = int(await self._hear())

    def kill(self, number: int = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):  # it died by itself, as it was told to
            os.kill(self._pid, number)

    async def end(self) -> None:
        """Waits until this life is over."""
        assert await self._hear() == "ended"
        self._pid = 0

    async def _say(self, line: str) -> None:
        assert self._mother.stdin is not None
        self._mother.stdin.write(f"{line}\n".encode())
        await self._mother.stdin.drain()

    async def _hear(self) -> str:
        assert self._mother.stdout is not None
        return (await self._mother.stdout.readline()).decode().strip()


@asynccontextmanager
async def bot_lives(settings: Mapping[str, str], log: Path) -> AsyncIterator[Lives]:
    with log.open("ab") as output:
        mother = await asyncio.create_subprocess_exec(
            sys.executable, str(BOT), env={**settings, "PATH": os.environ["PATH"]}, stderr=output,
            cwd=log.parent, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
    lives = Lives(mother)
    try:
        yield lives
    finally:
        if lives._pid:
            lives.kill()
        assert mother.stdin is not None
        mother.stdin.close()
        await mother.wait()
