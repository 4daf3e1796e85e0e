"""What the coordinator sees of the trainings, and the follow-up round they trigger. One function is one transaction."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork import issuing, rounds
from bot.fieldwork.contact_case import ToSend
from bot.fieldwork.staff import Duty, StaffVisit
from bot.fieldwork.timetables import plan_of, timetable
from bot.store import questionnaires, trainings
from bot.store import rounds as stored_rounds
from bot.store.trainings import Progress, Training
from bot.survey.progress import remaining
from bot.survey.record import Response
from bot.survey.schedule import Timetable, closes_at, due_at, may_write, opening_on, steps
from bot.survey.study import Study

FOLLOW_UP = "followup_alumni"  # the round that /tindaklanjut triggers
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

    def day(self, moment: datetime | None) -> date | str:
        """In the zone of the training."""
        return "" if moment is None else moment.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class StaffPage:
    language: str
    trainings: tuple[TrainingView, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """To how many it goes, who gets nothing and why, when, and what the text will be filled with."""

    language: str
    training: TrainingView
    ended: bool  # a follow-up makes sense only after the last class day
    already_open: bool
    to_send: int
    not_connected: tuple[str, ...]
    blocked: int
    opted_out: int
    first_at: datetime  # in the training's zone
    reminders: tuple[date, ...]
    last_call: date
    closes_on: date
    superiors_open_on: date | None
    superior_pairs: int
    sample: ToSend


@dataclass(frozen=True, slots=True)
class Triggered:
    preview: Preview
    opened: bool  # False: it was open before, nothing was changed


def overview(connection: Connection, duty: Duty) -> StaffPage:
    listed = trainings.newest(connection, LISTED, only=_seen_by(duty))
    return StaffPage(duty.language, tuple(_view(connection, one) for one in listed))


def followable(connection: Connection, duty: Duty) -> StaffPage:
    """The trainings that are over and whose follow-up has not been opened."""
    listed = [
        training
        for training in trainings.newest(connection, LISTED, only=_seen_by(duty))
        if _is_over(training, duty.visit.now) and not _is_open(connection, training.id)
    ]
    return StaffPage(duty.language, tuple(_view(connection, one) for one in listed))


def details(connection: Connection, duty: Duty) -> StaffPage:
    return StaffPage(duty.language, (_view(connection, duty.training),))


def show_class_link(connection: Connection, duty: Duty) -> StaffPage:
    return StaffPage(duty.language, (_view(connection, duty.training),))


def preview(connection: Connection, duty: Duty) -> Preview:
    return _preview(connection, duty, duty.training)


def cancel_follow_up(_connection: Connection, duty: Duty) -> StaffPage:
    """Nothing was begun, so there is nothing to undo; that it was cancelled is noted."""
    return StaffPage(duty.language, ())


def trigger_follow_up(connection: Connection, duty: Duty) -> Triggered:
    """The state decides: a second tap, or a second coordinator, opens nothing twice."""
    visit, training = duty.visit, duty.training
    shown = _preview(connection, duty, training)
    if not duty.is_first or not shown.ended or shown.already_open:
        duty.noted["outcome"] = "unchanged"
        return Triggered(shown, opened=not duty.is_first and shown.already_open)
    opened = rounds.trigger(
        connection, visit.study, training.id, FOLLOW_UP, by=visit.chat_id, now=visit.now
    )
    if opened is None:
        duty.noted["outcome"] = "unchanged"
    return Triggered(shown, opened is not None)


def _seen_by(duty: Duty) -> frozenset[int] | None:
    """None: all of them."""
    return None if duty.staff.all_trainings else duty.staff.trainings


def _view(connection: Connection, training: Training) -> TrainingView:
    enrolled = trainings.enrolled(connection, training.id)
    participants = [one for one in enrolled if one.role == "participant"]
    superiors = {one.person_id: one for one in enrolled if one.role == "superior"}
    return TrainingView(
        training.id, training.full_title, training.ends_on, training.zone,
        len(participants), sum(one.connected for one in participants),
        len(superiors), sum(one.connected for one in superiors.values()),
        tuple(trainings.progress(connection, training.id)),
    )  # fmt: skip


def _preview(connection: Connection, duty: Duty, training: Training) -> Preview:
    visit = duty.visit
    study, now = visit.study, visit.now
    table = timetable(study, training, FOLLOW_UP, now)
    first_at = may_write(table, now)
    enrolled = trainings.enrolled(connection, training.id, "participant")
    reachable = [one for one in enrolled if one.connected and not one.opted_out and not one.blocked]
    name = reachable[0].name if reachable else "..."
    closes_on = _local(closes_at(table, first_at), table)
    days = [_local(due_at(table, step, first_at), table) for step in steps(table.plan)]
    return Preview(
        language=duty.language,
        training=_view(connection, training),
        ended=_is_over(training, now),
        already_open=_is_open(connection, training.id),
        to_send=len(reachable),
        not_connected=tuple(one.name for one in enrolled if not one.connected),
        blocked=sum(one.blocked and not one.opted_out for one in enrolled if one.connected),
        opted_out=sum(one.opted_out for one in enrolled if one.connected),
        first_at=first_at.astimezone(ZoneInfo(training.zone)),
        reminders=tuple(days[1:-1]),
        last_call=days[-1],
        closes_on=closes_on,
        superiors_open_on=_superiors_open_on(study, training, first_at),
        superior_pairs=_pairs(connection, study, training),
        sample=_sample(connection, visit, training, name, closes_on),
    )


def _sample(
    connection: Connection, visit: StaffVisit, training: Training, name: str, closes_on: date
) -> ToSend:
    """The invitation as one of them will read it."""
    return ToSend(
        contact_id=0, chat_id=0, language="id", round_id=0, round_kind=FOLLOW_UP, step=0,
        is_invitation=True, is_last=False, half_done=False,
        name=name, training_title=training.full_title, ended_on=training.ends_on,
        closes_on=closes_on, items_left=0, seconds_left=_seconds(connection, visit), alumni=0,
    )  # fmt: skip


def _seconds(connection: Connection, visit: StaffVisit) -> int:
    """Of what is asked in any case: branches open while one answers."""
    newest = questionnaires.newest(connection, plan_of(visit.study, FOLLOW_UP).questionnaire)
    if newest is None:
        return 0
    questionnaire = questionnaires.of_id(connection, newest)
    untouched = Response(id=0, questionnaire=questionnaire.name, version=questionnaire.version)
    return remaining(
        questionnaire, untouched, visit.now, seconds_per_tap=visit.study.seconds_per_tap,
        seconds_per_text=visit.study.seconds_per_text,
    ).seconds  # fmt: skip


def _superiors_open_on(study: Study, training: Training, first_at: datetime) -> date | None:
    for kind, plan in study.rounds.items():
        if plan.after == FOLLOW_UP:
            table = timetable(study, training, kind, first_at)
            day = _local(first_at, table) + timedelta(days=plan.after_days)
            return _local(opening_on(table, day), table)
    return None


def _pairs(connection: Connection, study: Study, training: Training) -> int:
    for plan in study.rounds.values():
        if plan.after == FOLLOW_UP:
            enrolled = trainings.enrolled(connection, training.id, plan.role)
            return sum(len(group) for group in issuing.respondents(plan, training, enrolled))
    return 0


def _is_open(connection: Connection, training_id: int) -> bool:
    found = stored_rounds.of_kind(connection, training_id, FOLLOW_UP)
    return found is not None and found.opened_at is not None


def _is_over(training: Training, now: datetime) -> bool:
    return now.astimezone(ZoneInfo(training.zone)).date() > training.ends_on


def _local(moment: datetime, table: Timetable) -> date:
    return moment.astimezone(ZoneInfo(table.zone)).date()
