"""What the coordinator sees of the trainings. One function is one transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork.staff import Duty
from bot.store import trainings
from bot.store.trainings import Progress, Training

LISTED = 5  # trainings in one message
RoundView = Progress  # by this name the chat knows it


@dataclass(frozen=True, slots=True)
class TrainingView:
    id: int
    title: str
    ended_on: date
    zone: str
    participants: int
    connected: int
    superiors: int
    superiors_connected: int
    rounds: tuple[RoundView, ...]
    peers: int = 0

    def day(self, moment: datetime | None) -> date | str:
        """In the zone of the training."""
        return "" if moment is None else moment.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class StaffPage:
    language: str
    trainings: tuple[TrainingView, ...]
    page: int = 1  # of a list that is longer than a message
    pages: int = 1


def overview(connection: Connection, duty: Duty, page: int = 1) -> StaffPage:
    """The newest first; a page that there is not is the nearest one."""
    only = seen_by(duty)
    pages = max(1, -(-trainings.how_many(connection, only) // LISTED))
    page = min(max(1, page), pages)
    listed = trainings.newest(connection, LISTED, only=only, after=(page - 1) * LISTED)
    return StaffPage(duty.language, tuple(view(connection, one) for one in listed), page, pages)


def details(connection: Connection, duty: Duty) -> StaffPage:
    return StaffPage(duty.language, (view(connection, duty.training),))


def show_class_link(connection: Connection, duty: Duty) -> StaffPage:
    return StaffPage(duty.language, (view(connection, duty.training),))


def seen_by(duty: Duty) -> frozenset[int] | None:
    """None: all of them."""
    return None if duty.staff.all_trainings else duty.staff.trainings


def view(connection: Connection, training: Training) -> TrainingView:
    enrolled = trainings.enrolled(connection, training.id)
    participants = [one for one in enrolled if one.role == "participant"]
    superiors = {one.person_id: one for one in enrolled if one.role == "superior"}
    return TrainingView(
        training.id, training.full_title, training.ends_on, training.zone,
        len(participants), sum(one.connected for one in participants),
        len(superiors), sum(one.connected for one in superiors.values()),
        tuple(trainings.progress(connection, training.id)),
        len({one.person_id for one in enrolled if one.role == "peer"}),
    )  # fmt: skip
