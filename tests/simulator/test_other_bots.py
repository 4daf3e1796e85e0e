"""Any bot can be pointed at the simulator: two of other families run against `python -m bot simulator` unmodified."""

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.simulator.client import SimulatorClient

ROOT = Path(__file__).parent.parent.parent
BOTS = Path(__file__).parent / "bots"
ECHO = "123456789:echo"
TOGETHER = pytest.mark.asyncio(loop_scope="module")
WORDS = "Selamat pagi 🙂 & <terima kasih>"


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(running.communicate(), timeout=5)
        except TimeoutError:
            running.kill()
            await running.communicate()


@asynccontextmanager
async def simulator() -> AsyncIterator[str]:
    async with process("-m", "bot", "simulator", "--port", "0") as running:
        assert running.stdout is not None
        line = (await asyncio.wait_for(running.stdout.readline(), timeout=120)).decode()
        found = re.search(r"http://[0-9.]+:\d+", line)
        assert found, line
        yield found.group()


async def answer_to(client: SimulatorClient, chat_id: int) -> str:
    async with asyncio.timeout(120):
        while not (answers := (await client.chat(chat_id)).from_bot):  # noqa: ASYNC110 - another process's state has no event
            await asyncio.sleep(0.02)
    return answers[-1].text


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=["ptb_echo.py", "aiogram_echo.py"]
)
async def client(request: pytest.FixtureRequest) -> AsyncIterator[SimulatorClient]:
    """Of a simulator with an echo bot of another family."""
    async with (
        simulator() as url,
        SimulatorClient(url) as opened,
        process(str(BOTS / request.param), url, ECHO),
    ):
        yield opened


@TOGETHER
async def test_an_echo_bot_of_another_family_runs_unmodified(client: SimulatorClient):
    siti = await client.create_person("Siti")
    await siti.send_text(WORDS)
    assert await answer_to(client, siti.id) == WORDS
    assert await client.invalid_calls() == []


@TOGETHER
async def test_a_picture_comes_back_by_its_file_id(client: SimulatorClient):
    siti = await client.create_person("Siti")
    await siti.send_photo(caption="Kelas hari ini")
    assert await answer_to(client, siti.id) == "Kelas hari ini"
    sent, returned = (await client.chat(siti.id)).messages
    assert sent.file is not None
    assert returned.file == sent.file


async def test_a_bot_behind_a_webhook_answers_in_its_answer():
    async with simulator() as url, SimulatorClient(url) as client:
        siti = await client.create_person("Siti")
        await siti.send_text(WORDS)
        async with process(str(BOTS / "aiogram_webhook_echo.py"), url, ECHO, str(free_port())):
            assert await answer_to(client, siti.id) == WORDS
        assert await client.invalid_calls() == []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
