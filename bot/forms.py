"""The questionnaires of a folder, compiled and kept in the database at the start.

They are compiled in a process of its own that ends: pyxform (30 MB) never lives in the bot. Versions are immutable: a
form that changed under an old version is refused, because answers given before would mean something else.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Connection

from bot.compiling import compile_alone
from bot.errors import StudyError
from bot.store import questionnaires
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import from_json, to_json

LOG = logging.getLogger(__name__)


async def compiled(folder: Path) -> list[Questionnaire]:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        made = await loop.run_in_executor(elsewhere, compile_alone, folder)
    if made.mistakes:
        raise StudyError("\n".join(made.mistakes))
    return [from_json(text) for text in made.forms]


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
