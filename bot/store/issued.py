"""To whom the questionnaire of a round was issued, and how many of them answered. Queries only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from bot.store.tables import responses
from bot.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Issued:
    round_id: int
    person_id: int
    questionnaire_id: int
    seed: int
    hidden: Mapping[str, str]
    about_id: int = 0
    language: str = "id"


def insert_all(connection: Connection, issued: Sequence[Issued], now: datetime) -> int:
    """One row per respondent and round; who has one already keeps it."""
    if not issued:
        return 0
    rows = [
        {
            "round_id": row.round_id, "person_id": row.person_id, "about_id": row.about_id,
            "questionnaire_id": row.questionnaire_id, "language": row.language, "seed": row.seed,
            "hidden": dict(row.hidden), "disposition": "issued", "stage": "asking", "chosen": [],
            "issued_at": now,
        }
        for row in issued
    ]  # fmt: skip
    done = connection.execute(insert(connection, responses).on_conflict_do_nothing(), rows)
    return max(done.rowcount, 0)


def completed(connection: Connection, round_id: int) -> tuple[int, int]:
    """(complete, all) of a round."""
    complete = case((responses.c.disposition == "complete", 1), else_=0)
    query = select(func.coalesce(func.sum(complete), 0), func.count()).where(
        responses.c.round_id == round_id
    )
    answered, asked = connection.execute(query).one()
    return int(answered), int(asked)


def who_answered(connection: Connection, round_id: int) -> int:
    """How many people answered at least in part."""
    query = select(func.count(responses.c.person_id.distinct())).where(
        responses.c.round_id == round_id, responses.c.disposition.in_(("complete", "partial"))
    )
    found: int = connection.execute(query).scalar_one()
    return found
