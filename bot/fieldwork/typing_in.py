"""For whom a typed text is: a question of the office, a form that is tried out, or the sender's own survey. One transaction.

A question of the office is only named: its own event takes the text, and nothing was written before.
"""

from collections.abc import Collection
from functools import partial

from sqlalchemy import Connection

from bot.fieldwork import answering, conversation, trying_out
from bot.fieldwork.conversation import attend
from bot.fieldwork.expecting import expected
from bot.fieldwork.records import Outcome, Visit, Written
from bot.fieldwork.staff import StaffVisit
from bot.fieldwork.trying_out import Trial
from bot.survey.record import Typed


def attend_text(
    connection: Connection,
    visit: Visit,
    at_the_office: StaffVisit,
    written: Written,
    of_the_office: Collection[str],
) -> str | Trial | Outcome:
    """Both visits are the same update: as a participant's, and as a colleague's."""
    what = expected(connection, visit.chat_id)
    if what in of_the_office:
        return what
    trial = trying_out.reply(connection, at_the_office, Typed(written.text))
    if trial is not None:
        return trial
    return attend(connection, visit, partial(conversation.typed, written=written), answering.show)
