"""What a class teaches and who teaches it, typed by a colleague for a training whose list did not say so. One function is one
transaction; `staff.attend` calls them.

1. One a line; shown again before it is saved, and kept with the account until then, so that it survives a restart.
2. Rounds that open later ask about what is saved. In a round that is open, who has not begun is asked about it too; who has begun
   keeps what they were asked, and that is said.
3. The first two competences are asked about, before, after and three months later: what was asked once should not change, and that
   is said before saving.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from bot.errors import FieldworkError, NothingOpen
from bot.fieldwork import issuing
from bot.fieldwork.issuing import ASKED_ABOUT
from bot.fieldwork.rosters.names import name_key
from bot.fieldwork.staff import Duty
from bot.store import accounts, hidden_values, rounds, trainings
from bot.store.trainings import Training

Content = Literal["competences", "instructors"]
CONTENTS: tuple[Content, ...] = ("competences", "instructors")
EXPECTING_CONTENTS = "class_contents"
MOST_LINES, LONGEST_LINE = 30, 150
_MARK = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+")

_READ: Mapping[Content, Callable[[Connection, int], tuple[str, ...]]] = {
    "competences": trainings.competence_labels,
    "instructors": trainings.instructor_names,
}
_REPLACE: Mapping[Content, Callable[[Connection, int, Sequence[str]], None]] = {
    "competences": trainings.replace_competences,
    "instructors": trainings.replace_instructors,
}


@dataclass(frozen=True, slots=True)
class Contents:
    """As they are saved."""

    language: str
    training: Training
    competences: tuple[str, ...]
    instructors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskLines:
    language: str
    training: Training
    content: Content


@dataclass(frozen=True, slots=True)
class Typed:
    """What would be saved."""

    language: str
    training: Training
    content: Content
    lines: tuple[str, ...]
    asked: int = 0  # how many have begun to answer a round in which it stands


@dataclass(frozen=True, slots=True)
class SavedContents:
    contents: Contents
    kept: int  # have begun an open round, and keep what they were asked
    renewed: int  # of open rounds: are asked about what was saved


def show(connection: Connection, duty: Duty) -> Contents:
    training = duty.training
    return Contents(
        duty.language, training, *(_READ[one](connection, training.id) for one in CONTENTS)
    )


def ask(connection: Connection, duty: Duty, content: Content) -> AskLines:
    _expect(connection, duty, {"content": content})
    return AskLines(duty.language, duty.training, content)


def take(connection: Connection, duty: Duty, text: str) -> Typed:
    content = _asked(connection, duty)[0]
    lines = lines_of(text)
    if not lines:
        raise FieldworkError("isi_kelas_kosong")
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise FieldworkError("isi_kelas_terlalu_panjang", baris=str(MOST_LINES), huruf=str(LONGEST_LINE))  # fmt: skip
    _expect(connection, duty, {"content": content, "lines": list(lines)})
    begun = hidden_values.begun(connection, duty.training.id)
    return Typed(duty.language, duty.training, content, lines, begun)


def save(connection: Connection, duty: Duty) -> SavedContents:
    """A second tap saves nothing twice: it shows what is saved."""
    if not duty.is_first:
        return SavedContents(show(connection, duty), 0, 0)
    content, lines = _asked(connection, duty)
    if not lines:
        raise NothingOpen("isi_kelas_tidak_ditanya")
    _REPLACE[content](connection, duty.training.id, lines)
    duty.noted["content"], duty.noted["lines"] = content, len(lines)
    accounts.expect(connection, duty.visit.chat_id, {})
    kept = renewed = 0
    for opened in rounds.open_ones(connection, duty.training.id, duty.visit.now):
        renewed += issuing.renew_contents(connection, duty.visit.study, opened, duty.training)
        kept += hidden_values.begun(connection, duty.training.id, opened.id)
    return SavedContents(show(connection, duty), kept, renewed)


def stop(connection: Connection, duty: Duty) -> Contents:
    if duty.is_first:
        accounts.expect(connection, duty.visit.chat_id, {})
    return show(connection, duty)


def lines_of(text: str) -> tuple[str, ...]:
    """Without bullets and numbers, without empty lines and without the same twice."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        words = " ".join(_MARK.sub("", line).split())
        if any(letter.isalnum() for letter in words):
            found.setdefault(name_key(words) or words, words)
    return tuple(found.values())


def asked_of(content: Content) -> int | None:
    """How many of them each participant is asked about: the first, or that many drawn."""
    return ASKED_ABOUT if content == "competences" else None


def _asked(connection: Connection, duty: Duty) -> tuple[Content, tuple[str, ...]]:
    account = accounts.of_chat(connection, duty.visit.chat_id)
    expecting = account.expecting if account else {}
    content = expecting.get("content")
    is_this = expecting.get("what") == EXPECTING_CONTENTS and expecting.get("training") == duty.training.id  # fmt: skip
    for known in CONTENTS:
        if is_this and content == known:
            return known, tuple(expecting.get("lines", ()))
    raise NothingOpen("isi_kelas_tidak_ditanya")


def _expect(connection: Connection, duty: Duty, more: Mapping[str, str | list[str]]) -> None:
    if duty.is_first:
        accounts.opened(connection, duty.visit.chat_id, duty.visit.now)
        kept = {"what": EXPECTING_CONTENTS, "training": duty.training.id, **more}
        accounts.expect(connection, duty.visit.chat_id, kept)
