"""A class while it is on: how many are there, have begun and are done, who is missing, one hour more. One function is one
transaction.

Names only, never an answer; who declined is counted nowhere and named nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import class_opening, staff
from bot.fieldwork.class_view import CLASS_ROUND, ClassView, until_tonight, view_of
from bot.fieldwork.staff import Duty
from bot.store import classes, trainings
from bot.store.classes import LiveCard, Seat
from bot.store.trainings import Training

AN_HOUR = timedelta(hours=1)
LONGEST_DAY = timedelta(hours=16)  # a class that is extended and extended is a mistake


@dataclass(frozen=True, slots=True)
class Missing:
    language: str
    training: Training
    not_connected: tuple[str, ...]
    not_begun: tuple[str, ...]
    not_done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """A live card, and what it would say now."""

    card: LiveCard
    view: ClassView | None  # None: the colleague may no longer see it


def watch(connection: Connection, duty: Duty) -> ClassView:
    """The card is asked for; a class that was over is on again until the end of the day."""
    training, now = duty.training, duty.visit.now
    found = classes.of_training(connection, training.id)
    if found is None or found.open_until <= now:
        until = until_tonight(training, now)
        classes.open_until(connection, training.id, until, by=None, now=now)
    return view_of(connection, training, duty.language, now)


def extend(connection: Connection, duty: Duty) -> ClassView:
    training, now = duty.training, duty.visit.now
    found = classes.of_training(connection, training.id)
    if found is None:
        raise NothingOpen("kelas_tidak_dibuka")
    until = min(max(found.open_until, now) + AN_HOUR, now + LONGEST_DAY)
    if duty.is_first:
        classes.open_until(connection, training.id, until, by=None, now=now)
    return view_of(connection, training, duty.language, now)


def begin_evaluation(connection: Connection, duty: Duty) -> ClassView:
    """The class asks before its last day, or later than planned."""
    if duty.is_first:
        class_opening.open_evaluation(connection, duty, duty.training)
    return view_of(connection, duty.training, duty.language, duty.visit.now)


def missing(connection: Connection, duty: Duty) -> Missing:
    training = duty.training
    seats = classes.seats(connection, training.id, CLASS_ROUND)
    there = [one for one in seats if one.connected and not one.refused]
    return Missing(
        duty.language, training,
        _names(one for one in seats if not one.connected and not one.done),
        _names(one for one in there if not one.begun and not one.done),
        _names(one for one in there if one.begun and not one.done),
    )  # fmt: skip


def watched(connection: Connection, named: staff.Named, now: datetime) -> list[Watched]:
    """Every live card; a colleague who is no longer in charge sees no more."""
    found = []
    for card in classes.cards(connection):
        training = trainings.of_id(connection, card.training_id)
        who = staff.who_is(connection, named, card.chat_id)
        may = training is not None and who is not None and who.has(card.training_id)
        language = staff.language_of(connection, card.chat_id) or "id"
        view = view_of(connection, training, language, now) if training and may else None
        found.append(Watched(card, view))
    return found


def claim_edit(connection: Connection, watched: Watched, shown: str) -> bool:
    """True: it is ours to edit. A card that is over, or not theirs, is edited no more after this."""
    claimed = classes.claim_edit(connection, watched.card, shown)
    if watched.view is None or watched.view.is_over:
        classes.drop_card(connection, watched.card)
    return claimed


def remember_card(
    connection: Connection, training_id: int, chat_id: int, message_id: int, shown: str
) -> None:
    classes.remember_card(connection, training_id, chat_id, message_id, shown)


def _names(seats: Iterable[Seat]) -> tuple[str, ...]:
    return tuple(one.name for one in seats)
