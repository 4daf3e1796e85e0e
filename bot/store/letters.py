"""The surat pengantar of a training: its number and date, which superiors are shown. Queries only."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from bot.store.tables import enrolments, letters
from bot.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Letter:
    number: str
    dated_on: date


_LETTER = select(letters.c.number, letters.c.dated_on)


def of_training(connection: Connection, training_id: int) -> Letter | None:
    row = connection.execute(_LETTER.where(letters.c.training_id == training_id)).one_or_none()
    return None if row is None else Letter(*row)


def of_rater(connection: Connection, person_id: int) -> Letter | None:
    """The latest that went to this superior or peer."""
    row = connection.execute(
        _LETTER.join(enrolments, enrolments.c.training_id == letters.c.training_id)
        .where(
            enrolments.c.person_id == person_id,
            enrolments.c.role != "participant",
            enrolments.c.left_at.is_(None),
        )
        .order_by(letters.c.dated_on.desc(), letters.c.training_id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Letter(*row)


def keep(connection: Connection, training_id: int, letter: Letter) -> None:
    """In the place of the one before it."""
    values = {"number": letter.number, "dated_on": letter.dated_on}
    connection.execute(
        insert(connection, letters)
        .values(training_id=training_id, **values)
        .on_conflict_do_update(index_elements=["training_id"], set_=values)
    )
