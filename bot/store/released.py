"""Answers of anonymous forms after they were taken off their person: a random row each, the week only. Queries only.

The rows of a round are written in the order of their random keys (SQLite keeps no other for this table), and once more
when the round has closed, so that no order of arrival is left to be held against the times at which people finished.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from bot.store.rights_tables import released_answers
from bot.store.tables import (
    answer_history,
    answer_messages,
    answers,
    responses,
)


@dataclass(frozen=True, slots=True)
class Released:
    key: str
    questionnaire_id: int
    disposition: str
    week: date  # its Monday
    hidden: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]  # item -> value, missing, other


def keep(connection: Connection, round_id: int, one: Released) -> None:
    connection.execute(
        released_answers.insert().values(
            key=one.key, round_id=round_id, questionnaire_id=one.questionnaire_id,
            disposition=one.disposition, week=one.week, hidden=dict(one.hidden),
            answers=dict(one.answers),
        )
    )  # fmt: skip


def key() -> str:
    return secrets.token_hex(8)


def take_off(connection: Connection, response_id: int) -> None:
    """What is left with the person: that they answered."""
    for table in (answers, answer_history, answer_messages):
        connection.execute(delete(table).where(table.c.response_id == response_id))
    cleared: dict[str, Any] = {
        "released": True, "current": None, "chosen": [], "view": "", "awaiting": "",
    }  # fmt: skip
    connection.execute(update(responses).where(responses.c.id == response_id).values(cleared))


def of_round(connection: Connection, round_id: int) -> list[Released]:
    """In the order of the keys."""
    columns = (
        released_answers.c.key, released_answers.c.questionnaire_id, released_answers.c.disposition,
        released_answers.c.week, released_answers.c.hidden, released_answers.c.answers,
    )  # fmt: skip
    query = select(*columns).where(released_answers.c.round_id == round_id)
    return [Released(*row) for row in connection.execute(query.order_by(released_answers.c.key))]


def count(connection: Connection, round_id: int) -> int:
    query = select(func.count()).where(released_answers.c.round_id == round_id)
    return connection.execute(query).scalar_one()


def mix(connection: Connection, round_id: int) -> None:
    """Written anew under other keys: a table of PostgreSQL keeps the order in which rows came."""
    rows = of_round(connection, round_id)
    connection.execute(delete(released_answers).where(released_answers.c.round_id == round_id))
    fresh = sorted((key(), row) for row in rows)
    for new_key, row in fresh:
        keep(
            connection,
            round_id,
            Released(
                new_key, row.questionnaire_id, row.disposition, row.week, row.hidden, row.answers
            ),
        )
