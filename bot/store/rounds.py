"""Rounds: planned, opened once, closed once. Queries only; what follows from opening is fieldwork's business."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, bindparam, case, func, select, update

from bot.store.moments import UtcDateTime
from bot.store.tables import questionnaires, responses, rounds
from bot.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Round:
    id: int
    training_id: int
    kind: str
    questionnaire_id: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    triggered_by: int | None  # who confirmed it; None when the plan opens it
    confirmed_at: datetime | None = None
    board_message_id: int | None = None  # in the chat of `triggered_by`
    board_shown: str = ""
    paused_at: datetime | None = None
    extended_by: int = 0  # working days

    @property
    def state(self) -> str:
        if self.closed_at is not None:
            return "closed"
        return "planned" if self.opened_at is None else "open"


def plan(
    connection: Connection,
    training_id: int,
    kind: str,
    opens_at: datetime,
    closes_at: datetime,
    *,
    anew: bool = True,
) -> int:
    """Plan it; `anew` also when it was planned before, unless it is open or a coordinator confirmed it."""
    planned = insert(connection, rounds).values(
        training_id=training_id, kind=kind, opens_at=opens_at, closes_at=closes_at
    )
    unopened = (
        rounds.c.opened_at.is_(None)
        & rounds.c.closed_at.is_(None)
        & rounds.c.confirmed_at.is_(None)
    )
    again = planned.on_conflict_do_update(
        index_elements=["training_id", "kind"],
        set_={"opens_at": opens_at, "closes_at": closes_at},
        where=unopened,
    )
    connection.execute(again if anew else planned.on_conflict_do_nothing())
    query = select(rounds.c.id).where(rounds.c.training_id == training_id, rounds.c.kind == kind)
    found: int = connection.execute(query).scalar_one()
    return found


def plan_anew(
    connection: Connection, round_id: int, opens_at: datetime, closes_at: datetime
) -> None:
    """Also one that was given up unopened; an opened one stays as it is."""
    connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.opened_at.is_(None))
        .values(opens_at=opens_at, closes_at=closes_at, closed_at=None)
    )


def confirm(
    connection: Connection,
    round_id: int,
    *,
    opens_at: datetime,
    closes_at: datetime,
    by: int,
    board_message_id: int | None,
    now: datetime,
) -> bool:
    """A coordinator has it open then, whatever the plan says. False: somebody confirmed or opened it first."""
    still_planned = case((rounds.c.closed_at.is_(None), rounds.c.opens_at), else_=None)
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.opened_at.is_(None))
        .where(rounds.c.confirmed_at.is_(None))
        .values(
            opens_at=opens_at, closes_at=closes_at, closed_at=None, confirmed_at=now,
            planned_opens_at=still_planned, triggered_by=by, board_message_id=board_message_id,
        )
    )  # fmt: skip
    return changed.rowcount == 1


def take_back(connection: Connection, round_id: int, now: datetime) -> bool:
    """As the plan had it; without a plan that lies ahead it is given up unopened. False: it is open, or was not confirmed."""
    ahead = rounds.c.planned_opens_at > now
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.opened_at.is_(None))
        .where(rounds.c.confirmed_at.is_not(None))
        .values(
            opens_at=case((ahead, rounds.c.planned_opens_at), else_=rounds.c.opens_at),
            closed_at=case((ahead, None), else_=bindparam("given_up", now, UtcDateTime)),
            confirmed_at=None, planned_opens_at=None, triggered_by=None, board_message_id=None,
        )
    )  # fmt: skip
    return changed.rowcount == 1


def of_id(connection: Connection, round_id: int) -> Round | None:
    row = connection.execute(select(rounds).where(rounds.c.id == round_id)).one_or_none()
    return None if row is None else _round(row)


def of_kind(connection: Connection, training_id: int, kind: str) -> Round | None:
    query = select(rounds).where(rounds.c.training_id == training_id, rounds.c.kind == kind)
    row = connection.execute(query).one_or_none()
    return None if row is None else _round(row)


def of_training(connection: Connection, training_id: int) -> list[Round]:
    query = select(rounds).where(rounds.c.training_id == training_id)
    return [_round(row) for row in connection.execute(query.order_by(rounds.c.id))]


def open_ones(connection: Connection, training_id: int, now: datetime) -> list[Round]:
    query = select(rounds).where(
        rounds.c.training_id == training_id,
        rounds.c.opened_at.is_not(None),
        rounds.c.closed_at.is_(None),
        rounds.c.closes_at > now,
    )
    return [_round(row) for row in connection.execute(query.order_by(rounds.c.id))]


def open_with(connection: Connection, questionnaire: str) -> int:
    """How many rounds, in any version of that questionnaire, are open."""
    query = (
        select(func.count())
        .join_from(rounds, questionnaires)
        .where(
            questionnaires.c.name == questionnaire,
            rounds.c.opened_at.is_not(None),
            rounds.c.closed_at.is_(None),
        )
    )
    found: int = connection.execute(query).scalar_one()
    return found


def due_to_open(connection: Connection, now: datetime) -> list[int]:
    query = select(rounds.c.id).where(
        rounds.c.opened_at.is_(None), rounds.c.closed_at.is_(None), rounds.c.opens_at <= now
    )
    return list(connection.execute(query.order_by(rounds.c.opens_at, rounds.c.id)).scalars())


def due_to_close(connection: Connection, now: datetime) -> list[int]:
    query = select(rounds.c.id).where(
        rounds.c.opened_at.is_not(None),
        rounds.c.closed_at.is_(None),
        rounds.c.closes_at <= now,
        rounds.c.close_again_at.is_(None) | (rounds.c.close_again_at <= now),
    )
    return list(connection.execute(query.order_by(rounds.c.closes_at, rounds.c.id)).scalars())


def open_once(
    connection: Connection,
    round_id: int,
    *,
    questionnaire_id: int,
    closes_at: datetime,
    now: datetime,
    triggered_by: int | None,
) -> bool:
    """False: somebody else opened it first."""
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.opened_at.is_(None), rounds.c.closed_at.is_(None))
        .values(
            opened_at=now, closes_at=closes_at, questionnaire_id=questionnaire_id,
            triggered_by=func.coalesce(bindparam("by", triggered_by, BigInteger), rounds.c.triggered_by),
        )
    )  # fmt: skip
    return changed.rowcount == 1


def close_once(connection: Connection, round_id: int, now: datetime) -> bool:
    changed = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.closed_at.is_(None))
        .values(closed_at=now)
    )
    return changed.rowcount == 1


def push_opening(connection: Connection, round_id: int, until: datetime) -> None:
    connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id, rounds.c.opened_at.is_(None))
        .values(opens_at=until)
    )


def note_close_failure(connection: Connection, round_id: int) -> int:
    """How often it could not be closed by now."""
    failures: int = connection.execute(
        update(rounds)
        .where(rounds.c.id == round_id)
        .values(close_failures=rounds.c.close_failures + 1)
        .returning(rounds.c.close_failures)
    ).scalar_one()
    return failures


def forget_close_failures(connection: Connection, round_id: int) -> None:
    connection.execute(update(rounds).where(rounds.c.id == round_id).values(close_failures=0))


def push_closing(connection: Connection, round_id: int, until: datetime) -> None:
    connection.execute(update(rounds).where(rounds.c.id == round_id).values(close_again_at=until))


def with_board(connection: Connection) -> list[Round]:
    """Opened ones in whose confirmation somebody watches the sending."""
    query = select(rounds).where(
        rounds.c.board_message_id.is_not(None), rounds.c.opened_at.is_not(None)
    )
    return [_round(row) for row in connection.execute(query.order_by(rounds.c.id))]


def board_shows(connection: Connection, round_id: int, shown: str, *, last: bool) -> None:
    """`last`: nothing will change there any more."""
    values: dict[str, Any] = {"board_shown": shown}
    if last:
        values["board_message_id"] = None
    connection.execute(update(rounds).where(rounds.c.id == round_id).values(values))


def unsettled(connection: Connection, round_id: int, limit: int) -> list[tuple[int, int]]:
    """(response, person), the oldest first."""
    query = (
        select(responses.c.id, responses.c.person_id)
        .where(responses.c.round_id == round_id, responses.c.settled_at.is_(None))
        .order_by(responses.c.id)
        .limit(limit)
    )
    return [(row.id, row.person_id) for row in connection.execute(query)]


def next_moment(connection: Connection) -> datetime | None:
    """The earliest opening or closing that lies ahead or is due."""
    opening = select(func.min(rounds.c.opens_at)).where(
        rounds.c.opened_at.is_(None), rounds.c.closed_at.is_(None)
    )
    next_try = func.coalesce(rounds.c.close_again_at, rounds.c.closes_at)
    closing = select(func.min(next_try)).where(
        rounds.c.opened_at.is_not(None), rounds.c.closed_at.is_(None)
    )
    found = [connection.execute(query).scalar_one() for query in (opening, closing)]
    return min((moment for moment in found if moment is not None), default=None)


def _round(row: Row[Any]) -> Round:
    return Round(
        row.id, row.training_id, row.kind, row.questionnaire_id, row.opens_at, row.closes_at,
        row.opened_at, row.closed_at, row.triggered_by, row.confirmed_at, row.board_message_id,
        row.board_shown, row.paused_at, row.extended_by,
    )  # fmt: skip
