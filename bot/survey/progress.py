"""How far an interview has come: what counts, what is left, and what it is called when its round closes. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.survey.flow import Walk, walk
from bot.survey.prompts import Left
from bot.survey.questionnaire import Item, Kind, Questionnaire
from bot.survey.record import Disposition, Response

_WRITTEN: Final[frozenset[Kind]] = frozenset({"text", "audio", "image", "file"})  # not just a tap
_SETTLED: Final[frozenset[Disposition]] = frozenset({"refused", "ineligible", "other"})


@dataclass(frozen=True, slots=True)
class Remaining:
    items: int
    seconds: int


def applicable_required(
    questionnaire: Questionnaire, response: Response, now: datetime
) -> tuple[Item, ...]:
    """The items that count for completeness, as far as the answers so far tell."""
    return _required(walk(questionnaire, response, now))


def share_answered(path: Walk) -> float:
    """Of the applicable required items; "Tidak tahu" is an answer, a skipped question is none."""
    required = _required(path)
    given = sum(bool(path.values[item.name]) for item in required)
    return given / len(required) if required else 1.0


def answered(questionnaire: Questionnaire, response: Response, now: datetime) -> int:
    """How many questions hold an answer ("7 jawaban sudah tersimpan")."""
    kept = walk(questionnaire, response, now).kept.values()
    return sum(bool(answer.value) for answer in kept)


def remaining(
    questionnaire: Questionnaire,
    response: Response,
    now: datetime,
    *,
    seconds_per_tap: int,
    seconds_per_text: int,
) -> Remaining:
    """What is still to be asked; branches that have not opened yet are not counted."""
    left = left_of(walk(questionnaire, response, now))
    seconds = left.texts * seconds_per_text + left.taps * seconds_per_tap
    return Remaining(left.taps + left.texts, seconds)


def left_of(path: Walk) -> Left:
    left = [] if path.end else [item for item in path.asked if item.name not in path.kept]
    texts = sum(item.kind in _WRITTEN for item in left)
    return Left(taps=len(left) - texts, texts=texts)


def disposition_at_close(
    questionnaire: Questionnaire,
    response: Response,
    now: datetime,
    *,
    complete_share: float,
    partial_share: float,
) -> Disposition:
    """After AAPOR: complete from 80 %, partial from 50 %, below that broken off; untouched is noncontact, unless told in a call."""
    if response.disposition in _SETTLED:
        return response.disposition
    if response.begun_at is None:
        return "complete" if response.disposition == "complete" else "noncontact"
    share = share_answered(walk(questionnaire, response, now))
    if share >= complete_share:
        return "complete"
    return "partial" if share >= partial_share else "break_off"


def _required(path: Walk) -> tuple[Item, ...]:
    return tuple(item for item in path.asked if item.required)
