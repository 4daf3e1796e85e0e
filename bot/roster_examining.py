"""Has a roster read by a process of its own, like a form: bytes in, report and marked workbook out.

Nothing is sent and nothing is stored here.
"""

import asyncio
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.child_process import run_module
from bot.fieldwork.rosters.as_json import report_from_json
from bot.fieldwork.rosters.record import Report

LONGEST = 90.0  # seconds; the process itself may compute for 60


@dataclass(frozen=True, slots=True)
class ReadRoster:
    report: Report
    marked: bytes = field(default=b"", repr=False)  # empty: nothing is said of any row


async def examined_roster(
    content: bytes, texts_dir: Path, today: date, language: str = "id"
) -> ReadRoster:
    """Without a language no workbook is marked. Raises ChildFailed."""
    with tempfile.TemporaryDirectory(prefix="bungo-roster-") as name:
        folder = Path(name)
        await asyncio.to_thread((folder / "roster").write_bytes, content)
        await run_module(
            "bot.roster_child",
            _arguments(folder, texts_dir, today, language),
            LONGEST,
            may_quote=False,
        )
        return await asyncio.to_thread(_read, folder / "result", folder / "marked")


def _arguments(folder: Path, texts_dir: Path, today: date, language: str) -> list[str]:
    paths = (folder / "roster", folder / "result", folder / "marked", texts_dir.absolute())
    return [*map(str, paths), "--today", today.isoformat(), "--language", language]


def _read(result: Path, marked: Path) -> ReadRoster:
    report = report_from_json(result.read_text("utf-8"))
    return ReadRoster(report, marked.read_bytes() if marked.exists() else b"")
