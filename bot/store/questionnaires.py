"""Compiled questionnaires by version; immutable, so each body is parsed once. Queries only."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, func, select

from bot.store.tables import questionnaires
from bot.store.upsert import insert
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import from_json, to_json


def keep(connection: Connection, questionnaire: Questionnaire, now: datetime) -> int:
    """Store this version unless it is there already; its id either way."""
    connection.execute(
        insert(connection, questionnaires)
        .values(
            name=questionnaire.name,
            version=questionnaire.version,
            body=to_json(questionnaire),
            created_at=now,
        )
        .on_conflict_do_nothing()
    )
    kept: int = connection.execute(
        select(questionnaires.c.id).where(
            questionnaires.c.name == questionnaire.name,
            questionnaires.c.version == questionnaire.version,
        )
    ).scalar_one()
    return kept


def newest(connection: Connection, name: str) -> int | None:
    return connection.execute(
        select(questionnaires.c.id)
        .where(questionnaires.c.name == name)
        .order_by(questionnaires.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def newest_of_all(connection: Connection) -> list[Questionnaire]:
    """The version kept last of each questionnaire."""
    last = select(func.max(questionnaires.c.id)).group_by(questionnaires.c.name)
    bodies = connection.execute(
        select(questionnaires.c.body).where(questionnaires.c.id.in_(last)).order_by("id")
    )
    return [parsed(body) for body in bodies.scalars()]


def of_id(connection: Connection, questionnaire_id: int) -> Questionnaire:
    return parsed(connection.execute(_BODY_OF_ONE, {"of_id": questionnaire_id}).scalar_one())


@lru_cache(maxsize=64)
def parsed(body: str) -> Questionnaire:
    return from_json(body)


# Run for every answer, so built once.
_BODY_OF_ONE = select(questionnaires.c.body).where(questionnaires.c.id == bindparam("of_id"))
