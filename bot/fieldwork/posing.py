"""Whether a message can be meant for the present question: only if the question was in the chat before it was written.

1. After a typed answer the next question is a message of its own. Until it is known to have arrived no typed message counts,
   then those with a higher number: the numbers of a chat grow. A restart changes nothing of that.
2. After a tap the card is edited, and no number tells when. What is typed while the edit is on its way does not count, nor
   what Telegram dates before the question was asked: then the question is shown again, below, and numbers decide as in 1, for it
   may be our clock that is wrong. Whether an edit arrived is not kept: after a death it counts as arrived.
3. A tap shows that its question was seen. A question that takes several messages takes them as they come.
4. Nothing is dropped in silence: the person is told, but once for each question, however often they wrote.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.fieldwork.records import Visit, Written
from bot.store import accounts
from bot.store.accounts import NOT_YET, Account
from bot.survey.record import Response

# Telegram's clock has whole seconds, and ours (of two replicas, too) may be off a little.
CLOCKS_APART: Final = timedelta(seconds=2)
_TAKES_MORE: Final = frozenset({"more", "probed"})


def is_new(before: Response, after: Response) -> bool:
    """Another question, or the same one that now wants something else."""
    if after.stage != "asking":
        return False
    if (before.stage, before.current) != (after.stage, after.current):
        return True
    return after.awaiting not in {before.awaiting, *_TAKES_MORE}


def note(
    connection: Connection, visit: Visit, account: Account, before: Response, after: Response
) -> None:
    """After every turn: from which message on an answer may come."""
    is_another = after.stage == "asking" and account.response_id != before.id
    if not is_another and not is_new(before, after):
        return
    if visit.poses_below:
        accounts.await_question(connection, account.chat_id)
    elif account.answers_after == NOT_YET or account.told_early:
        accounts.question_seen(connection, account.chat_id)


def is_early(visit: Visit, account: Account, response: Response, written: Written) -> bool:
    """Written before the present question was on the screen."""
    return (
        _came_before(visit, account, written)
        or _came_at_once(visit, response.shown_at)
        or _is_dated_before(visit, account, response.shown_at, written)
    )


def tells(
    connection: Connection, visit: Visit, account: Account, response: Response, written: Written
) -> bool:
    """Of a message that is early: whether the person is to hear of it. Again, if the question may be in no chat at all."""
    is_sure = _came_before(visit, account, written) or _came_at_once(visit, response.shown_at)
    is_shown = visit.is_posing or account.answers_after != NOT_YET
    if account.told_early and is_sure and is_shown:
        return False
    if not is_sure:
        accounts.await_question(connection, account.chat_id)
    if not account.told_early or not is_sure:
        accounts.note_told_early(connection, account.chat_id)
    return True


def _came_before(visit: Visit, account: Account, written: Written) -> bool:
    return visit.is_posing or 0 < written.message_id <= account.answers_after


def _came_at_once(visit: Visit, shown_at: datetime | None) -> bool:
    """Faster than anybody reads."""
    if shown_at is None:
        return False
    at_once = timedelta(seconds=visit.study.double_tap_seconds)
    return -CLOCKS_APART <= visit.now - shown_at < at_once


def _is_dated_before(
    visit: Visit, account: Account, shown_at: datetime | None, written: Written
) -> bool:
    """Unless the question was shown again, so that its number says more, or our clock was set back since."""
    is_shown_again = account.told_early and account.answers_after > 0
    if shown_at is None or is_shown_again or visit.now + CLOCKS_APART < shown_at:
        return False
    return written.sent_at + CLOCKS_APART <= shown_at
