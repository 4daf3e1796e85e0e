"""Single answers that an administrator asks for: what is said before, and the job that makes them. Makes none itself.

Who asked stands in the audit log as "export answers", written by `staff.attend` in the same transaction.
"""

from sqlalchemy import Connection

from bot.fieldwork import staff
from bot.fieldwork.staff import Duty, Named
from bot.store import jobs

ANSWERS_JOB = "answers"


def look(_connection: Connection, duty: Duty) -> str:
    """/ekspor says what will be sent. Returns the language to answer in."""
    return duty.language


def ask_answers(connection: Connection, duty: Duty) -> str:
    """A job for the ticker; asked twice it is still one."""
    visit = duty.visit
    if duty.is_first and not jobs.waits(connection, ANSWERS_JOB, visit.chat_id):
        jobs.ask(connection, ANSWERS_JOB, visit.chat_id, {}, visit.now)
    return duty.language


def may_still_have(connection: Connection, chat_id: int, named: Named) -> bool:
    """A job may be done long after it was asked for, by somebody who has left since."""
    return chat_id in staff.administrators(connection, named)
