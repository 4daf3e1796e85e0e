"""`python -m bot recordings`: for the officer who writes voice messages of interviews down by hand, where no transcriber is plugged in.

    --out DIR     the sound of all that nobody has written down, by case code and question, and salinan.csv to be filled in
    --in FILE     takes the texts of a filled-in salinan.csv

No name leaves the database. Each use stands in the audit log. The folder is the officer's to delete.
"""

import argparse
import asyncio
import csv
import io
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.clock import SystemClock
from bot.errors import BotError, SettingsError
from bot.fieldwork import recordings
from bot.fieldwork.recordings import Unwritten, WrittenText
from bot.sealing import Seal, opened, seal_of
from bot.store.database import Database
from bot.store.migrate import is_current
from config.settings import SettingsProblem, VoiceSettings, load_voice_settings

SHEET: Final = "salinan.csv"
COLUMNS: Final = ("berkas", "teks")
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot recordings")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, help="a new folder for the sound and the sheet")
    way.add_argument("--in", dest="sheet", type=Path, help="the sheet with the texts filled in")
    given = parser.parse_args(argv)
    try:
        said = asyncio.run(_done(load_voice_settings(), given.out, given.sheet))
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except OSError as refused:
        sys.stderr.write(f"{refused.filename}: {refused.strerror}.\n")
        return 2
    sys.stdout.write(f"{said}\n")
    return 0


async def _done(settings: VoiceSettings, folder: Path | None, sheet: Path | None) -> str:
    now = SystemClock().now()
    await asyncio.to_thread(is_current, settings.database_url)
    async with await Database.open(settings.database_url) as database:
        if folder is not None:
            seal = seal_of([key.get_secret_value() for key in settings.voice_key])
            return await _written_out(database, seal, folder, now)
        texts = await asyncio.to_thread(texts_of, sheet or Path(SHEET))
        return await _taken_in(database, texts, now)


async def _written_out(database: Database, seal: Seal | None, folder: Path, now: datetime) -> str:
    found = await database.run(recordings.unwritten, now)
    if not found:
        return "There is no voice message that nobody has written down."
    if seal is None:
        raise SettingsError(
            "VOICE_KEY is not set, so the sound cannot be opened. Put the key back."
        )
    await asyncio.to_thread(_save, folder, seal, found)
    return (
        f"{len(found)} voice messages are in {folder}. Write each down in {SHEET}, take it in with "
        f"`python -m bot recordings --in {folder / SHEET}`, and delete the folder."
    )


async def _taken_in(database: Database, texts: Sequence[WrittenText], now: datetime) -> str:
    taken, unknown = await database.run(recordings.take_in, texts, now)
    said = f"{taken} texts are taken in."
    return f"{said} Not known, or gone since: {', '.join(unknown)}." if unknown else said


def texts_of(sheet: Path) -> tuple[WrittenText, ...]:
    """As Excel saves it: with a semicolon or a comma, in UTF-8 or in the code of Windows."""
    content = sheet.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    if rows and not set(COLUMNS) <= set(rows[0]):
        raise SettingsError(f"{sheet.name} has no columns {' and '.join(COLUMNS)}.")
    return tuple(
        WrittenText(row["berkas"].strip(), (row["teks"] or "").strip())
        for row in rows
        if (row["teks"] or "").strip()
    )


def _save(folder: Path, seal: Seal, found: Iterable[Unwritten]) -> None:
    sounds = [
        (one.file_name, opened(seal, one.sealed)) for one in found
    ]  # a wrong key leaves nothing
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True)
    lines = io.StringIO()
    sheet = csv.writer(lines, delimiter=";")
    sheet.writerow(COLUMNS)
    for file_name, sound in sounds:
        _write(folder / file_name, sound)
        sheet.writerow((file_name, ""))
    _write(folder / SHEET, lines.getvalue().encode("utf-8-sig"))


def _write(path: Path, content: bytes) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(number, "wb") as file:
        file.write(content)
