"""`python -m bot migrate`: bring the database of DATABASE_URL to this version, or say in one sentence why not."""

import sys

from bot.errors import BotError
from bot.store.migrate import migrate
from config.settings import SettingsProblem, load_store_settings


def main(argv: list[str]) -> int:
    del argv
    try:
        migrate(load_store_settings().database_url)
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    sys.stdout.write("The database is up to date.\n")
    return 0
