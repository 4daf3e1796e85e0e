"""What the administrators are told of the bot's own troubles, once each: a round that cannot be closed, a
summary that cannot be made, updates set aside.

One function is one transaction; nothing is sent here, and nothing of an update's content is kept or told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.fieldwork.timetables import round_and_training
from bot.store import accounts, rounds, summaries, updates

FIRST_PAUSE, LONGEST_PAUSE = timedelta(hours=1), timedelta(days=1)
SUMMARY_LEASE = timedelta(minutes=10)  # who makes one for longer has died over it
TOLD_AFTER = 2


@dataclass(frozen=True, slots=True)
class NotClosed:
    kind: str
    title: str


def closing_failed(connection: Connection, round_id: int, now: datetime) -> NotClosed | None:
    """It is tried again after an hour, then after twice as long each time. What to tell; None: they know."""
    failures = rounds.note_close_failure(connection, round_id)
    pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    rounds.push_closing(connection, round_id, now + pause)
    if failures > 1:
        return None
    found, training = round_and_training(connection, round_id)
    return NotClosed(found.kind, training.title)


def summary_failed(connection: Connection, week: str) -> bool:
    """Whether to tell: a first failure may be one busy machine, the second is not. It is tried again ever more seldom."""
    return summaries.note_failure(connection, week, 1) == TOLD_AFTER


def summary_pause(failures: int) -> timedelta:
    """Between taking a summary up and taking it up again, when it was not made."""
    doubled: int = 1 << min(max(failures - 1, 0), 10)
    return min(SUMMARY_LEASE * doubled, LONGEST_PAUSE)


def summary_not_told_after_all(connection: Connection, week: str) -> None:
    """Telegram took it from nobody: the next failure is the second again."""
    summaries.note_failure(connection, week, -1)


def not_told_after_all(connection: Connection, round_id: int) -> None:
    """Telegram took it from nobody: the next failure is the first again."""
    rounds.forget_close_failures(connection, round_id)


def newly_set_aside(connection: Connection, now: datetime) -> int:
    """Those of that moment, until `told_set_aside` of the same moment."""
    return updates.untold(connection, now)


def told_set_aside(connection: Connection, now: datetime) -> None:
    updates.note_told(connection, now)


def language_of(connection: Connection, chat_id: int) -> str:
    account = accounts.of_chat(connection, chat_id)
    return account.language if account else "id"
