"""The weekly summary and what is asked for in between: claimed once, made once, delivered once to each administrator.

One function is one transaction. The numbers come from the analyst's own process (bot/analysis.py); here
is only who has the right to make a summary, what became of it, and what was published.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from bot.fieldwork import staff
from bot.fieldwork.staff import Duty, Named
from bot.fieldwork.troubles import summary_pause
from bot.store import jobs, summaries
from bot.store.jobs import Job
from bot.survey.schedule import SummaryMoment, summary_week
from bot.survey.study import Study

LEASE = timedelta(minutes=10)
DELIVERY_ATTEMPTS = 2  # an unconfirmed summary is repeated once
SUMMARY_JOB = "summary"
COMPARISON_JOB = "comparison"
AskedJob = Job  # by this name the ticker's hands know it
Delivery = Literal["sent", "unreachable", "unknown", "refused", "planned"]


@dataclass(frozen=True, slots=True)
class Made:
    """What the analyst made."""

    text: str
    picture: bytes | None  # a week without news has none
    releases: str  # the register of what is published now
    workbook: bytes | None = None  # the same numbers and more; none without news
    before: str | None = None  # the register as it was read


@dataclass(frozen=True, slots=True)
class Compared:
    """Trainings beside each other: the text, a picture for each round that may be compared, what is published now."""

    text: str
    pictures: tuple[bytes, ...]
    releases: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """The report of one training, twice, a sheet for each instructor who may be told (by file name), what is published now."""

    word: bytes
    pdf: bytes
    sheets: tuple[tuple[str, bytes], ...]
    releases: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class ToDeliver:
    week: str
    chat_id: int
    text: str
    picture: bytes | None  # a week without news has none
    workbook: bytes | None


def claim_week(connection: Connection, study: Study, now: datetime) -> SummaryMoment | None:
    """The week whose summary is ours to make; None when there is nothing to do.

    The very first week is only noted: a bot that was set up on a Wednesday has nothing to say about
    the Monday before. Nor has one whose clock was set back over a Monday: weeks only go on.
    """
    moment = summary_week(study, now)
    if not summaries.any_yet(connection):
        summaries.claim(connection, moment.week, now)
        summaries.made(connection, moment.week, now)
        return None
    if summaries.any_after(connection, moment.week):
        return None
    if summaries.claim(connection, moment.week, now):
        return moment
    pause = summary_pause(summaries.failures(connection, moment.week))
    again = summaries.claim_again(connection, moment.week, now - pause, now)
    return moment if again else None


def keep_summary(
    connection: Connection, week: str, made: Made, named: Named, now: datetime
) -> bool:
    """As `publish`: False when it has to be made anew."""
    if not publish(connection, made, now):
        return False
    summaries.made(
        connection, week, now, text=made.text, picture=made.picture, workbook=made.workbook
    )
    for chat_id in sorted(staff.administrators(connection, named)):
        summaries.add_delivery(connection, week, chat_id, now)
    return True


def publish(connection: Connection, made: Made | Compared | Drafted, now: datetime) -> bool:
    """What was asked for in between shows numbers too, so it counts as a release.

    False: since the analyst read the register something else was published, or somebody was erased from it. Then it has to be
    made anew: two outputs that do not know of each other could tell a few people's answers apart.
    """
    return summaries.publish(connection, made.before, made.releases, now)


def published(connection: Connection) -> str | None:
    return summaries.published(connection)


def claim_deliveries(
    connection: Connection, study: Study, named: Named, now: datetime
) -> list[ToDeliver]:
    """Of the latest week only: who is offline for a month gets one summary, not four. Nothing to somebody who has left since."""
    week = summary_week(study, now).week
    summary = summaries.of_week(connection, week)
    if summary is None or summary.text is None:
        return []
    _give_back_lost(connection, week, now)
    administrators = staff.administrators(connection, named)
    return [
        ToDeliver(week, delivery.chat_id, summary.text, summary.picture, summary.workbook)
        for delivery in summaries.deliveries(connection, week)
        if delivery.chat_id in administrators
        and summaries.claim_delivery(connection, week, delivery.chat_id, now)
    ]


def record_delivery(
    connection: Connection, week: str, chat_id: int, outcome: Delivery, now: datetime
) -> None:
    if outcome == "planned":
        summaries.give_back_delivery(connection, week, chat_id, now)
        return
    attempts = {one.chat_id: one.attempts for one in summaries.deliveries(connection, week)}
    if outcome == "unknown" and attempts.get(chat_id, 0) < DELIVERY_ATTEMPTS:
        outcome = "planned"
    summaries.settle_delivery(connection, week, chat_id, outcome, now)


def ask_summary(connection: Connection, duty: Duty) -> str:
    """/ringkasan: a job for the ticker; asked twice it is still one. Returns the language to answer in."""
    return _asked(connection, duty, SUMMARY_JOB)


def ask_comparison(connection: Connection, duty: Duty) -> str:
    """/banding, in the same way."""
    return _asked(connection, duty, COMPARISON_JOB)


def _asked(connection: Connection, duty: Duty, kind: str) -> str:
    visit = duty.visit
    if duty.is_first and not jobs.waits(connection, kind, visit.chat_id):
        jobs.ask(connection, kind, visit.chat_id, {}, visit.now)
    return duty.language


def claim_job(connection: Connection, now: datetime) -> AskedJob | None:
    return jobs.claim(connection, now, now - LEASE)


def hold_job(connection: Connection, job_id: int, now: datetime) -> None:
    """It is still being done: the claim lapses no sooner than a lease from now."""
    jobs.hold(connection, job_id, now)


def settle_job(connection: Connection, job_id: int, state: str, note: str, now: datetime) -> None:
    jobs.settle(connection, job_id, state, note, now)


def _give_back_lost(connection: Connection, week: str, now: datetime) -> None:
    """Claimed and never recorded: the process died. It may have arrived, so it counts as unknown."""
    for delivery in summaries.deliveries(connection, week):
        if delivery.state == "claimed" and delivery.at <= now - LEASE:
            record_delivery(connection, week, delivery.chat_id, "unknown", now)
