"""Starts `python -m bot tour` as a user does, without a browser and without pauses, and waits for its panel."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.simulator import client_tour
from bot.simulator.client import SimulatorClient
from bot.simulator.tour import Tour

ROOT = Path(__file__).parent.parent
PATIENCE = 240.0  # seconds, of what hangs
LOOK_EVERY = 0.05


@dataclass(slots=True)
class Touring:
    process: asyncio.subprocess.Process
    url: str
    client: SimulatorClient

    async def tour(self) -> Tour:
        return await client_tour.tour(self.client)

    async def press(self, action: str) -> str:
        """Until the action has ended; its last words."""
        await client_tour.press(self.client, action)
        await self.until(lambda tour: not tour.progress.action)
        return (await self.tour()).progress.text

    async def until(self, true: Callable[[Tour], bool]) -> Tour:
        async with asyncio.timeout(PATIENCE):
            while True:
                tour = await self.tour()
                if true(tour):
                    return tour
                await asyncio.sleep(LOOK_EVERY)

    async def ticked(self, *steps: str) -> Tour:
        return await self.until(lambda tour: set(steps) <= done(tour))

    async def act(self, person: int, what: str, **body: str) -> None:
        await self.client.post(f"people/{person}/{what}", dict(body))
        await self.client.wait_quiet()


def done(tour: Tour) -> set[str]:
    return {step.id for step in tour.steps if step.done}


def person_of(tour: Tour, step: str) -> int:
    return next(one.person for one in tour.steps if one.id == step)


async def start(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "tour", "--no-browser", "--pace", "0", *arguments, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip


@asynccontextmanager
async def touring(*arguments: str) -> AsyncIterator[Touring]:
    process = await start("--port", "0", *arguments)
    try:
        url = await _address(process)
        async with SimulatorClient(url) as client:
            yield Touring(process, url, client)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    said = ""
    assert process.stdout is not None
    while line := (await process.stdout.readline()).decode():
        said += line
        if found := re.search(r"http://[\d.]+:\d+", line):
            return found.group()
    raise AssertionError(said)
