"""`python -m bot move-database ADDRESS`: the SQLite database of DATABASE_URL moves to PostgreSQL. No rule lives here."""

import argparse
import sys

from bot.errors import BotError
from bot.store.moving import move
from config.settings import SettingsProblem, load_store_settings


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot move-database")
    parser.add_argument(
        "address",
        help="an empty database, like postgresql+psycopg://user@host/name; the password may come from PGPASSWORD or ~/.pgpass",
    )
    target: str = parser.parse_args(argv).address
    try:
        moved = move(load_store_settings().database_url, target)
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    for name, rows in moved.items():
        if rows:
            sys.stdout.write(f"{rows:9} {name}\n")
    sys.stdout.write(
        f"{sum(moved.values())} rows moved, and every table compared. Now set DATABASE_URL to that address, and "
        "ERASURE_REGISTER to the register of erasures you have (for bungo.db it is bungo.db.erasures); then start the bot. "
        "The old file was only read: keep it until all is well, then delete it.\n"
    )
    return 0
