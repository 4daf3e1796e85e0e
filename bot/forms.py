"""The questionnaires of a folder, compiled and kept in the database at the start.

They are compiled in a process of its own that ends: pyxform (30 MB) never lives in the bot. Versions are immutable: a
form that changed under an old version is refused, because answers given before would mean something else.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Connection

from bot.errors import StudyError
from bot.store import questionnaires
from bot.survey.option_files import is_option_list
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import from_json, to_json

LOG = logging.getLogger(__name__)
FORMATS = frozenset({".md", ".xlsx", ".xls", ".csv"})


async def compiled(folder: Path) -> list[Questionnaire]:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        made = await loop.run_in_executor(elsewhere, compile_all, folder)
    if made.mistakes:
        raise StudyError("\n".join(made.mistakes))
    return [from_json(text) for text in made.forms]


@dataclass(frozen=True, slots=True)
class Made:
    """What the child process hands back; texts, because not every error survives the way."""

    forms: list[str]
    mistakes: list[str]


def compile_all(folder: Path) -> Made:
    from bot.survey.xlsform import compile_form  # noqa: PLC0415  # only the child process loads it

    made = Made([], [])
    paths = (path for path in folder.iterdir() if path.suffix in FORMATS)
    for path in sorted(path for path in paths if not is_option_list(path)):
        try:
            made.forms.append(to_json(compile_form(path)))
        except StudyError as mistake:
            made.mistakes.append(f"{path.name}: {mistake}")
    if not made.forms and not made.mistakes:
        made.mistakes.append(
            f"{folder} holds no questionnaire (.md, .xlsx, .xls, .csv). Check QUESTIONNAIRES_DIR."
        )
    return made


def keep_all(connection: Connection, forms: Sequence[Questionnaire], now: datetime) -> None:
    """A version that was there before stays where it is: a restart puts nothing back on top of what was published."""
    for form in forms:
        before = questionnaires.newest(connection, form.name)
        kept = questionnaires.of_id(connection, questionnaires.keep(connection, form, now))
        if to_json(kept) != to_json(form):
            raise StudyError(
                f"the questionnaire {form.name} was changed, but is still version {form.version}. "
                "Raise `version` on its settings sheet."
            )
        if questionnaires.newest(connection, form.name) != before:
            LOG.info(
                "questionnaire %s: version %s of the folder is in use now", form.name, form.version
            )
