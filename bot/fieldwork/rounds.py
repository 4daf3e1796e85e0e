"""Rounds: planned with the training, opened when due or triggered, closed when overdue. One function is one transaction.

Opening fixes the newest version of the questionnaire, issues the responses and plans the invitations.
Nothing is sent here. A round whose whole time had passed before its training was imported is not planned.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import StudyPlanError
from bot.fieldwork import contacting, issuing, releasing
from bot.fieldwork.timetables import plan_of, round_and_training, timetable, training_of
from bot.store import contacts, dispositions, questionnaires, responses, rounds, trainings
from bot.store.round_changes import CLOSED_NOTE
from bot.store.trainings import Training
from bot.survey.progress import disposition_at_close
from bot.survey.schedule import closes_at, is_overdue, may_write, opening_on, planned_opening
from bot.survey.study import Study

SETTLED_AT_ONCE = 20  # keeps a closing transaction short


@dataclass(frozen=True, slots=True)
class Opened:
    round_id: int
    kind: str
    respondents: int
    invited: int  # connected, so an invitation is planned


def plan_rounds(connection: Connection, study: Study, training: Training, now: datetime) -> None:
    for kind in study.rounds:
        table = timetable(study, training, kind, now)
        opening = planned_opening(table)
        if opening is None:
            continue
        closing = closes_at(table, opening)
        if closing > now:
            rounds.plan(connection, training.id, kind, opening, closing)


def due_to_open(connection: Connection, now: datetime) -> list[int]:
    return rounds.due_to_open(connection, now)


def due_to_close(connection: Connection, now: datetime) -> list[int]:
    return rounds.due_to_close(connection, now)


def open_round(
    connection: Connection,
    study: Study,
    round_id: int,
    now: datetime,
    *,
    triggered_by: int | None = None,
) -> Opened | None:
    """None: it was opened (or closed) before, its whole time had passed while the bot stood still, or it waits for another."""
    found, training = round_and_training(connection, round_id)
    if triggered_by is None and found.opens_at is not None and found.opens_at > now:
        return None  # the round before it was opened late, in this very tick, and moved it on
    if triggered_by is None and is_overdue(found.closes_at, now):
        rounds.close_once(connection, round_id, now)
        return None
    table = timetable(study, training, found.kind, now)
    first_sending = may_write(table, now)
    opened = rounds.open_once(
        connection, round_id, questionnaire_id=_newest(connection, study, found.kind),
        closes_at=closes_at(table, first_sending), now=now, triggered_by=triggered_by,
    )  # fmt: skip
    if not opened:
        return None
    _plan_followers(connection, study, training, found.kind, first_sending)
    return _issue_all(connection, study, round_id, now)


def trigger(
    connection: Connection, study: Study, training_id: int, kind: str, *, by: int, now: datetime
) -> Opened | None:
    """Open it now, whatever the plan says. None: it is open or over already."""
    table = timetable(study, training_of(connection, training_id), kind, now)
    round_id = rounds.plan(connection, training_id, kind, now, closes_at(table, now))
    rounds.plan_anew(connection, round_id, now, closes_at(table, now))
    return open_round(connection, study, round_id, now, triggered_by=by)


def issue_for_person(connection: Connection, study: Study, person_id: int, now: datetime) -> int:
    """For who connects or is enrolled while rounds are open; how many rounds are open for the person.

    The person is in the chat right now, so the invitation counts as given; reminders follow the plan.
    """
    concerned = 0
    for training_id in trainings.of_person(connection, person_id):
        training = training_of(connection, training_id)
        for opened in rounds.open_ones(connection, training_id, now):
            if issuing.issue(connection, study, opened, training, now, only=frozenset({person_id})):
                contacting.came_by_themselves(connection, study, opened.id, person_id, now)
                concerned += 1
    return concerned


def issue_newcomers(
    connection: Connection,
    study: Study,
    training_id: int,
    now: datetime,
    people: frozenset[int] | None = None,
) -> None:
    """After a roster was imported again: who is new (of these people) gets what is open."""
    for opened in rounds.open_ones(connection, training_id, now):
        _issue_all(connection, study, opened.id, now, only=people)


def settle_some(connection: Connection, study: Study, round_id: int, now: datetime) -> bool:
    """Give some responses of an overdue round their disposition; False when the round is closed with the last."""
    for response_id, person_id in rounds.unsettled(connection, round_id, SETTLED_AT_ONCE):
        found = responses.open_for(connection, response_id, person_id)
        if found is not None:
            form = questionnaires.of_id(connection, found.questionnaire_id)
            disposition = found.response.disposition if found.released else disposition_at_close(
                form, found.response, now,
                complete_share=study.complete_share, partial_share=study.partial_share,
            )  # fmt: skip
            releasing.release(connection, form, found, disposition, now)
            dispositions.settle(connection, response_id, disposition, now)
    if rounds.unsettled(connection, round_id, 1):
        return True
    contacts.cancel_planned(connection, round_id, CLOSED_NOTE, None)
    rounds.close_once(connection, round_id, now)
    releasing.mix(connection, round_id)
    return False


def push_opening(connection: Connection, round_id: int, now: datetime) -> None:
    """After a failure: one bad round must not be tried every minute."""
    rounds.push_opening(connection, round_id, now + timedelta(hours=1))


def _newest(connection: Connection, study: Study, kind: str) -> int:
    name = plan_of(study, kind).questionnaire
    newest = questionnaires.newest(connection, name)
    if newest is None:
        raise StudyPlanError(
            f"The questionnaire {name} of [rounds.{kind}] is not stored. Put {name}.md into "
            "config/questionnaires and start the bot again."
        )
    return newest


def _issue_all(
    connection: Connection,
    study: Study,
    round_id: int,
    now: datetime,
    only: frozenset[int] | None = None,
) -> Opened:
    opened, training = round_and_training(connection, round_id)
    respondents = issuing.issue(connection, study, opened, training, now, only=only)
    connected = [one.person_id for one in respondents if one.connected]
    due = may_write(timetable(study, training, opened.kind, now), now)
    contacting.plan_invitations(connection, round_id, connected, due)
    return Opened(opened.id, opened.kind, len(respondents), len(connected))


def _plan_followers(
    connection: Connection, study: Study, training: Training, kind: str, opened_at: datetime
) -> None:
    """The superiors' round opens a week after the alumni's did, also when that one was triggered."""
    opened_on = opened_at.astimezone(ZoneInfo(training.zone)).date()
    for follower, plan in study.rounds.items():
        if plan.after == kind:
            table = timetable(study, training, follower, opened_at)
            opening = opening_on(table, opened_on + timedelta(days=plan.after_days))
            rounds.plan(connection, training.id, follower, opening, closes_at(table, opening))
