"""For whom a typed text is: a question of the office, a form that is tried out, or the sender's own survey. One transaction.

A question of the office is only named: its own event takes the text. While the next card of a trial or a sheet is on its way,
nothing that is typed can be meant for it. Whoever may no longer answer it is refused by that event,
once: the question is over, so that the next text is the sender's own again.
"""

from collections.abc import Collection
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.fieldwork import answering, conversation, trying_out
from bot.fieldwork.conversation import attend
from bot.fieldwork.expecting import asked_about, expected
from bot.fieldwork.keying_in import EXPECTING_ANSWER
from bot.fieldwork.office_sheet import EXPECTING_SHEET
from bot.fieldwork.records import Outcome, Say, Visit, Written
from bot.fieldwork.staff import StaffVisit, language_of, who_is
from bot.fieldwork.trying_out import Trial
from bot.store import accounts
from bot.survey.record import Typed

CARDS: Final = frozenset({EXPECTING_ANSWER, EXPECTING_SHEET})  # one question after the other


def attend_text(
    connection: Connection,
    visit: Visit,
    at_the_office: StaffVisit,
    written: Written,
    of_the_office: Collection[str],
) -> str | Trial | Outcome:
    """Both visits are the same update: as a participant's, and as a colleague's."""
    what = expected(connection, visit.chat_id)
    if visit.is_posing and (what in CARDS or trying_out.under_way(connection, at_the_office)):
        language = language_of(connection, visit.chat_id) or "id"
        return Outcome(language, None, (Say("pesan_belum_dijawab"),))
    if what in of_the_office:
        _end_if_over(connection, at_the_office)
        return what
    trial = trying_out.reply(connection, at_the_office, Typed(written.text))
    if trial is not None:
        return trial
    return attend(connection, visit, partial(conversation.typed, written=written), answering.show)


def is_asked(
    connection: Connection, visit: StaffVisit, of_the_office: Collection[str]
) -> str | None:
    """The language of a colleague whom the office asks for a text; None: nobody is asked here."""
    if expected(connection, visit.chat_id) not in of_the_office:
        return None
    return None if _end_if_over(connection, visit) else language_of(connection, visit.chat_id)


def _end_if_over(connection: Connection, visit: StaffVisit) -> bool:
    """No longer a colleague, or no longer of that training."""
    training_id, _ = asked_about(connection, visit.chat_id)
    who = who_is(connection, visit.named, visit.chat_id)
    is_over = who is None or bool(training_id and not who.has(training_id))
    if is_over:
        accounts.expect(connection, visit.chat_id, {})
    return is_over
