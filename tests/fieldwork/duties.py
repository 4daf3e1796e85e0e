"""Duties as an event of the office gets them: somebody who may do it, in the training it is about."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.permits import Staff
from bot.fieldwork.staff import Duty, StaffVisit
from bot.store import trainings
from tests.fieldwork.office import STUDY

WHO = Staff(501, "coordinator", all_trainings=True)


def duty_at(
    connection: Connection, training_id: int | None, now: datetime, staff: Staff = WHO
) -> Duty:
    about = trainings.of_id(connection, training_id) if training_id else None
    return Duty(StaffVisit(STUDY, 501, 1, now), staff, "id", is_first=True, about=about)


def own_only(training_id: int) -> Staff:
    return replace(WHO, all_trainings=False, trainings=frozenset({training_id}))
