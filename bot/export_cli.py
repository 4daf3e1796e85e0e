"""`python -m bot export --out DIR`: the three tables for the analyst, from the database of DATABASE_URL. No rule lives here."""

import argparse
import asyncio
import sys
from pathlib import Path

from bot.errors import BotError
from bot.fieldwork import export
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.survey.study import study_from
from config.settings import SettingsProblem, StoreSettings, load_store_settings, load_study


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot export")
    parser.add_argument("--out", type=Path, required=True, help="an existing or new folder")
    folder: Path = parser.parse_args(argv).out
    try:
        asyncio.run(_exported(load_store_settings(), folder))
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except OSError as refused:
        sys.stderr.write(f"{folder}: {refused.strerror}. Choose a folder that can be written to.\n")
        return 2
    sys.stdout.write(f"responses.csv, codebook.csv and trainings.csv are in {folder}.\n")
    return 0


async def _exported(settings: StoreSettings, folder: Path) -> None:
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    await asyncio.to_thread(migrate, settings.database_url)
    study = study_from(load_study(settings.study_file))
    async with await Database.open(settings.database_url) as database:
        await database.read(export.write_tables, study, folder)
