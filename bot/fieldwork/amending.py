"""A message that was edited: the answer it gave follows. Each function is part of one transaction.

1. The answer may be of any response of the person whose round is open, not only of the one they are at.
2. What was changed, or why not, is said in one short sentence; the card that is shown keeps its place and its state.
3. An edit that comes twice, or late, changes nothing.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.fieldwork import answering, consent, finishing, posing, sources
from bot.fieldwork.answering import Interview
from bot.fieldwork.records import Edition, Reactions, Say, Visit
from bot.store import answer_messages, responses
from bot.store.accounts import Account
from bot.store.answer_messages import Source
from bot.survey import response as survey
from bot.survey.prompts import Ask, Review, Thank
from bot.survey.record import Correction, Said, Turn


@dataclass(frozen=True, slots=True)
class _Edited:
    """What was said, where, and what it says now."""

    interview: Interview
    source: Source
    said: Said


def amended(
    connection: Connection, visit: Visit, account: Account, edition: Edition, source: Source
) -> Reactions:
    found = _open(connection, account, source)
    if found is None:
        return (Say("pesan_diubah"),)
    if source.edited_at is not None and edition.edited_at < source.edited_at:
        return ()
    consent.refuse_closed(visit, account.language, found)
    interview = answering.interview_of(connection, visit, found)
    source = replace(source, edited_at=edition.edited_at)
    answer_messages.keep(connection, [source])
    follow = _amended if source.gave_answer else _said_anew
    return follow(connection, visit, account, _Edited(interview, source, edition.said))


def _open(
    connection: Connection, account: Account, source: Source
) -> responses.OpenResponse | None:
    if account.person_id is None:
        return None
    return responses.open_for(connection, source.response_id, account.person_id)


def _amended(connection: Connection, visit: Visit, account: Account, edited: _Edited) -> Reactions:
    interview, source = edited.interview, edited.source
    held = interview.found.response.answers.get(source.item)
    if held is None:
        return (Say("suntingan_tidak_berlaku"),)
    cut = sources.parts(connection, source, held.value)
    if cut is None:
        return (Say("pesan_diubah"),)
    correction = Correction(
        source.item, edited.said, source.is_other, earlier=cut.earlier, later=cut.later
    )
    turn = _turn(visit, interview, correction)
    if turn.recorded:
        answering.store(connection, visit, interview, turn)
        sources.amended(connection, source, cut, turn)
        if account.response_id == source.response_id:
            posing.note(connection, visit, account, interview.found.response, turn.response)
    return _said(connection, visit, account, interview, turn)


def _said_anew(
    connection: Connection, visit: Visit, account: Account, edited: _Edited
) -> Reactions:
    """It was refused when it came; while its question is still open it may be mended."""
    interview, source = edited.interview, edited.source
    before = interview.found.response
    is_asked = before.stage == "asking" and before.current == source.item
    if not is_asked or account.response_id != before.id:
        return (Say("pesan_diubah"),)
    correction = Correction(source.item, edited.said, source.is_other, is_new=True)
    turn = _turn(visit, interview, correction)
    sources.remember(connection, before, turn, source)
    return answering.take_turn(connection, visit, account, interview, turn)


def _turn(visit: Visit, interview: Interview, correction: Correction) -> Turn:
    return survey.amend(
        interview.questionnaire, interview.found.response, correction, interview.now,
        complete_share=visit.study.complete_share,
    )  # fmt: skip


def _said(
    connection: Connection, visit: Visit, account: Account, interview: Interview, turn: Turn
) -> Reactions:
    before = interview.found.response
    remark = _remark(turn)
    if account.response_id != before.id:
        return _elsewhere(interview, turn, remark)
    if turn.response == before or (before.stage == turn.response.stage == "done"):
        return remark
    return answering.shown(connection, visit, interview, turn)


def _remark(turn: Turn) -> Reactions:
    prompt = turn.prompt
    if isinstance(prompt, Ask | Review | Thank) and prompt.notice:
        return (answering.said_of(prompt.notice),)
    return ()


def _elsewhere(interview: Interview, turn: Turn, remark: Reactions) -> Reactions:
    """Of a survey that the person is not at: its name, and whether it asks something again."""
    if not remark or not isinstance(sentence := remark[0], Say):
        return ()
    if interview.found.response.stage == "done" and turn.response.stage == "asking":
        sentence = Say("suntingan_membuka", {"kalimat": sentence})
    title = finishing.title(interview.found)
    return (Say("suntingan_survei_lain", {"judul": title, "kalimat": sentence}),)
