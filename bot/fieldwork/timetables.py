"""Which timetable holds for a round of a training: the plan, the last class day, the zone, the calendar."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.errors import NothingOpen, StudyPlanError
from bot.fieldwork.calendar import calendar_of
from bot.store import rounds, trainings
from bot.store.rounds import Round
from bot.store.trainings import Training
from bot.survey.schedule import Timetable
from bot.survey.study import RoundPlan, Study


def timetable(
    study: Study,
    training: Training,
    kind: str,
    now: datetime,
    zone: str | None = None,
    *,
    extended_by: int = 0,
) -> Timetable:
    """A round that is extended has its last call and its closing so many working days later."""
    plan = plan_of(study, kind)
    if extended_by:
        plan = replace(
            plan, last_call=plan.last_call + extended_by, closes=plan.closes + extended_by
        )
    year = max(now.year, training.ends_on.year)
    return Timetable(plan, training.ends_on, zone or training.zone, calendar_of(study, year))


def plan_of(study: Study, kind: str) -> RoundPlan:
    plan = study.rounds.get(kind)
    if plan is None:
        raise StudyPlanError(
            f"study.toml has no [rounds.{kind}], but a training has that round. Put it back."
        )
    return plan


def round_and_training(connection: Connection, round_id: int) -> tuple[Round, Training]:
    found = rounds.of_id(connection, round_id)
    training = found and trainings.of_id(connection, found.training_id)
    if not found or not training:
        raise NothingOpen("putaran_tidak_ada")
    return found, training


def training_of(connection: Connection, training_id: int) -> Training:
    training = trainings.of_id(connection, training_id)
    if training is None:
        raise NothingOpen("pelatihan_tidak_ada")
    return training
