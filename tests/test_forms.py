"""What a start does with the questionnaires of the folder, beside those that colleagues published."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from bot import forms
from bot.store import questionnaires
from tests.fieldwork.field import NOW, questionnaire

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
