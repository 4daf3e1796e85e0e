"""What those who answered are told of the results, written by staff for one round. Queries only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.store.result_tables import result_news
from bot.store.upsert import insert


@dataclass(frozen=True, slots=True)
class News:
    finding: str
    barrier: str
    plan: str
    approved_at: datetime | None


def of_round(connection: Connection, round_id: int) -> News | None:
    query = select(result_news).where(result_news.c.round_id == round_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else News(row.finding, row.barrier, row.plan, row.approved_at)


def write(connection: Connection, round_id: int, news: News, by: int, now: datetime) -> None:
    """Anew as long as it is not approved."""
    values = {
        "finding": news.finding, "barrier": news.barrier, "plan": news.plan, "written_by": by,
        "written_at": now,
    }  # fmt: skip
    connection.execute(
        insert(connection, result_news)
        .values(round_id=round_id, **values)
        .on_conflict_do_update(
            index_elements=["round_id"], set_=values, where=result_news.c.approved_at.is_(None)
        )
    )


def approve(connection: Connection, round_id: int, now: datetime) -> bool:
    """False: nothing is written, or it went out before."""
    changed = connection.execute(
        update(result_news)
        .where(result_news.c.round_id == round_id, result_news.c.approved_at.is_(None))
        .values(approved_at=now)
    )
    return changed.rowcount == 1


def drop(connection: Connection, round_id: int) -> None:
    connection.execute(
        delete(result_news).where(
            result_news.c.round_id == round_id, result_news.c.approved_at.is_(None)
        )
    )
