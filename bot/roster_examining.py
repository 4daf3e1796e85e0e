"""Has a roster read by a process of its own, like a form: bytes in, report and marked workbook out.

Nothing is sent and nothing is stored here.
"""

import asyncio
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.fieldwork.rosters.as_json import report_from_json
from bot.fieldwork.rosters.record import Report
from bot.form_examining import ExaminationFailed

ROOT = Path(__file__).parent.parent
LONGEST = 90.0  # seconds; the process itself may compute for 60


@dataclass(frozen=True, slots=True)
class ReadRoster:
    report: Report
    marked: bytes = field(default=b"", repr=False)  # empty: nothing is said of any row


async def examined_roster(
    content: bytes, texts_dir: Path, today: date, language: str = "id"
) -> ReadRoster:
    """Without a language no workbook is marked. Raises ExaminationFailed."""
    with tempfile.TemporaryDirectory(prefix="bungo-roster-") as name:
        folder = Path(name)
        await asyncio.to_thread((folder / "roster").write_bytes, content)
        await _run(_arguments(folder, texts_dir, today, language))
        return await asyncio.to_thread(_read, folder / "result", folder / "marked")


def _arguments(folder: Path, texts_dir: Path, today: date, language: str) -> list[str]:
    paths = (folder / "roster", folder / "result", folder / "marked", texts_dir.absolute())
    return [*map(str, paths), "--today", today.isoformat(), "--language", language]


async def _run(arguments: list[str]) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.roster_child", *arguments, cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        output, _ = await asyncio.wait_for(process.communicate(), LONGEST)
    except TimeoutError as late:
        raise ExaminationFailed(f"reading took more than {LONGEST:g} s") from late
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        # Only the kind of the error: its words may quote the list.
        lines = output.decode(errors="replace").strip().splitlines() or [""]
        raise ExaminationFailed(f"exit code {process.returncode} {lines[-1].split(':')[0][:60]}")


def _read(result: Path, marked: Path) -> ReadRoster:
    report = report_from_json(result.read_text("utf-8"))
    return ReadRoster(report, marked.read_bytes() if marked.exists() else b"")
