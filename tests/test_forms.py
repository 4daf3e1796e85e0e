"""What a start does with the questionnaires of the folder, beside those that colleagues published."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot import forms
from bot.store import questionnaires
from tests.fieldwork.field import NOW, questionnaire

ROOT = Path(__file__).parent.parent
BUILT_IN = questionnaire()
SENT = replace(BUILT_IN, version="sent")


def in_use(connection: Connection) -> str:
    (form,) = questionnaires.newest_of_all(connection)
    return form.version


def test_a_restart_leaves_in_use_what_a_colleague_published(connection: Connection):
    forms.keep_all(connection, [BUILT_IN], NOW)
    questionnaires.keep_published(connection, SENT, 501, NOW)
    forms.keep_all(connection, [BUILT_IN], NOW + timedelta(days=1))
    assert in_use(connection) == "sent"


def test_a_changed_file_of_the_folder_is_published_once_by_the_start_that_finds_it(
    connection: Connection,
):
    forms.keep_all(connection, [BUILT_IN], NOW)
    questionnaires.keep_published(connection, SENT, 501, NOW)
    changed = replace(BUILT_IN, version="changed")
    forms.keep_all(connection, [changed], NOW + timedelta(days=1))
    assert in_use(connection) == "changed"
    questionnaires.keep_published(connection, SENT, 501, NOW + timedelta(days=2))
    forms.keep_all(connection, [changed], NOW + timedelta(days=3))
    assert in_use(connection) == "sent"


def test_the_bot_itself_never_loads_pyxform_or_fpdf2():
    """Forms are compiled, and papers drawn, by processes of their own."""
    code = "import sys, bot.app, bot.form_checker; print({'pyxform', 'fpdf'} & {*sys.modules})"
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert finished.stdout == "set()\n"
