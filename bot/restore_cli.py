"""`python -m bot restore FILE`: a backup in the place of the database; who was erased since stays erased. No rule lives here."""

import argparse
import asyncio
import sys
from pathlib import Path

from bot import backups
from bot.backups import Place, Restored
from bot.clock import SystemClock
from bot.errors import BotError
from config.settings import SettingsProblem, load_backup_settings


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot restore")
    parser.add_argument("file", type=Path, help="what `python -m bot backup` wrote")
    file: Path = parser.parse_args(argv).file
    try:
        done = asyncio.run(backups.restore(_place(), file, SystemClock().now()))
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except OSError as refused:
        sys.stderr.write(f"{refused.filename}: {refused.strerror}. Nothing was restored.\n")
        return 2
    sys.stdout.write(f"{file.name} is restored.{_more(done)}\n")
    return 0


def _place() -> Place:
    settings = load_backup_settings()
    secret = settings.bot_secret.get_secret_value().encode()
    return Place(settings.database_url, settings.erasure_register, secret)


def _more(done: Restored) -> str:
    said = f" Erased again since that backup: {done.erased}." if done.erased else ""
    kept = (
        f" What stood there before is {done.kept.name}; delete it when all is well."
        if done.kept
        else ""
    )
    return said + kept
