"""A class in numbers, as its live card shows it. Reads only: numbers, no name and no answer."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.store import classes
from bot.store import rounds as stored_rounds
from bot.store.trainings import Training

CLASS_ROUND = "post_training"  # what a class answers before it leaves
ENDS_AT = time(16, 30)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClassView:
    """The live card, in numbers."""

    language: str
    training: Training
    open_until: datetime  # in the training's zone
    is_over: bool
    is_asked: bool  # its evaluation is open
    listed: int
    connected: int  # of those listed
    begun: int
    done: int
    walk_ins: int  # not on the list, waiting to be matched


def view_of(connection: Connection, training: Training, language: str, now: datetime) -> ClassView:
    seats = classes.seats(connection, training.id, CLASS_ROUND)
    listed = [one for one in seats if one.standing != "walk_in"]
    found = classes.of_training(connection, training.id)
    until = found.open_until if found else until_tonight(training, now)
    asked = stored_rounds.of_kind(connection, training.id, CLASS_ROUND)
    return ClassView(
        language, training, until.astimezone(ZoneInfo(training.zone)), until <= now,
        asked is not None and asked.state == "open",
        listed=len(listed), connected=sum(one.connected for one in listed),
        begun=sum(one.begun for one in seats), done=sum(one.done for one in seats),
        walk_ins=len(seats) - len(listed),
    )  # fmt: skip


def until_tonight(training: Training, now: datetime) -> datetime:
    """Until the end of the class day; when that is past or near, an hour from now."""
    local = now.astimezone(ZoneInfo(training.zone))
    ending = datetime.combine(local.date(), ENDS_AT, tzinfo=local.tzinfo)
    return max(ending, (local + _HOUR).replace(second=0, microsecond=0))
