"""Who rates an alumnus, and whether the office must confirm it first. Queries only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.store.tables import enrolments, people, responses, rounds


@dataclass(frozen=True, slots=True)
class Unsure:
    """An alumnus who moved, and the superior on the list until then."""

    alumnus_id: int
    alumnus: str
    unit: str
    superior_id: int
    superior: str


def doubt(connection: Connection, training_id: int, alumnus_id: int, now: datetime) -> bool:
    """False: nobody rates that alumnus, or it waits to be confirmed already."""
    changed = connection.execute(
        update(enrolments)
        .where(
            enrolments.c.training_id == training_id,
            enrolments.c.about_id == alumnus_id,
            enrolments.c.role == "superior",
            enrolments.c.left_at.is_(None),
            enrolments.c.unsure_since.is_(None),
        )
        .values(unsure_since=now)
    )
    return changed.rowcount > 0


def confirm(connection: Connection, training_id: int, alumnus_id: int) -> None:
    connection.execute(
        update(enrolments)
        .where(enrolments.c.training_id == training_id, enrolments.c.about_id == alumnus_id)
        .values(unsure_since=None)
    )


def unsure(connection: Connection, training_id: int) -> list[Unsure]:
    """In the order in which they came up."""
    about = people.alias("about")
    query = (
        select(about.c.id, about.c.name, about.c.unit, people.c.id, people.c.name)
        .select_from(
            enrolments.join(people, enrolments.c.person_id == people.c.id).join(
                about, enrolments.c.about_id == about.c.id
            )
        )
        .where(
            enrolments.c.training_id == training_id,
            enrolments.c.left_at.is_(None),
            enrolments.c.unsure_since.is_not(None),
        )
        .order_by(enrolments.c.unsure_since, enrolments.c.id)
    )
    return [Unsure(*row) for row in connection.execute(query)]


def has_peers(connection: Connection, training_id: int) -> bool:
    query = select(enrolments.c.id).where(
        enrolments.c.training_id == training_id,
        enrolments.c.role == "peer",
        enrolments.c.left_at.is_(None),
    )
    return connection.execute(query.limit(1)).first() is not None


def withdraw_unbegun(
    connection: Connection, training_id: int, pairs: Collection[tuple[int, int]]
) -> None:
    """What was issued to (superior or peer, about alumnus) and nobody has begun; so it is not asked, and counts in no rate."""
    if not pairs:
        return
    of_training = select(rounds.c.id).where(rounds.c.training_id == training_id)
    connection.execute(
        responses.delete().where(
            responses.c.round_id.in_(of_training),
            responses.c.person_id == bindparam("rater"),
            responses.c.about_id == bindparam("alumnus"),
            responses.c.begun_at.is_(None),
            responses.c.settled_at.is_(None),
        ),
        [{"rater": rater, "alumnus": alumnus} for rater, alumnus in sorted(pairs)],
    )
