"""Heavy work in a process of its own: it stalls no chat, its libraries never live in the bot, and what it takes is bounded.

Knows nothing of the work: a module of ours, its arguments, and how long it may take.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.errors import BotError

ROOT = Path(__file__).parent.parent
LONGEST_KIND = 60  # letters of a process's last line that name the error's kind


class ChildFailed(BotError):
    """It took too long, too much memory, or died: its text is the process's own last line, for the log."""


async def run_module(
    module: str, arguments: Sequence[str], longest: float, *, may_quote: bool = True
) -> None:
    """Until it ended well, or ChildFailed. `may_quote` False: its words may hold what somebody wrote, so only their kind is told."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        output, _ = await asyncio.wait_for(process.communicate(), longest)
    except TimeoutError as late:
        raise ChildFailed(f"{module} took more than {longest:g} s") from late
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise ChildFailed(_last_words(output, process.returncode, may_quote=may_quote))


def _last_words(output: bytes, code: int, *, may_quote: bool) -> str:
    lines = output.decode(errors="replace").strip().splitlines() or [""]
    if may_quote:
        return lines[-1] or f"exit code {code}"
    return f"exit code {code} {lines[-1].split(':')[0][:LONGEST_KIND]}"
