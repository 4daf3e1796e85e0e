"""The process in which the tables for the analyst are written: a year of answers is many seconds of computing, and chats would wait.

    python -m bot.table_child FOLDER STUDY     started by table_writing.py only, with DATABASE_URL in its environment

It reads the database as it is at one moment, and cannot write there. What the operator can mend it says in a sentence: os.EX_TEMPFAIL
when the database does not do it now, so that the same may go well later, os.EX_IOERR when the folder takes no more.
"""

import os
import sys
import tomllib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.errors import StoreError
from bot.fieldwork import export
from bot.store import snapshots
from bot.survey.study import study_from


def main(arguments: Sequence[str]) -> int:
    folder, study_file = map(Path, arguments)
    study = study_from(tomllib.loads(study_file.read_text("utf-8")))
    work = partial(export.write_tables, study=study, folder=folder)
    try:
        snapshots.of_url(os.environ["DATABASE_URL"], work)
    except StoreError as trouble:
        sys.stderr.write(f"{trouble}\n")
        return os.EX_TEMPFAIL
    except OSError as refused:
        sys.stderr.write(f"the tables cannot be written to {folder}: {refused.strerror}\n")
        return os.EX_IOERR
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
