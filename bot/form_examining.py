"""Has a form checked by a process of its own, like the analyst's: form in, findings and compiled questionnaire out.

Nothing is sent and nothing is stored here.
"""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.child_process import run_module
from bot.fieldwork.submitting import UNNAMED
from bot.survey.findings import Finding
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import from_json, to_json

LONGEST = 120.0  # seconds; the process itself may compute for 60


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
        await run_module(
            "bot.form_child",
            [str(form), str(versions), str(result), "--now", now.isoformat()],
            LONGEST,
            may_quote=False,
        )
        return await asyncio.to_thread(_read, result)


def _write(form: Path, content: bytes, versions: Path, former: Sequence[Questionnaire]) -> None:
    form.write_bytes(content)
    versions.write_text(json.dumps([to_json(one) for one in former]), "utf-8")


def _read(result: Path) -> Examined:
    told = json.loads(result.read_text("utf-8"))
    form = None if told["form"] is None else from_json(told["form"])
    findings = tuple(Finding(**one) for one in told["findings"])
    return Examined(findings, form, told["minutes"])
