"""The office's own sheet of each training, as one response of its questionnaire. Queries only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store.draft_tables import office_sheets
from bot.store.upsert import insert
from bot.survey.record import Response
from bot.survey.response_json import response_from_json, response_to_json


@dataclass(frozen=True, slots=True)
class Sheet:
    training_id: int
    questionnaire_id: int
    response: Response


def of_training(connection: Connection, training_id: int) -> Sheet | None:
    """Held until the transaction ends: two colleagues may fill it in."""
    query = select(
        office_sheets.c.training_id, office_sheets.c.questionnaire_id, office_sheets.c.body
    ).where(office_sheets.c.training_id == training_id)
    row = connection.execute(query.with_for_update()).one_or_none()
    return None if row is None else Sheet(row[0], row[1], response_from_json(row[2]))


def save(connection: Connection, sheet: Sheet, chat_id: int, now: datetime) -> None:
    columns = {
        "questionnaire_id": sheet.questionnaire_id, "body": response_to_json(sheet.response),
        "updated_by": chat_id, "updated_at": now,
    }  # fmt: skip
    connection.execute(
        insert(connection, office_sheets)
        .values(training_id=sheet.training_id, **columns)
        .on_conflict_do_update(index_elements=["training_id"], set_=columns)
    )


def all_of_them(connection: Connection) -> dict[int, Response]:
    """By training."""
    query = select(office_sheets.c.training_id, office_sheets.c.body)
    return {row.training_id: response_from_json(row.body) for row in connection.execute(query)}


def answers_of_all(connection: Connection) -> Mapping[int, Mapping[str, str]]:
    """By training: item -> value, "" where it was skipped."""
    return {
        training_id: {name: answer.value for name, answer in response.answers.items()}
        for training_id, response in all_of_them(connection).items()
    }
