"""Has a Word document written by a process of its own: blocks in, the bytes of a .docx out. Nothing is sent or stored here."""

import asyncio
import tempfile
from pathlib import Path

from bot.chat.word_blocks import WordText, to_json
from bot.child_process import run_module

LONGEST = 60.0  # seconds


async def word_file(text: WordText) -> bytes:
    with tempfile.TemporaryDirectory(prefix="bungo-word-") as name:
        source, result = Path(name) / "text", Path(name) / "result.docx"
        await asyncio.to_thread(source.write_text, to_json(text), "utf-8")
        arguments = [str(source), str(result)]
        await run_module("bot.word_child", arguments, LONGEST, may_quote=False)
        return await asyncio.to_thread(result.read_bytes)
