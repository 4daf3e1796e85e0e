"""One message about the results to those who answered, after the round has closed: written by staff, previewed, sent once.

1. The three sentences come from the report, which people read and sign; nothing is worked out here.
2. It goes to who answered at least in part, is connected, and did not ask for no contact; the contract's hours and limits
   hold for it as for every message that we begin. One row per person and round, so it never goes out twice.
3. Where fewer than k answered there is none, because a finding would be about them.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import FieldworkError
from bot.fieldwork.ledger import round_of
from bot.fieldwork.staff import Duty
from bot.fieldwork.timetables import timetable
from bot.fieldwork.trainings import TrainingView, view
from bot.store import accounts, contacts, ledger, rounds
from bot.store import result_news as stored
from bot.store.contacts import NEWS, Planned
from bot.store.ledger import Entry
from bot.store.result_news import News
from bot.survey.schedule import may_write

EXPECTING_NEWS = "result_news"
NEWS_STEP = 90  # beyond every step of a plan
SENTENCES, LONGEST = 3, 300

State = Literal["not_closed", "too_few", "to_write", "to_approve", "sent", "given_up"]
_ANSWERED = frozenset({"complete", "partial"})


@dataclass(frozen=True, slots=True)
class NewsPage:
    language: str
    training: TrainingView
    round_id: int
    state: State
    answered: int
    news: News | None
    to: int
    first_at: datetime  # in the training's zone
    done: bool = False


def page(connection: Connection, duty: Duty, round_id: int) -> NewsPage:
    """What is written so far, or the question for it."""
    shown = _page(connection, duty, round_id)
    if shown.state == "to_write":
        _expect(connection, duty, round_id)
    return shown


def write_again(connection: Connection, duty: Duty, round_id: int) -> NewsPage:
    round_of(connection, duty, round_id)
    if duty.is_first:
        stored.drop(connection, round_id)
    return page(connection, duty, round_id)


def take_sentences(connection: Connection, duty: Duty, text: str) -> NewsPage:
    """Three lines: the finding, the main barrier, what will be done."""
    account = accounts.of_chat(connection, duty.visit.chat_id)
    round_id = int(account.expecting.get("round", 0)) if account else 0
    round_of(connection, duty, round_id)
    lines = [" ".join(line.split()).rstrip(".") for line in text.splitlines() if line.strip()]
    if len(lines) != SENTENCES or max(map(len, lines)) > LONGEST:
        raise FieldworkError("kabar_tiga_baris", n=str(len(lines)), maks=str(LONGEST))
    stored.write(
        connection,
        round_id,
        News(lines[0], lines[1], lines[2], None),
        duty.visit.chat_id,
        duty.visit.now,
    )
    accounts.expect(connection, duty.visit.chat_id, {})
    return _page(connection, duty, round_id)


def give_up(connection: Connection, duty: Duty, round_id: int) -> NewsPage:
    """What was written is dropped, and the next text is no news any more."""
    round_of(connection, duty, round_id)
    if duty.is_first:
        stored.drop(connection, round_id)
        account = accounts.of_chat(connection, duty.visit.chat_id)
        if account is not None and account.expecting.get("what") == EXPECTING_NEWS:
            accounts.expect(connection, duty.visit.chat_id, {})
    return replace(_page(connection, duty, round_id), state="given_up")


def send(connection: Connection, duty: Duty, round_id: int) -> NewsPage:
    shown = _page(connection, duty, round_id)
    ready = shown.state == "to_approve" and duty.is_first
    if not ready or not stored.approve(connection, round_id, duty.visit.now):
        duty.noted["outcome"] = "unchanged"
        return shown
    people = [one.person_id for one in _addressees(connection, round_id)]
    due = duty.visit.now
    contacts.plan(
        connection, [Planned(round_id, person, NEWS_STEP, NEWS, due) for person in people]
    )
    duty.noted["n"] = len(people)
    return _page(connection, duty, round_id, done=True)


def asked_training(connection: Connection, chat_id: int) -> int:
    """Of the round whose news are being written; 0: of none any more."""
    account = accounts.of_chat(connection, chat_id)
    found = rounds.of_id(connection, int(account.expecting.get("round", 0))) if account else None
    return found.training_id if found is not None else 0


def _page(connection: Connection, duty: Duty, round_id: int, *, done: bool = False) -> NewsPage:
    found, training, now = round_of(connection, duty, round_id), duty.training, duty.visit.now
    entries = ledger.of_round(connection, round_id)
    answered = len({one.person_id for one in entries if one.disposition in _ANSWERED})
    news = stored.of_round(connection, round_id)
    first_at = may_write(timetable(duty.visit.study, training, found.kind, now), now)
    return NewsPage(
        duty.language, view(connection, training), round_id,
        _state(news, answered, duty.visit.study.k, closed=found.state == "closed"), answered, news,
        len(_addressees(connection, round_id)), first_at.astimezone(ZoneInfo(training.zone)), done,
    )  # fmt: skip


def _state(news: News | None, answered: int, k: int, *, closed: bool) -> State:
    if news is not None and news.approved_at is not None:
        return "sent"
    if not closed:
        return "not_closed"
    if answered < k:
        return "too_few"
    return "to_write" if news is None else "to_approve"


def _addressees(connection: Connection, round_id: int) -> list[Entry]:
    """One entry per person."""
    found: dict[int, Entry] = {}
    for one in ledger.of_round(connection, round_id):
        reachable = one.connected and not one.blocked and not one.opted_out
        if reachable and one.disposition in _ANSWERED:
            found.setdefault(one.person_id, one)
    return list(found.values())


def _expect(connection: Connection, duty: Duty, round_id: int) -> None:
    accounts.opened(connection, duty.visit.chat_id, duty.visit.now)
    asked = {"what": EXPECTING_NEWS, "training": duty.training.id, "round": round_id}
    accounts.expect(connection, duty.visit.chat_id, asked)
