"""Forms that were sent to the bot and are not in use, and what is tried on them. Queries only; nothing here is data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from bot.store.draft_tables import form_drafts
from bot.store.questionnaires import parsed
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import to_json
from bot.survey.record import Response
from bot.survey.response_json import response_from_json, response_to_json


@dataclass(frozen=True, slots=True)
class FormDraft:
    id: int
    file_name: str
    questionnaire: Questionnaire
    compared_to: int | None  # the version whose differences were shown
    trial: Response | None
    trials: int


def keep(
    connection: Connection, chat_id: int, file_name: str, form: Questionnaire, now: datetime
) -> int:
    made: int = connection.execute(
        form_drafts.insert()
        .values(chat_id=chat_id, file_name=file_name, body=to_json(form), kept_at=now)
        .returning(form_drafts.c.id)
    ).scalar_one()
    return made


def of_chat(connection: Connection, draft_id: int, chat_id: int) -> FormDraft | None:
    """Held until the transaction ends. None: there is none, or it is somebody else's."""
    row = connection.execute(
        select(form_drafts)
        .where(form_drafts.c.id == draft_id, form_drafts.c.chat_id == chat_id)
        .with_for_update()
    ).one_or_none()
    return None if row is None else _draft(row)


def tried_by(connection: Connection, chat_id: int) -> FormDraft | None:
    """The one that is being tried out in that chat."""
    row = connection.execute(
        select(form_drafts)
        .where(form_drafts.c.chat_id == chat_id, form_drafts.c.trial.is_not(None))
        .with_for_update()
    ).one_or_none()
    return None if row is None else _draft(row)


def begin_trial(connection: Connection, draft: FormDraft, chat_id: int, trial: Response) -> None:
    """One at a time in a chat: another trial ends."""
    connection.execute(
        update(form_drafts).where(form_drafts.c.chat_id == chat_id).values(trial=None)
    )
    _set(connection, draft.id, {"trials": draft.trials + 1})
    save_trial(connection, draft.id, trial)


def save_trial(connection: Connection, draft_id: int, trial: Response | None) -> None:
    _set(connection, draft_id, {"trial": None if trial is None else response_to_json(trial)})


def note_compared(connection: Connection, draft_id: int, questionnaire_id: int) -> None:
    _set(connection, draft_id, {"compared_to": questionnaire_id})


def drop(connection: Connection, draft_id: int) -> None:
    connection.execute(delete(form_drafts).where(form_drafts.c.id == draft_id))


def forget_old(connection: Connection, before: datetime) -> None:
    connection.execute(delete(form_drafts).where(form_drafts.c.kept_at < before))


def _set(connection: Connection, draft_id: int, columns: Mapping[str, object]) -> None:
    connection.execute(
        update(form_drafts).where(form_drafts.c.id == draft_id).values(dict(columns))
    )


def _draft(row: Row[Any]) -> FormDraft:
    trial = None if row.trial is None else response_from_json(row.trial)
    return FormDraft(row.id, row.file_name, parsed(row.body), row.compared_to, trial, row.trials)
