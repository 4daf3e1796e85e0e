r"""What a person can do in a transcript or in the terminal walk, in words, and how it becomes a Reply. Pure.

    tap LABEL            choose an option or a step of a range
    tick / untick LABEL  one of several; done: "Selesai"
    type TEXT            also for a button question; \n is a line break
    send KIND            a sticker, a location: what no question takes
    voice SECONDS        photo        file NAME
    page N|all|YYYY-MM   another page of the options, or another month
    back skip keep keep_part skip_yes skip_no clear append review submit      edit ITEM
    amend ITEM TEXT      the message that gave that answer is edited
    again                the second half of a double tap: the last tap once more, at the same moment
    old ITEM LABEL       a button of an older card
    wait 90s|20m|2h|3d   then `resume` shows the question again
    resume decline       language en

Every command but `again` takes five seconds, so that the paradata look like a person's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, cast

from bot.survey.months import is_day
from bot.survey.prompts import Ask, Prompt
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import (
    Action,
    Attached,
    Correction,
    Reply,
    Response,
    Tap,
    Turn,
    Typed,
    Unsupported,
)
from bot.survey.response import amend, answer, begin, current, decline, resume

PACE: Final = timedelta(seconds=5)
TICKING: Final = frozenset({"tick", "untick"})
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_CHOOSING: Final[Mapping[str, Action]] = {"tap": "choose", "tick": "on", "untick": "off"}
_PLAIN: Final = {
    "done", "back", "skip", "keep", "keep_part", "skip_yes", "skip_no", "review", "submit", "clear",
    "append",
}  # fmt: skip


class NotUnderstood(ValueError):
    """The words are none of the commands, or name no option that is shown."""


@dataclass(frozen=True, slots=True)
class Card:
    ask: Ask
    revision: int


@dataclass(frozen=True, slots=True)
class Session:
    questionnaire: Questionnaire
    response: Response
    now: datetime
    prompt: Prompt
    cards: Mapping[str, Card] = field(default_factory=dict)  # the latest card of each item
    last_tap: Tap | None = None

    def with_response(self, response: Response) -> "Session":
        return replace(self, response=response)


def opened(questionnaire: Questionnaire, response: Response, now: datetime) -> tuple[Session, Turn]:
    turn = begin(questionnaire, response, now)
    return _after(Session(questionnaire, response, now, turn.prompt), turn), turn


def obeyed(session: Session, command: str) -> tuple[Session, Turn]:
    word, _, rest = command.partition(" ")
    rest = rest.strip()
    if word != "again":
        session = replace(session, now=session.now + PACE)
    form, response, now = session.questionnaire, session.response, session.now
    match word:
        case "wait":
            later = replace(session, now=now + _span(rest))
            return later, Turn(response, current(form, response, later.now))
        case "resume":
            turn = resume(form, response, now)
        case "decline":
            turn = decline(form, response, now)
        case "amend":
            name, _, text = rest.partition(" ")
            turn = amend(form, response, Correction(name, Typed(text.replace("\\n", "\n"))), now)
        case "language":
            spoken = replace(response, language=rest)
            turn = Turn(spoken, current(form, spoken, now))
        case _:
            reply = reply_of(session, word, rest)
            turn = answer(form, response, reply, now, double_tap_seconds=0.0)
            session = replace(session, last_tap=reply if isinstance(reply, Tap) else None)
    return _after(session, turn), turn


def reply_of(session: Session, word: str, rest: str) -> Reply:
    if word == "type":
        return Typed(rest.replace("\\n", "\n"))
    if word == "send":
        return Unsupported(rest)
    if word in {"voice", "photo", "file"}:
        return _attached(word, rest)
    if word == "again" and session.last_tap:
        return session.last_tap
    return _old_tap(session, rest) if word == "old" else _tap(session, word, rest)


def _attached(word: str, rest: str) -> Attached:
    match word:
        case "voice":
            return Attached("voice", "FILE", seconds=int(rest or 0))
        case "photo":
            return Attached("photo", "FILE", caption=rest)
        case _:
            return Attached("file", "FILE", name=rest)


def _tap(session: Session, word: str, rest: str) -> Tap:
    here, revision = session.response.current or "", session.response.revision
    if word in _CHOOSING:
        return Tap(_CHOOSING[word], here, revision, _code(session.prompt, rest))
    if word == "page":
        return Tap("page", here, revision, rest)
    if word == "edit":
        return Tap("edit", rest, revision)
    if word in _PLAIN:
        return Tap(cast("Action", word), here, revision)
    raise NotUnderstood(f"{word} {rest}".strip())


def _old_tap(session: Session, rest: str) -> Tap:
    name, _, label = rest.partition(" ")
    if name not in session.cards:
        raise NotUnderstood(f"old {rest}")
    card = session.cards[name]
    if label in _PLAIN:
        return Tap(cast("Action", label), name, card.revision)
    action: Action = "on" if card.ask.item.kind == "select_multiple" else "choose"
    return Tap(action, name, card.revision, _code(card.ask, label))


def _code(prompt: Prompt, label: str) -> str:
    options = (*prompt.options, *prompt.ranked) if isinstance(prompt, Ask) else ()
    for option in options:
        if label in {option.label, option.code}:
            return option.code
    if isinstance(prompt, Ask) and prompt.month and is_day(label):
        return label
    raise NotUnderstood(label)


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"([0-9]+)([smhd])", text)
    if not found:
        raise NotUnderstood(f"wait {text}")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _after(session: Session, turn: Turn) -> Session:
    cards = session.cards
    if isinstance(turn.prompt, Ask):
        cards = {**cards, turn.prompt.item.name: Card(turn.prompt, turn.response.revision)}
    return replace(session, response=turn.response, prompt=turn.prompt, cards=cards)
