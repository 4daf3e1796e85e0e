"""Asks the analyst, a process of its own, for a summary, a report or single answers: tables out, files in.

The bot never imports `evaluation`: a heavy week cannot stall a chat, and its libraries never live here.
Nothing is sent and nothing is stored here.
"""

import asyncio
import io
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from bot.child_process import run_module
from bot.fieldwork import reporting
from bot.fieldwork.reporting import Compared, Drafted, Made
from bot.store.database import Database
from bot.survey.study import Study
from bot.table_writing import write_tables

COMPARED = ("post_training", "followup_alumni")  # rounds of which trainings are compared
LONGEST = 120  # seconds
LONGEST_REPORT = 300


@dataclass(frozen=True, slots=True)
class Analyst:
    study_file: Path
    texts_dir: Path
    database: Database


@dataclass(frozen=True, slots=True)
class Answers:
    """The day they were exported, all files with answers in one, and the codebook, which holds none."""

    day: date
    packed: bytes
    codebook: bytes


async def summarise(
    analyst: Analyst, now: datetime, week: str | None, language: str = "id"
) -> Made:
    """`week` None: up to now, asked for in between."""
    with tempfile.TemporaryDirectory(prefix="bungo-summary-") as name:
        folder = Path(name)
        register = await _written(analyst, folder)
        arguments = _arguments(analyst, folder, register, now, language)
        await run_module("evaluation", [*arguments, *(("--week", week) if week else ())], LONGEST)
        return await asyncio.to_thread(_made, folder, register)


async def compare(analyst: Analyst, now: datetime, language: str) -> Compared:
    """The trainings beside each other, as far as they may be shown."""
    with tempfile.TemporaryDirectory(prefix="bungo-comparison-") as name:
        folder = Path(name)
        register = await _written(analyst, folder)
        await run_module(
            "evaluation.comparison", _arguments(analyst, folder, register, now, language), LONGEST
        )
        return await asyncio.to_thread(_compared, folder, register)


async def draft_report(analyst: Analyst, now: datetime, language: str, code: str) -> Drafted:
    """Of the training with that code."""
    with tempfile.TemporaryDirectory(prefix="bungo-report-") as name:
        folder, out = Path(name), Path(name) / "report"
        register = await _written(analyst, folder)
        arguments = _arguments(analyst, folder, register, now, language)
        await run_module(
            "evaluation.report", [*arguments, "--training", code, "--out", str(out)], LONGEST_REPORT
        )
        return await asyncio.to_thread(_drafted, out, register)


@dataclass(frozen=True, slots=True)
class _Register:
    """What was published: the file that the analyst reads and writes, and what stood in it before."""

    path: Path
    before: str | None

    @property
    def after(self) -> str:
        return self.path.read_text("utf-8")


async def _written(analyst: Analyst, folder: Path) -> _Register:
    """The tables, and beside them the register of what was published before."""
    await write_tables(analyst.database.url, analyst.study_file, folder)
    path = folder / "releases.json"
    before = await analyst.database.read(reporting.published)
    if before is not None:
        await asyncio.to_thread(path.write_text, before, "utf-8")
    return _Register(path, before)


async def single_answers(analyst: Analyst, study: Study, now: datetime, language: str) -> Answers:
    """Coarsened, for administrators only: who may have them is asked before."""
    with tempfile.TemporaryDirectory(prefix="bungo-answers-") as name:
        folder, out = Path(name), Path(name) / "answers"
        await write_tables(analyst.database.url, analyst.study_file, folder)
        day = now.astimezone(ZoneInfo(study.office.zone)).date()
        await run_module("evaluation.microdata", [
            *_tables(analyst, folder), "--as-of", day.isoformat(), "--language", language, "--out", str(out),
        ], LONGEST)  # fmt: skip
        return await asyncio.to_thread(_packed, out, day)


def _arguments(
    analyst: Analyst, folder: Path, register: _Register, now: datetime, language: str
) -> list[str]:
    return [
        *_tables(analyst, folder), "--releases", str(register.path), "--as-of", now.isoformat(), "--language", language,
        "--out", str(folder),
    ]  # fmt: skip


def _tables(analyst: Analyst, folder: Path) -> list[str]:
    return [
        str(folder / "responses.csv"), str(folder / "codebook.csv"),
        "--trainings", str(folder / "trainings.csv"),
        "--study", str(analyst.study_file.absolute()), "--texts", str(analyst.texts_dir.absolute()),
    ]  # fmt: skip


def _made(folder: Path, register: _Register) -> Made:
    """Without news there is no picture, and no workbook to open either."""
    picture = folder / "summary.png"
    has_news = picture.exists()
    return Made(
        (folder / "summary.txt").read_text("utf-8"),
        picture.read_bytes() if has_news else None,
        register.after,
        (folder / "results.xlsx").read_bytes() if has_news else None,
        register.before,
    )


def _compared(folder: Path, register: _Register) -> Compared:
    pictures = (folder / f"comparison-{kind}.png" for kind in COMPARED)
    return Compared(
        (folder / "comparison.txt").read_text("utf-8"),
        tuple(path.read_bytes() for path in pictures if path.exists()),
        register.after,
        register.before,
    )


def _drafted(out: Path, register: _Register) -> Drafted:
    return Drafted(
        (out / "laporan.docx").read_bytes(), (out / "laporan.pdf").read_bytes(),
        tuple((path.name, path.read_bytes()) for path in sorted(out.glob("instruktur-*.docx"))),
        register.after, register.before,
    )  # fmt: skip


def _packed(out: Path, day: date) -> Answers:
    """The same answers give the same bytes: no file carries the time of its making."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as packed:
        for path in sorted(out.iterdir()):
            entry = ZipInfo(path.name, (day.year, day.month, day.day, 0, 0, 0))
            packed.writestr(entry, path.read_bytes(), ZIP_DEFLATED)
    return Answers(day, stream.getvalue(), (out / "codebook.xlsx").read_bytes())
