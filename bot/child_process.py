"""Heavy work in a process of its own: it stalls no chat, its libraries never live in the bot, and what it takes is bounded.

Knows nothing of the work: a module of ours, its arguments, and how long it may take.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bot.errors import BotError

ROOT = Path(__file__).parent.parent
_PRIORITY = 10  # people who wait in a chat go first
_ONE_CORE = {  # of small matrices a second thread would wait for the first, and keep the core from the chats
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
_NO_SECRETS: Mapping[str, str] = {}
SENTENCE_OF_OURS = frozenset(
    {os.EX_TEMPFAIL, os.EX_IOERR}
)  # codes of a child that said what is wrong, and quoted nobody
LONGEST_KIND = 60  # letters of a process's last line that name the error's kind


class ChildFailed(BotError):
    """It took too long, too much memory, or died: its text is the process's own last line, for the log."""

    def __init__(self, words: str, code: int | None = None) -> None:
        super().__init__(words)
        self.code = code  # its exit code; None when it did not end by itself


async def run_module(
    module: str,
    arguments: Sequence[str],
    longest: float,
    *,
    may_quote: bool = True,
    secrets: Mapping[str, str] = _NO_SECRETS,
) -> None:
    """Until it ended well, or ChildFailed. `may_quote` False: its words may hold what somebody wrote, so only their kind is told.

    `secrets` go by its environment: arguments can be seen by everybody on the machine.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT,
        env={**os.environ, **_ONE_CORE, **secrets},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    with suppress(ProcessLookupError):  # it ended already
        os.setpriority(os.PRIO_PROCESS, process.pid, _PRIORITY)
    output = await _ended(process, module, longest)
    if process.returncode:
        words = _last_words(output, process.returncode, may_quote=may_quote)
        raise ChildFailed(words, process.returncode)


async def output_of(command: Sequence[str], longest: float) -> bytes:
    """What a program that the operator plugged in prints; of its complaints nothing is read, they may hold what somebody said."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as missing:
        raise ChildFailed(f"{command[0]} cannot be started: {missing.strerror}") from missing
    output = await _ended(process, command[0], longest, whole_group=True)
    if process.returncode:
        raise ChildFailed(f"{command[0]} ended with exit code {process.returncode}")
    return output


async def _ended(
    process: Process, name: str, longest: float, *, whole_group: bool = False
) -> bytes:
    """With `whole_group` what it has started itself ends with it."""
    try:
        output, _ = await asyncio.wait_for(process.communicate(), longest)
    except TimeoutError as late:
        raise ChildFailed(f"{name} took more than {longest:g} s") from late
    finally:
        if process.returncode is None:
            if whole_group:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            await process.wait()
    return output


def _last_words(output: bytes, code: int, *, may_quote: bool) -> str:
    lines = output.decode(errors="replace").strip().splitlines() or [""]
    if may_quote or code in SENTENCE_OF_OURS:
        return lines[-1] or f"exit code {code}"
    return f"exit code {code} {lines[-1].split(':')[0][:LONGEST_KIND]}"
