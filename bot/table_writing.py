"""Has the tables for the analyst written by a process of its own. Nothing is sent and nothing is stored here.

A thread of the bot would do it as well, but each reply in a chat would take turns with the rows: docs/measured.md.
"""

import os
from pathlib import Path

from bot.child_process import ChildFailed, run_module
from bot.errors import StoreError

LONGEST = 240.0  # seconds; with the longest report it is less than a job is claimed for


async def write_tables(database_url: str, study_file: Path, folder: Path) -> None:
    """Into the folder; StoreError when the database does not do it now, else ChildFailed."""
    arguments, secrets = _from_any_folder(folder, study_file), {"DATABASE_URL": database_url}
    try:
        await run_module("bot.table_child", arguments, LONGEST, may_quote=False, secrets=secrets)
    except ChildFailed as failed:
        if failed.code == os.EX_TEMPFAIL:
            raise StoreError(str(failed)) from failed
        raise


def _from_any_folder(*paths: Path) -> list[str]:
    return [str(path.absolute()) for path in paths]
