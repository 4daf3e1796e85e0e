"""What the child process of forms.py does at each start: every questionnaire of a folder, compiled, or what is wrong with it.

Imports no more than that needs, no database above all: whoever starts the bot waits for it.
"""

import gc
from dataclasses import dataclass
from pathlib import Path

from bot.errors import StudyError
from bot.survey.option_files import is_option_list

FORMATS = frozenset({".md", ".xlsx", ".xls", ".csv"})


@dataclass(frozen=True, slots=True)
class Made:
    """What the child process hands back; texts, because not every error survives the way."""

    forms: list[str]
    mistakes: list[str]


def compile_alone(folder: Path) -> Made:
    """In a process that ends when this is done: there is no garbage worth looking for."""
    gc.disable()
    return compile_all(folder)


def compile_all(folder: Path) -> Made:
    from bot.survey.questionnaire_json import to_json  # noqa: PLC0415  # only the child loads them
    from bot.survey.xlsform import compile_form  # noqa: PLC0415

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
