"""`python -m bot backup FILE`: the SQLite database of DATABASE_URL in one file, also while the bot runs. No rule lives here."""

import argparse
import sys
from pathlib import Path

from bot import backups
from bot.errors import BotError
from config.settings import SettingsProblem, load_store_settings


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot backup")
    parser.add_argument("file", type=Path, help="a new file")
    file: Path = parser.parse_args(argv).file
    try:
        backups.back_up(load_store_settings().database_url, file)
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except OSError as refused:
        sys.stderr.write(f"{refused.filename}: {refused.strerror}. Nothing was written.\n")
        return 2
    sys.stdout.write(
        f"{file.name} holds the database. It contains personal data: keep it locked away and off this machine, "
        "and copy the register of erasures there whenever it grows.\n"
    )
    return 0
