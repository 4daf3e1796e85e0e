"""Success-case interviews: selecting, inviting, and what the office sees of them. One function is one transaction; `staff.attend` calls them.

1. The office sees case codes only. A name stands beside a code from the moment the person asks to be called or met. Which branch
   a case belongs to, and how many there are of each, is told to nobody.
2. The rule is in bot/survey/case_selection.py, its numbers in study.toml. Selecting again adds nobody: it was done once, with
   the training's seed.
3. What is written of an interview may be read when its round is closed, because until then the permission may be changed.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import recordings, rounds
from bot.fieldwork.staff import Duty
from bot.fieldwork.timetables import timetable
from bot.store import accounts, cases, questionnaires, responses
from bot.store import rounds as stored_rounds
from bot.store.cases import Case, FollowUp
from bot.store.recordings import Counts
from bot.store.rounds import Round
from bot.store.trainings import Training
from bot.survey.case_selection import (
    INTERVIEW,
    Candidate,
    Selected,
    application_score,
    case_code,
    is_willing,
    selected,
)
from bot.survey.schedule import closes_at, may_write
from bot.survey.study import CaseRule

FOLLOW_UP = "followup_alumni"
EXPECTING_NOTES = "case_notes"
LONGEST_NOTE = 4096  # as long as a message may be: nothing of it is cut off

Standing = Literal["waiting", "begun", "done", "call", "declined"]


@dataclass(frozen=True, slots=True)
class CaseLine:
    number: int
    standing: Standing
    name: str  # "": not told
    phone: str
    notes: int
    permission: str  # given in a call; "": not asked yet

    @property
    def code(self) -> str:
        return case_code(self.number)


@dataclass(frozen=True, slots=True)
class Interviews:
    """Before the selection: to how many it would go. After it: the cases."""

    language: str
    training: Training
    rule: CaseRule
    lines: tuple[CaseLine, ...]
    answered: int = 0
    willing: int = 0
    to_invite: int = 0
    follow_up_open: bool = False
    closes_on: date | None = None
    is_closed: bool = False
    voices: Counts = field(default_factory=Counts)
    done: bool = False  # selected with this very tap

    @property
    def is_selected(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True, slots=True)
class NotesPage:
    language: str
    training: Training
    line: CaseLine
    kept: bool  # something was written down just now


def overview(connection: Connection, duty: Duty) -> Interviews:
    return _page(connection, duty)


def choose(connection: Connection, duty: Duty) -> Interviews:
    """Selects, opens the round and plans the invitations. A second tap, or a second colleague, finds it done."""
    visit, training = duty.visit, duty.training
    if cases.of_training(connection, training.id) or not duty.is_first:
        return _page(connection, duty)
    found = _selection(connection, duty, training)
    if not found:
        duty.noted["outcome"] = "unchanged"
        return _page(connection, duty)
    cases.select_all(connection, training.id, found, visit.now)
    opened = rounds.trigger(
        connection, visit.study, training.id, INTERVIEW, by=visit.chat_id, now=visit.now
    )
    duty.noted["cases"] = len(found)
    duty.noted["invited"] = opened.invited if opened is not None else 0
    return _page(connection, duty, done=True)


def begin_notes(connection: Connection, duty: Duty, number: int) -> NotesPage:
    """What the colleague types from now on is written down to that case, until "Selesai"."""
    case = _case(connection, duty, number)
    accounts.opened(connection, duty.visit.chat_id, duty.visit.now)
    expecting = {"what": EXPECTING_NOTES, "training": duty.training.id, "person": number}
    accounts.expect(connection, duty.visit.chat_id, expecting)
    return NotesPage(duty.language, duty.training, _line(case), kept=False)


def write_note(connection: Connection, duty: Duty, number: int, text: str) -> NotesPage:
    case = _case(connection, duty, number)
    written = text.strip()[:LONGEST_NOTE]
    if duty.is_first and written:
        cases.note(connection, case.id, written, duty.visit.chat_id, duty.visit.now)
    duty.noted["case"] = case_code(number)
    case = _case(connection, duty, number)
    return NotesPage(duty.language, duty.training, _line(case), kept=bool(written))


def permit(connection: Connection, duty: Duty, number: int, permission: str) -> NotesPage:
    """What the person permitted in the call, as the interviewer heard it."""
    case = _case(connection, duty, number)
    cases.permit(connection, case.id, permission)
    duty.noted["case"], duty.noted["permission"] = case_code(number), permission
    case = _case(connection, duty, number)
    return NotesPage(duty.language, duty.training, _line(case), kept=False)


def end_notes(connection: Connection, duty: Duty, number: int) -> Interviews:
    """With notes the interview counts as held, unless the person has begun to write it."""
    accounts.expect(connection, duty.visit.chat_id, {})
    case = cases.of_number(connection, duty.training.id, number)
    is_held = case is not None and case.called_at is not None and case.notes and not case.begun
    if case is not None and is_held and case.response_id is not None:
        cases.told_in_call(connection, case.response_id, duty.visit.now)
    return _page(connection, duty)


def round_of(connection: Connection, training_id: int) -> Round | None:
    return stored_rounds.of_kind(connection, training_id, INTERVIEW)


def _page(connection: Connection, duty: Duty, *, done: bool = False) -> Interviews:
    training, visit = duty.training, duty.visit
    lines = tuple(_line(case) for case in cases.of_training(connection, training.id))
    opened, zone = round_of(connection, training.id), ZoneInfo(training.zone)
    if lines:
        ends = opened.closes_at if opened is not None else None
        return Interviews(
            duty.language, training, visit.study.cases, lines,
            closes_on=ends.astimezone(zone).date() if ends is not None else None,
            is_closed=opened is not None and opened.state == "closed",
            voices=recordings.of_training(connection, training.id), done=done,
        )  # fmt: skip
    followed = cases.follow_ups(connection, training.id, FOLLOW_UP)
    candidates = _candidates(connection, duty, followed)
    follow_up = stored_rounds.of_kind(connection, training.id, FOLLOW_UP)
    table = timetable(visit.study, training, INTERVIEW, visit.now)
    closing = closes_at(table, may_write(table, visit.now)).astimezone(zone).date()
    return Interviews(
        duty.language, training, visit.study.cases, (), answered=len(candidates),
        willing=sum(one.is_willing for one in candidates),
        to_invite=len(selected(visit.study.cases, candidates, training.seed)),
        follow_up_open=follow_up is not None and follow_up.state == "open", closes_on=closing,
    )  # fmt: skip


def _selection(connection: Connection, duty: Duty, training: Training) -> tuple[Selected, ...]:
    followed = cases.follow_ups(connection, training.id, FOLLOW_UP)
    return selected(duty.visit.study.cases, _candidates(connection, duty, followed), training.seed)


def _candidates(
    connection: Connection, duty: Duty, followed: list[FollowUp]
) -> tuple[Candidate, ...]:
    rule = duty.visit.study.cases
    answered = {
        one.response.id: one.response.answers
        for one in _follow_up_responses(connection, duty.training)
    }
    return tuple(
        Candidate(
            one.person_id, one.code, one.unit,
            application_score(
                questionnaires.of_id(connection, one.questionnaire_id), answered[one.response_id]
            ),
            one.reachable and is_willing(rule, answered[one.response_id]),
        )
        for one in followed
    )  # fmt: skip


def _follow_up_responses(
    connection: Connection, training: Training
) -> list[responses.OpenResponse]:
    found = stored_rounds.of_kind(connection, training.id, FOLLOW_UP)
    return [] if found is None else responses.of_round(connection, found.id)


def _case(connection: Connection, duty: Duty, number: int) -> Case:
    """Button data is untrusted: the case of another training is none; nor is one that did not ask to be called."""
    case = cases.of_number(connection, duty.training.id, number)
    if case is None or case.called_at is None:
        raise NothingOpen("kasus_tidak_ada")
    return case


def _line(case: Case) -> CaseLine:
    standing: Standing = "waiting"
    if case.called_at is not None:
        standing = "call"
    elif case.declined:
        standing = "declined"
    elif case.finished:
        standing = "done"
    elif case.begun:
        standing = "begun"
    return CaseLine(case.number, standing, case.name, case.phone, case.notes, case.permission)
