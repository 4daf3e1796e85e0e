"""One contact with all that decides about it: what stops it, what puts it off, what its text may say. Queries and rules."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork import letter_number
from bot.fieldwork.timetables import round_and_training, timetable
from bot.store import contacts, issued, questionnaires, responses, result_news
from bot.store.contacts import NEWS, Addressee, Contact
from bot.store.responses import OpenResponse
from bot.store.rounds import Round
from bot.store.trainings import Training
from bot.survey.progress import Remaining, remaining
from bot.survey.schedule import Timetable, may_write, steps
from bot.survey.study import Study

NOTHING_OUTSTANDING = "nothing outstanding"
_MONTH = timedelta(days=30)
_OUTSTANDING = frozenset({"issued", "invited", "partial"})


@dataclass(frozen=True, slots=True)
class ToSend:
    """Everything that the text of a contact may say."""

    contact_id: int
    chat_id: int
    language: str
    round_id: int
    round_kind: str
    step: int
    is_invitation: bool
    is_last: bool
    half_done: bool
    name: str
    training_title: str
    ended_on: date
    closes_on: date
    items_left: int
    seconds_left: int
    alumni: int
    is_extra: bool = False  # beyond the plan, in a round that goes on longer
    answered: int = 0  # of `asked`; both 0 where the numbers would say too much or discourage
    asked: int = 0
    news: tuple[str, str, str] | None = None  # finding, barrier, plan: what came of it
    letter_number: str = ""  # of the letter to superiors


@dataclass(frozen=True, slots=True)
class Case:
    contact: Contact
    round: Round
    training: Training
    table: Timetable  # in the person's zone
    addressee: Addressee | None
    outstanding: tuple[OpenResponse, ...]


def case_of(connection: Connection, study: Study, contact: Contact, now: datetime) -> Case:
    found, training = round_and_training(connection, contact.round_id)
    addressee = contacts.addressee(connection, contact.person_id)
    zone = addressee.zone if addressee else None
    return Case(
        contact, found, training,
        timetable(study, training, found.kind, now, zone, extended_by=found.extended_by), addressee,
        outstanding(connection, found.id, contact.person_id),
    )  # fmt: skip


def outstanding(connection: Connection, round_id: int, person_id: int) -> tuple[OpenResponse, ...]:
    return tuple(
        found
        for found in responses.of_person_in(connection, person_id, round_id)
        if found.response.stage in {"asking", "review"}
        and found.response.completed_at is None
        and found.response.disposition in _OUTSTANDING
    )


def reason_to_stop(case: Case, now: datetime) -> str:
    if case.contact.kind == NEWS:
        return _reason_not_to_write(case)
    if not case.outstanding:
        return NOTHING_OUTSTANDING
    if case.round.closed_at or (case.round.closes_at and case.round.closes_at <= now):
        return "the round closed"
    return _reason_not_to_write(case)


def _reason_not_to_write(case: Case) -> str:
    if case.addressee is None or case.addressee.chat_id is None:
        return "not connected"
    if case.addressee.opted_out:
        return "asked not to be contacted"
    return "blocked" if case.addressee.blocked else ""


def postponed(
    connection: Connection, study: Study, case: Case, now: datetime
) -> tuple[datetime, str]:
    """Until when, and why; `now` when it may go out."""
    if case.contact.kind == "snooze":
        return now, ""
    recent = contacts.delivered_since(
        connection, case.contact.person_id, now - _MONTH, besides=case.contact.id
    )
    earliest, why = now, "office hours"
    if recent and recent[-1] + timedelta(hours=study.hours_apart) > now:
        earliest, why = recent[-1] + timedelta(hours=study.hours_apart), "too soon after another"
    if len(recent) >= study.most_in_30_days:
        earliest, why = recent[-study.most_in_30_days] + _MONTH, "enough in 30 days"
    return may_write(case.table, earliest), why


def to_send(connection: Connection, study: Study, case: Case, now: datetime) -> ToSend:
    addressee = case.addressee
    assert addressee is not None and addressee.chat_id is not None  # noqa: S101, PT018  # reason_to_stop
    assert case.round.closes_at is not None  # noqa: S101  # it is open
    news = _news(connection, case) if case.contact.kind == NEWS else None
    left = [_left(connection, study, found, now) for found in case.outstanding]
    last = steps(case.table.plan)[-1].number
    is_extra = case.contact.kind == "reminder" and case.contact.step > last
    answered, asked = _how_many(connection, study, case.round.id) if is_extra else (0, 0)
    if news is not None:
        answered = issued.who_answered(connection, case.round.id)
    return ToSend(
        contact_id=case.contact.id,
        chat_id=addressee.chat_id,
        language=addressee.language,
        round_id=case.round.id,
        round_kind=case.round.kind,
        step=case.contact.step,
        is_invitation=case.contact.step == 0,
        is_last=case.contact.step >= last and not is_extra,
        half_done=any(found.response.begun_at for found in case.outstanding),
        name=addressee.name,
        training_title=case.training.full_title,
        ended_on=case.training.ends_on,
        closes_on=case.round.closes_at.astimezone(ZoneInfo(case.table.zone)).date(),
        items_left=sum(one.items for one in left),
        seconds_left=sum(one.seconds for one in left),
        alumni=len(case.outstanding),
        is_extra=is_extra,
        answered=answered,
        asked=asked,
        news=news,
        letter_number=letter_number.of_training(connection, study, case.training.id),
    )


def _left(connection: Connection, study: Study, found: OpenResponse, now: datetime) -> Remaining:
    return remaining(
        questionnaires.of_id(connection, found.questionnaire_id), found.response, now,
        seconds_per_tap=study.seconds_per_tap, seconds_per_text=study.seconds_per_text,
    )  # fmt: skip


def _how_many(connection: Connection, study: Study, round_id: int) -> tuple[int, int]:
    """Shown only when at least half have answered, and k people."""
    answered, asked = issued.completed(connection, round_id)
    return (answered, asked) if answered >= max(study.k, asked / 2) else (0, 0)


def _news(connection: Connection, case: Case) -> tuple[str, str, str] | None:
    found = result_news.of_round(connection, case.round.id)
    return None if found is None else (found.finding, found.barrier, found.plan)
