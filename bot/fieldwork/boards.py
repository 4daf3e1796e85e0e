"""How the sending of a round's invitations goes, on the message of whoever confirmed it; pausing, going on, stopping.

The counts are read from the contacts, so a restart in the middle loses nothing. What is paused stays planned; what is
stopped is not invited, unless somebody reminds them by hand. One function is one transaction; nothing is sent here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork import staff
from bot.fieldwork.ledger import round_of
from bot.fieldwork.staff import Duty
from bot.fieldwork.timetables import training_of
from bot.store import contacts as stored_contacts
from bot.store import ledger, round_changes, rounds
from bot.store.contacts import Contact
from bot.store.rounds import Round
from bot.store.trainings import CAME_BY_THEMSELVES, Training

State = Literal["sending", "waiting", "paused", "stopped", "done"]


@dataclass(frozen=True, slots=True)
class Board:
    round_id: int
    training_id: int
    kind: str
    title: str
    chat_id: int
    message_id: int
    language: str
    state: State
    all: int
    sent: int
    failed: int  # blocked, gone, or refused by Telegram
    needless: int  # answered before, or asked for no messages
    left: int
    stopped: int
    too_late: int  # the round closed before it was their turn
    next_at: datetime | None  # in the training's zone

    @property
    def shown(self) -> str:
        """The same as long as the message would read the same."""
        at = f"{self.next_at:%d%H%M}" if self.next_at else ""
        counts = (self.sent, self.failed, self.needless, self.left, self.stopped, self.too_late)
        return ":".join([self.state, *(str(count) for count in counts), at])

    @property
    def is_last(self) -> bool:
        return self.state in {"done", "stopped"}


def to_show(connection: Connection, now: datetime) -> list[Board]:
    """Those whose message does not say yet how it is."""
    boards = [_of_round(connection, one, now) for one in rounds.with_board(connection)]
    before = {one.id: one.board_shown for one in rounds.with_board(connection)}
    return [board for board in boards if board.shown != before[board.round_id]]


def note_shown(connection: Connection, board: Board) -> None:
    rounds.board_shows(connection, board.round_id, board.shown, last=board.is_last)


def pause(connection: Connection, duty: Duty, round_id: int) -> Board:
    found = round_of(connection, duty, round_id)
    changed = duty.is_first and round_changes.pause(connection, found.id, duty.visit.now)
    return _after(connection, duty, round_id, changed=changed)


def resume(connection: Connection, duty: Duty, round_id: int) -> Board:
    found = round_of(connection, duty, round_id)
    changed = duty.is_first and round_changes.resume(connection, found.id)
    return _after(connection, duty, round_id, changed=changed)


def stop(connection: Connection, duty: Duty, round_id: int) -> Board:
    """For those who were not written to yet; reminders of the others go on."""
    found = round_of(connection, duty, round_id)
    changed = False
    if duty.is_first:
        changed = round_changes.stop_sending(connection, found.id) > 0
        round_changes.resume(connection, found.id)
    return _after(connection, duty, round_id, changed=changed)


def _after(connection: Connection, duty: Duty, round_id: int, *, changed: bool) -> Board:
    if not changed:
        duty.noted["outcome"] = "unchanged"
    found = round_of(connection, duty, round_id)
    return _board(connection, found, duty.training, duty.visit.now, duty.language)


def _of_round(connection: Connection, found: Round, now: datetime) -> Board:
    training = training_of(connection, found.training_id)
    language = staff.language_of(connection, found.triggered_by or 0) or "id"
    return _board(connection, found, training, now, language)


def _board(
    connection: Connection, found: Round, training: Training, now: datetime, language: str
) -> Board:
    invitations = [
        contact
        for of_person in ledger.contacts_of(connection, found.id).values()
        for contact in of_person
        if contact.step == 0 and contact.note != CAME_BY_THEMSELVES
    ]
    left = [one for one in invitations if one.state in stored_contacts.LIVE]
    stopped = sum(
        one.state == "cancelled" and one.note == round_changes.STOPPED_NOTE for one in invitations
    )
    sent = sum(one.state in stored_contacts.DELIVERED for one in invitations)
    failed = sum(_failed(one) for one in invitations)
    too_late = sum(_too_late(one) for one in invitations)
    next_at = min((one.due_at for one in left), default=None)
    return Board(
        found.id, training.id, found.kind, training.full_title, found.triggered_by or 0,
        found.board_message_id or 0, language, _state(found, left, stopped, now),
        len(invitations), sent, failed,
        len(invitations) - sent - failed - len(left) - stopped - too_late,
        len(left), stopped, too_late,
        next_at.astimezone(ZoneInfo(training.zone)) if next_at and next_at > now else None,
    )  # fmt: skip


def _state(found: Round, left: Sequence[Contact], stopped: int, now: datetime) -> State:
    if found.paused_at is not None and found.state == "open":
        return "paused"  # also when all are invited: reminders wait
    if not left:
        return "stopped" if stopped else "done"
    waits = all(one.state == "planned" and one.due_at > now for one in left)
    return "waiting" if waits else "sending"


def _failed(contact: Contact) -> bool:
    return contact.state in {"unreachable", "refused"} or (
        contact.state == "cancelled" and contact.note == "blocked"
    )


def _too_late(contact: Contact) -> bool:
    return contact.state == "cancelled" and (
        contact.note == round_changes.CLOSED_NOTE or contact.note.endswith(round_changes.TOO_LATE)
    )
