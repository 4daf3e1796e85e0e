"""/bukakelas: a class is opened before its list is there. One function is one transaction; `staff.attend` calls them.

1. The title, then the last day: the training is there, its link works, and on the last day its evaluation is open at once.
   First day, competences and instructors may come later; so may the list.
2. What is asked stands with the account (`expecting`), so that it survives a restart. The same update, or a second tap,
   opens nothing twice: it shows the class that is there.
3. A coordinator of named trainings has the new one.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import FieldworkError, NothingOpen
from bot.fieldwork import papers, rounds
from bot.fieldwork.class_dates import class_days
from bot.fieldwork.class_view import CLASS_ROUND, ClassView, until_tonight, view_of
from bot.fieldwork.staff import Duty
from bot.fieldwork.timetables import training_of
from bot.store import accounts, classes, trainings
from bot.store import staff as stored_staff
from bot.store.trainings import Training

EXPECTING_TITLE, EXPECTING_DAY = "class_title", "class_day"
LONGEST_TITLE, SHORTEST_TITLE = 150, 5
LATEST = timedelta(days=366)  # ahead; further is a mistyped year
EARLIEST = timedelta(days=14)  # ago: as long as the link of a class works
_COHORT = re.compile(
    r"[\s,(-]*\b((?:angk(?:atan)?|gel(?:ombang)?|batch|kelas)\b\.?\s*[ivxlc0-9]{1,6})\)?\s*$",
    re.IGNORECASE,
)
_SHORT = re.compile(r"^angkatan\b|^angk\b\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskTitle:
    language: str


@dataclass(frozen=True, slots=True)
class AskDay:
    language: str
    title: str
    misread: str = ""  # what was typed and is no day


def ask_title(connection: Connection, duty: Duty, given: str = "") -> AskTitle | AskDay:
    """`given`: the title stood behind the command already."""
    if given:
        return take_title(connection, duty, given)
    _expect(connection, duty, {"what": EXPECTING_TITLE})
    return AskTitle(duty.language)


def take_title(connection: Connection, duty: Duty, text: str) -> AskTitle | AskDay:
    title = " ".join(text.split())
    if len(title) > LONGEST_TITLE:
        raise FieldworkError("kelas_judul_panjang", maks=str(LONGEST_TITLE), n=str(len(title)))
    if sum(one.isalpha() for one in title) < SHORTEST_TITLE:
        raise FieldworkError("kelas_judul_pendek")
    _expect(connection, duty, {"what": EXPECTING_DAY, "title": title})
    return AskDay(duty.language, title)


def take_day(connection: Connection, duty: Duty, text: str) -> AskDay | ClassView:
    title = _asked_title(connection, duty)
    if title is None:
        return _last_opened(connection, duty)
    read = class_days(text, today(duty))
    if read is None or not _possible(read[1], today(duty)):
        return AskDay(duty.language, title, misread=text[:60])
    first, last = read
    return _open(connection, duty, title, first or min(today(duty), last), last)


def tap_day(connection: Connection, duty: Duty, ahead: int) -> ClassView:
    """A button: the last day is today, or so many days ahead."""
    title = _asked_title(connection, duty)
    if title is None:
        return _last_opened(connection, duty)
    last = today(duty) + timedelta(days=ahead)
    return _open(connection, duty, title, today(duty), last)


def cancel(connection: Connection, duty: Duty) -> str:
    """The language to answer in."""
    _expect(connection, duty, {})
    return duty.language


def today(duty: Duty) -> date:
    return duty.visit.now.astimezone(ZoneInfo(duty.visit.study.office.zone)).date()


def parted(title: str) -> tuple[str, str]:
    """Title and cohort: "Kearsipan Angkatan II" -> ("Kearsipan", "Angk. II")."""
    found = _COHORT.search(title)
    if found is None or not title[: found.start()].strip():
        return title, ""
    cohort = _SHORT.sub("Angk.", " ".join(found[1].split()))
    head, _, number = cohort.rpartition(" ")
    return title[: found.start()].strip(" ,(-"), f"{head} {number.upper()}".strip()


def as_it_stands(connection: Connection, duty: Duty) -> ClassView:
    return view_of(connection, duty.training, duty.language, duty.visit.now)


def open_evaluation(connection: Connection, duty: Duty, training: Training) -> bool:
    """Now, whatever the plan says. False: it is open, or over, already."""
    visit = duty.visit
    opened = rounds.trigger(
        connection, visit.study, training.id, CLASS_ROUND, by=visit.chat_id, now=visit.now
    )
    return opened is not None


def _open(
    connection: Connection, duty: Duty, title: str, starts_on: date, ends_on: date
) -> ClassView:
    if not duty.is_first:
        return _last_opened(connection, duty)
    visit = duty.visit
    name, cohort = parted(title)
    code = _code(connection, ends_on)
    training_id = trainings.save(
        connection,
        {
            "code": code, "title": name, "cohort": cohort, "starts_on": starts_on, "ends_on": ends_on,
            "zone": visit.study.office.zone, "seed": int.from_bytes(sha256(code.encode()).digest()[:4]) >> 1,
        },
    )  # fmt: skip
    training = training_of(connection, training_id)
    until = until_tonight(training, visit.now)
    classes.open_until(connection, training_id, until, by=visit.chat_id, now=visit.now)
    rounds.plan_rounds(connection, visit.study, training, visit.now)
    if ends_on <= today(duty):
        open_evaluation(connection, duty, training)
    if not duty.staff.all_trainings:
        stored_staff.give(connection, visit.chat_id, training_id)
    papers.ask(connection, visit, training, "class")
    duty.noted["training"] = code
    _expect(connection, duty, {})
    return view_of(connection, training, duty.language, visit.now)


def _last_opened(connection: Connection, duty: Duty) -> ClassView:
    """A second tap, or the same update again: what is there is shown."""
    training_id = classes.last_opened_by(connection, duty.visit.chat_id)
    training = trainings.of_id(connection, training_id) if training_id else None
    if training is None:
        raise NothingOpen("kelas_tidak_ditanya")
    return view_of(connection, training, duty.language, duty.visit.now)


def _possible(last: date, now: date) -> bool:
    return now - EARLIEST <= last <= now + LATEST


def _code(connection: Connection, ends_on: date) -> str:
    prefix = f"KLS-{ends_on:%Y%m%d}-"
    taken = classes.codes_beginning(connection, prefix)
    return next(code for number in range(1, 10_000) if (code := f"{prefix}{number}") not in taken)


def _asked_title(connection: Connection, duty: Duty) -> str | None:
    account = accounts.of_chat(connection, duty.visit.chat_id)
    expecting = account.expecting if account else {}
    is_asked = expecting.get("what") == EXPECTING_DAY and duty.is_first
    return str(expecting["title"]) if is_asked else None


def _expect(connection: Connection, duty: Duty, expecting: dict[str, str]) -> None:
    if duty.is_first:
        accounts.opened(connection, duty.visit.chat_id, duty.visit.now)
        accounts.expect(connection, duty.visit.chat_id, expecting)
