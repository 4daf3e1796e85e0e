"""Has a paper drawn by a process of its own: facts in, PDF out. Nothing is sent and nothing is stored here."""

import asyncio
import tempfile
from pathlib import Path

from bot.child_process import run_module

LONGEST = 90.0  # seconds; the process itself may compute for 60


async def drawn_paper(kind: str, facts: str, texts_dir: Path) -> bytes:
    """`facts` as JSON. Raises ChildFailed."""
    with tempfile.TemporaryDirectory(prefix="bungo-paper-") as name:
        given, out = Path(name, "facts.json"), Path(name, "paper.pdf")
        await asyncio.to_thread(given.write_text, facts, "utf-8")
        await run_module(
            "bot.papers.child",
            _arguments(kind, given, out, texts_dir),
            LONGEST,
            may_quote=False,
        )
        return await asyncio.to_thread(out.read_bytes)


def _arguments(kind: str, given: Path, out: Path, texts_dir: Path) -> list[str]:
    return [kind, str(given), str(out), str(texts_dir.absolute())]
