"""Which message gave which answer, so that editing it revises the answer. Each function is part of one transaction.

1. A message that is an answer is its source, until another message or a tap changes the answer.
2. What only led to it stays a source too: the word "Lainnya" before its text, the day before its hour.
3. A message that was refused, or that a tap still has to settle, waits: edited, it is a reply to the same question.
4. No text is kept here, only the number of a message and how long its part of the answer is.
"""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from bot.store import answer_messages
from bot.store.answer_messages import NO_PART, Source
from bot.survey.prompts import COLLECTING
from bot.survey.record import Answer, Response, Turn

_LED_TO: Final = frozenset(
    {"other", "other_part", "clock"}
)  # the message before belongs to the answer
_SETTLED_BY_TAP: Final = _LED_TO | {"which", "keep_part"}


def of_message(connection: Connection, chat_id: int, message_id: int) -> Source | None:
    return answer_messages.of_message(connection, chat_id, message_id)


@dataclass(frozen=True, slots=True)
class Cut:
    """What of an answer came before and after one of its messages."""

    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


def said_at(chat_id: int, message_id: int, response: Response) -> Source | None:
    """A message at the present question; None for a tap."""
    if not message_id or response.stage != "asking" or not response.current:
        return None
    return Source(chat_id, message_id, response.id, response.current)


def remember(
    connection: Connection, before: Response, turn: Turn, source: Source | None = None
) -> None:
    """After a reply: of a message its number, of a tap what it made obsolete."""
    answer_messages.forget(connection, before.id, {lost.item for lost in turn.dropped})
    if source is None:
        _after_tap(connection, before, turn)
    else:
        name = source.item
        answer = turn.response.answers.get(name)
        if answer is None or not _is_given(before, turn):
            waiting = replace(source, is_other=before.awaiting.startswith("other"))
            answer_messages.keep(connection, [waiting])
        elif _joins(before, answer):
            _one_part_more(
                connection, source, len(answer.value) - len(before.answers[name].value) - 1
            )
        else:
            _given_by(connection, before, source, answer)


def amended(connection: Connection, source: Source, cut: Cut, turn: Turn) -> None:
    """After an edit."""
    others = sum(len(piece) + 1 for piece in (*cut.earlier, *cut.later))
    answer_messages.forget(connection, source.response_id, {lost.item for lost in turn.dropped})
    answer = turn.response.answers.get(source.item)
    length = len(answer.value) - others if answer else source.length
    answer_messages.keep(connection, [replace(source, length=length)])


def parts(connection: Connection, source: Source, value: str) -> Cut | None:
    """None when the answer is not made of those messages any more."""
    if source.is_other:
        return Cut()
    found = [
        one
        for one in answer_messages.of_item(connection, source.response_id, source.item)
        if one.gave_answer and not one.is_other
    ]
    here = [one.message_id for one in found].index(source.message_id)
    if found[-1].part == 0:
        return Cut()  # one message, or two that led to one value
    pieces: list[str] = []
    rest = value
    for one in found:
        pieces.append(rest[: one.length])
        rest = rest[one.length + 1 :]
    if "\n".join(pieces) != value:
        return None
    return Cut(tuple(pieces[:here]), tuple(pieces[here + 1 :]))


def _is_given(before: Response, turn: Turn) -> bool:
    after = turn.response
    moved_on = after.stage != "asking" or after.current != before.current
    return moved_on or after.awaiting in COLLECTING


def _joins(before: Response, answer: Answer) -> bool:
    held = before.answers.get(answer.item)
    return before.awaiting in COLLECTING and held is not None and answer.value != held.value


def _one_part_more(connection: Connection, source: Source, length: int) -> None:
    former = answer_messages.of_item(connection, source.response_id, source.item)
    part = max((one.part for one in former), default=NO_PART) + 1
    answer_messages.keep(connection, [replace(source, part=part, length=length)])


def _given_by(connection: Connection, before: Response, source: Source, answer: Answer) -> None:
    given = replace(source, is_other=bool(answer.other), part=0, length=len(answer.value))
    led = _waiting(connection, source) if before.awaiting in _LED_TO else []
    kept = [one for one in led if before.awaiting == "clock" or not one.is_other]
    answer_messages.forget(connection, source.response_id, {source.item})
    answer_messages.keep(connection, [*(replace(one, part=0) for one in kept), given])


def _after_tap(connection: Connection, before: Response, turn: Turn) -> None:
    changed = {entry.answer.item for entry in turn.recorded if entry.replaced is not None}
    recorded = {entry.answer.item: entry.answer for entry in turn.recorded}
    name = before.current or ""
    if before.awaiting == "append" and changed and name not in recorded:
        _carried_over(connection, before, turn)
    elif before.awaiting in _SETTLED_BY_TAP and name in recorded and recorded[name].value:
        answer = recorded[name]
        settled = _waiting(connection, Source(0, 0, before.id, name))
        answer_messages.forget(connection, before.id, {name})
        length = len(answer.value)
        answer_messages.keep(connection, [replace(one, part=0, length=length) for one in settled])
    else:
        answer_messages.forget(connection, before.id, changed)


def _carried_over(connection: Connection, before: Response, turn: Turn) -> None:
    """A text that was said at the next question, and belongs to the answer before it."""
    waiting = _waiting(connection, Source(0, 0, before.id, before.current or ""))
    for entry in turn.recorded:
        if waiting and entry.replaced is not None and entry.replaced.value:
            length = len(entry.answer.value) - len(entry.replaced.value) - 1
            joining = replace(waiting[-1], item=entry.answer.item, is_other=False)
            _one_part_more(connection, joining, length)


def _waiting(connection: Connection, source: Source) -> list[Source]:
    """The latest message of each kind that has given no answer so far."""
    latest = {
        one.is_other: one
        for one in answer_messages.of_item(connection, source.response_id, source.item)
        if not one.gave_answer and one.message_id != source.message_id
    }
    return [latest[kind] for kind in sorted(latest)]
