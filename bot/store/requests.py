"""What people asked of us under the law, with the clock of each. Queries only.

`remind_at` is when the administrators hear of an open request next; a closed one has none.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.store.rights_tables import requests
from bot.store.tables import people


@dataclass(frozen=True, slots=True)
class Request:
    id: int
    kind: str
    text: str
    asked_at: datetime
    due_at: datetime
    done_at: datetime | None
    outcome: str  # done, refused; "" while open
    person_id: int | None  # None: of nobody any more, as after an erasure


_QUERY = select(
    requests.c.id, requests.c.kind, requests.c.text, requests.c.asked_at, requests.c.due_at,
    requests.c.done_at, requests.c.outcome, people.c.id,
).select_from(requests.outerjoin(people, people.c.code == requests.c.person_code))  # fmt: skip


def ask(
    connection: Connection, person_code: str, kind: str, text: str, now: datetime, *, due: datetime
) -> None:
    connection.execute(
        requests.insert().values(
            person_code=person_code, kind=kind, text=text, asked_at=now, due_at=due, remind_at=now
        )
    )


def note_done(connection: Connection, kind: str, now: datetime) -> None:
    """That a request was fulfilled, without saying whose it was."""
    connection.execute(
        requests.insert().values(
            person_code="", kind=kind, text="", asked_at=now, due_at=now, done_at=now,
            outcome="done",
        )
    )  # fmt: skip


def of_id(connection: Connection, request_id: int) -> Request | None:
    row = connection.execute(_QUERY.where(requests.c.id == request_id)).one_or_none()
    return None if row is None else Request(*row)


def open_ones(connection: Connection, limit: int) -> list[Request]:
    """Those that run out first."""
    query = _QUERY.where(requests.c.done_at.is_(None))
    rows = connection.execute(query.order_by(requests.c.due_at, requests.c.id).limit(limit))
    return [Request(*row) for row in rows]


def to_tell(connection: Connection, now: datetime) -> list[Request]:
    return [Request(*row) for row in connection.execute(_QUERY.where(requests.c.remind_at <= now))]


def tell_again(connection: Connection, request_id: int, at: datetime) -> None:
    connection.execute(update(requests).where(requests.c.id == request_id).values(remind_at=at))


def close(connection: Connection, request_id: int, outcome: str, *, by: int, now: datetime) -> bool:
    """False: somebody was first."""
    closed = connection.execute(
        update(requests)
        .where(requests.c.id == request_id, requests.c.done_at.is_(None))
        .values(done_at=now, outcome=outcome, closed_by=by, remind_at=None)
        .returning(requests.c.id)
    )
    return closed.first() is not None


def next_due(connection: Connection) -> datetime | None:
    found: datetime | None = connection.execute(select(func.min(requests.c.remind_at))).scalar_one()
    return found
