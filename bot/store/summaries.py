"""The weekly summary: one row per ISO week, one per administrator, and what was published before. Queries only.

Whoever inserts the week's row makes it; a crash half-way is taken up again after a while.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.store.result_tables import summaries, summary_deliveries
from bot.store.tables import releases
from bot.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Summary:
    week: str
    claimed_at: datetime
    text: str | None
    picture: bytes | None
    made_at: datetime | None
    workbook: bytes | None


@dataclass(frozen=True, slots=True)
class Delivery:
    week: str
    chat_id: int
    state: str
    attempts: int
    at: datetime


def any_yet(connection: Connection) -> bool:
    return connection.execute(select(summaries.c.week).limit(1)).first() is not None


def claim(connection: Connection, week: str, now: datetime) -> bool:
    claimed = connection.execute(
        insert(connection, summaries)
        .values(week=week, claimed_at=now)
        .on_conflict_do_nothing()
        .returning(summaries.c.week)
    )
    return claimed.first() is not None


def any_after(connection: Connection, week: str) -> bool:
    """ISO weeks are in order as they are written."""
    query = select(summaries.c.week).where(summaries.c.week > week).limit(1)
    return connection.execute(query).first() is not None


def claim_again(connection: Connection, week: str, claimed_before: datetime, now: datetime) -> bool:
    """It was claimed, but never made."""
    changed = connection.execute(
        update(summaries)
        .where(
            summaries.c.week == week,
            summaries.c.made_at.is_(None),
            summaries.c.claimed_at <= claimed_before,
        )
        .values(claimed_at=now)
    )
    return changed.rowcount == 1


def failures(connection: Connection, week: str) -> int:
    query = select(summaries.c.failures).where(summaries.c.week == week)
    found: int = connection.execute(query).scalar_one()
    return found


def note_failure(connection: Connection, week: str, by: int) -> int:
    """How often it has failed by now; `by` is 1, or -1 for one that does not count after all."""
    changed = connection.execute(
        update(summaries)
        .where(summaries.c.week == week)
        .values(failures=summaries.c.failures + by)
        .returning(summaries.c.failures)
    )
    found: int = changed.scalar_one()
    return found


def of_week(connection: Connection, week: str) -> Summary | None:
    row = connection.execute(select(summaries).where(summaries.c.week == week)).one_or_none()
    return None if row is None else _summary(row)


def made(
    connection: Connection, week: str, now: datetime, *, text: str | None = None,
    picture: bytes | None = None, workbook: bytes | None = None,
) -> None:  # fmt: skip
    """Without a text there is nothing to deliver."""
    connection.execute(
        update(summaries)
        .where(summaries.c.week == week)
        .values(text=text, picture=picture, workbook=workbook, made_at=now)
    )


def add_delivery(connection: Connection, week: str, chat_id: int, now: datetime) -> None:
    connection.execute(
        insert(connection, summary_deliveries)
        .values(week=week, chat_id=chat_id, state="planned", at=now)
        .on_conflict_do_nothing()
    )


def claim_delivery(connection: Connection, week: str, chat_id: int, now: datetime) -> bool:
    changed = connection.execute(
        update(summary_deliveries)
        .where(
            summary_deliveries.c.week == week,
            summary_deliveries.c.chat_id == chat_id,
            summary_deliveries.c.state == "planned",
        )
        .values(state="claimed", attempts=summary_deliveries.c.attempts + 1, at=now)
    )
    return changed.rowcount == 1


def give_back_delivery(connection: Connection, week: str, chat_id: int, now: datetime) -> None:
    """Surely not sent: the attempt does not count."""
    connection.execute(
        update(summary_deliveries)
        .where(summary_deliveries.c.week == week, summary_deliveries.c.chat_id == chat_id)
        .values(state="planned", attempts=summary_deliveries.c.attempts - 1, at=now)
    )


def settle_delivery(
    connection: Connection, week: str, chat_id: int, state: str, now: datetime
) -> None:
    connection.execute(
        update(summary_deliveries)
        .where(summary_deliveries.c.week == week, summary_deliveries.c.chat_id == chat_id)
        .values(state=state, at=now)
    )


def deliveries(connection: Connection, week: str) -> list[Delivery]:
    query = select(summary_deliveries).where(summary_deliveries.c.week == week)
    rows = connection.execute(query.order_by(summary_deliveries.c.chat_id))
    return [Delivery(row.week, row.chat_id, row.state, row.attempts, row.at) for row in rows]


def published(connection: Connection) -> str | None:
    """The register of releases, as evaluation wrote it last."""
    return connection.execute(
        select(releases.c.body).where(releases.c.id == 1)
    ).scalar_one_or_none()


def publish(connection: Connection, before: str | None, body: str, now: datetime) -> bool:
    """In the place of `before`. False: another register stands there by now, and nothing was changed."""
    if before is None:
        first = insert(connection, releases).values(id=1, body=body, at=now)
        added = connection.execute(first.on_conflict_do_nothing().returning(releases.c.id))
        return added.first() is not None
    changed = connection.execute(
        update(releases)
        .where(releases.c.id == 1, releases.c.body == before)
        .values(body=body, at=now)
    )
    return changed.rowcount == 1


def _summary(row: Row[Any]) -> Summary:
    return Summary(row.week, row.claimed_at, row.text, row.picture, row.made_at, row.workbook)


def forget(connection: Connection, code: str) -> None:
    """In the register of releases a random word takes the place of the pseudonym: that somebody answered must stay known."""
    _rewritten(connection, None, code, f"x{secrets.token_hex(6)}")


def rename(connection: Connection, training_code: str, former: str, code: str) -> None:
    """The same, in one training, where the answers go on under another pseudonym."""
    _rewritten(connection, training_code, former, code)


def _rewritten(connection: Connection, training_code: str | None, former: str, code: str) -> None:
    row = connection.execute(select(releases.c.id, releases.c.body)).one_or_none()
    if row is None or f'"{former}"' not in row.body:
        return
    register = json.loads(row.body)
    register["responses"] = [
        [training, *(code if word == former else word for word in who)]
        if training_code in {None, training}
        else [training, *who]
        for training, *who in register.get("responses", ())
    ]
    register.pop("judged", None)  # digests of answers too; the analyst judges anew without them
    body = json.dumps(register, ensure_ascii=False, indent=1) + "\n"
    connection.execute(update(releases).where(releases.c.id == row.id).values(body=body))
