"""A class that is on: until when, its live cards, who is there and who is missing. Queries only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select, update

from bot.store.class_tables import class_cards, classes
from bot.store.tables import accounts, enrolments, people, responses, rounds, trainings
from bot.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Class:
    training_id: int
    opened_by: int | None
    open_until: datetime


@dataclass(frozen=True, slots=True)
class LiveCard:
    training_id: int
    chat_id: int
    message_id: int
    shown: str
    open_until: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant and how far they have come in the round of the class."""

    person_id: int
    name: str
    unit: str
    standing: str  # listed, walk_in, extra
    connected: bool
    begun: bool
    done: bool
    refused: bool


def open_until(
    connection: Connection, training_id: int, until: datetime, *, by: int | None, now: datetime
) -> None:
    """Open it, or change until when it is on; who opened it stays."""
    connection.execute(
        insert(connection, classes)
        .values(training_id=training_id, opened_by=by, opened_at=now, open_until=until)
        .on_conflict_do_update(index_elements=["training_id"], set_={"open_until": until})
    )


def of_training(connection: Connection, training_id: int) -> Class | None:
    query = select(classes.c.training_id, classes.c.opened_by, classes.c.open_until).where(
        classes.c.training_id == training_id
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Class(*row)


def last_opened_by(connection: Connection, chat_id: int) -> int | None:
    """The training whose class that colleague opened last."""
    query = (
        select(classes.c.training_id)
        .where(classes.c.opened_by == chat_id)
        .order_by(classes.c.opened_at.desc(), classes.c.training_id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def codes_beginning(connection: Connection, prefix: str) -> frozenset[str]:
    query = select(trainings.c.code).where(trainings.c.code.like(f"{prefix}%"))
    return frozenset(connection.execute(query).scalars())


def describe(connection: Connection, training_id: int, columns: Mapping[str, Any]) -> None:
    connection.execute(update(trainings).where(trainings.c.id == training_id).values(dict(columns)))


def remember_card(
    connection: Connection, training_id: int, chat_id: int, message_id: int, shown: str
) -> None:
    """The newest card of a chat is the one that lives."""
    columns = {"message_id": message_id, "shown": shown}
    connection.execute(
        insert(connection, class_cards)
        .values(training_id=training_id, chat_id=chat_id, **columns)
        .on_conflict_do_update(index_elements=["training_id", "chat_id"], set_=columns)
    )


def cards(connection: Connection) -> list[LiveCard]:
    query = (
        select(
            class_cards.c.training_id, class_cards.c.chat_id, class_cards.c.message_id,
            class_cards.c.shown, classes.c.open_until,
        )
        .join(classes, classes.c.training_id == class_cards.c.training_id)
        .order_by(class_cards.c.training_id, class_cards.c.chat_id)
    )  # fmt: skip
    return [LiveCard(*row) for row in connection.execute(query)]


def is_watched(connection: Connection, training_id: int, now: datetime) -> bool:
    """Whether somebody of the office has the live card of that class before them."""
    query = (
        select(class_cards.c.chat_id)
        .join(classes, classes.c.training_id == class_cards.c.training_id)
        .where(class_cards.c.training_id == training_id, classes.c.open_until > now)
    )
    return connection.execute(query.limit(1)).first() is not None


def claim_edit(connection: Connection, card: LiveCard, shown: str) -> bool:
    """False: another process edits it, or a newer card took its place."""
    changed = connection.execute(
        update(class_cards)
        .where(
            class_cards.c.training_id == card.training_id,
            class_cards.c.chat_id == card.chat_id,
            class_cards.c.message_id == card.message_id,
            class_cards.c.shown == card.shown,
        )
        .values(shown=shown)
    )
    return changed.rowcount == 1


def drop_card(connection: Connection, card: LiveCard) -> None:
    connection.execute(
        class_cards.delete().where(
            class_cards.c.training_id == card.training_id,
            class_cards.c.chat_id == card.chat_id,
            class_cards.c.message_id == card.message_id,
        )
    )


def seats(connection: Connection, training_id: int, kind: str) -> list[Seat]:
    """Every participant with their response of that round, by name."""
    of_class = and_(rounds.c.training_id == enrolments.c.training_id, rounds.c.kind == kind)
    answered = and_(
        responses.c.round_id == rounds.c.id, responses.c.person_id == enrolments.c.person_id
    )
    query = (
        select(
            people.c.id, people.c.name, people.c.unit, enrolments.c.standing, accounts.c.chat_id,
            responses.c.begun_at, responses.c.completed_at, responses.c.disposition,
        )
        .select_from(
            enrolments.join(people, people.c.id == enrolments.c.person_id)
            .outerjoin(accounts, accounts.c.person_id == people.c.id)
            .outerjoin(rounds, of_class)
            .outerjoin(responses, answered)
        )
        .where(
            enrolments.c.training_id == training_id,
            enrolments.c.role == "participant",
            enrolments.c.left_at.is_(None),
        )
        .order_by(people.c.name, people.c.id)
    )  # fmt: skip
    return [
        Seat(
            row.id, row.name, row.unit, row.standing, row.chat_id is not None,
            begun=row.begun_at is not None, done=row.completed_at is not None,
            refused=row.disposition == "refused",
        )
        for row in connection.execute(query)
    ]  # fmt: skip
