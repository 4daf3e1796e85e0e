"""Rosters that were sent to the bot and are not saved. Queries only. Of the list itself nothing is kept: the file stays at the
messenger, and is read again when somebody says that it shall be saved.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, select, update

from bot.store.draft_tables import roster_drafts

State = Literal["sent", "shown", "saving", "writing", "saved"]  # writing: some of it may be saved


@dataclass(frozen=True, slots=True)
class RosterDraft:
    id: int
    chat_id: int
    file_id: str
    file_name: str
    training_id: int | None
    state: str
    digest: str  # of what would change, as it was shown


def keep(
    connection: Connection, chat_id: int, file_id: str, file_name: str, now: datetime
) -> RosterDraft:
    made: int = connection.execute(
        roster_drafts.insert()
        .values(
            chat_id=chat_id, file_id=file_id, file_name=file_name, state="sent", digest="",
            kept_at=now,
        )
        .returning(roster_drafts.c.id)
    ).scalar_one()  # fmt: skip
    return RosterDraft(made, chat_id, file_id, file_name, None, "sent", "")


def of_chat(connection: Connection, draft_id: int, chat_id: int) -> RosterDraft | None:
    """Held until the transaction ends. None: there is none, or it is somebody else's."""
    row = connection.execute(
        select(
            roster_drafts.c.id, roster_drafts.c.chat_id, roster_drafts.c.file_id,
            roster_drafts.c.file_name, roster_drafts.c.training_id, roster_drafts.c.state,
            roster_drafts.c.digest,
        )
        .where(roster_drafts.c.id == draft_id, roster_drafts.c.chat_id == chat_id)
        .with_for_update()
    ).one_or_none()  # fmt: skip
    return None if row is None else RosterDraft(*row)


def aim(connection: Connection, draft_id: int, training_id: int | None) -> None:
    """At a training; what was shown for another one counts no more."""
    _set(connection, draft_id, training_id=training_id, state="sent", digest="")


def show(connection: Connection, draft_id: int, training_id: int | None, digest: str) -> None:
    _set(connection, draft_id, training_id=training_id, state="shown", digest=digest)


def turn(connection: Connection, draft_id: int, state: State) -> None:
    _set(connection, draft_id, state=state)


def drop(connection: Connection, draft_id: int) -> None:
    connection.execute(delete(roster_drafts).where(roster_drafts.c.id == draft_id))


def forget_old(connection: Connection, before: datetime) -> None:
    connection.execute(delete(roster_drafts).where(roster_drafts.c.kept_at < before))


def _set(connection: Connection, draft_id: int, **columns: object) -> None:
    connection.execute(update(roster_drafts).where(roster_drafts.c.id == draft_id).values(columns))
