"""Has a form checked by a process of its own, like the analyst's: form in, findings and compiled questionnaire out.

Nothing is sent and nothing is stored here.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import BotError
from bot.fieldwork.submitting import UNNAMED
from bot.survey.findings import Finding
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import from_json, to_json

ROOT = Path(__file__).parent.parent
LONGEST = 120.0  # seconds; the process itself may compute for 60


class ExaminationFailed(BotError):
    """It took too long, too much memory, or died: its text is the process's own last line, for the log."""


@dataclass(frozen=True, slots=True)
class Examined:
    findings: tuple[Finding, ...]
    form: Questionnaire | None
    minutes: float


async def examined(
    content: bytes, suffix: str, former: Sequence[Questionnaire], now: datetime
) -> Examined:
    with tempfile.TemporaryDirectory(prefix="bungo-form-") as name:
        folder = Path(name)
        form, versions, result = folder / f"{UNNAMED}{suffix}", folder / "former", folder / "result"
        await asyncio.to_thread(_write, form, content, versions, former)
        await _run([str(form), str(versions), str(result), "--now", now.isoformat()])
        return await asyncio.to_thread(_read, result)


def _write(form: Path, content: bytes, versions: Path, former: Sequence[Questionnaire]) -> None:
    form.write_bytes(content)
    versions.write_text(json.dumps([to_json(one) for one in former]), "utf-8")


async def _run(arguments: list[str]) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.form_child", *arguments, cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        output, _ = await asyncio.wait_for(process.communicate(), LONGEST)
    except TimeoutError as late:
        raise ExaminationFailed(f"the check took more than {LONGEST:g} s") from late
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        # Only the kind of the error: its words may quote the form.
        lines = output.decode(errors="replace").strip().splitlines() or [""]
        raise ExaminationFailed(f"exit code {process.returncode} {lines[-1].split(':')[0][:60]}")


def _read(result: Path) -> Examined:
    told = json.loads(result.read_text("utf-8"))
    form = None if told["form"] is None else from_json(told["form"])
    findings = tuple(Finding(**one) for one in told["findings"])
    return Examined(findings, form, told["minutes"])
