"""One update of somebody of the office, and what every event of theirs begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.once import once
from bot.store import accounts, audit
from bot.survey.study import Study


@dataclass(frozen=True, slots=True)
class StaffVisit:
    study: Study
    chat_id: int
    update_id: int
    now: datetime


def first_time(
    connection: Connection, visit: StaffVisit, action: str, detail: Mapping[str, str | int]
) -> bool:
    """Notes the action in the audit log, once per update. False: seen before; change nothing again."""
    first = once(connection, visit.update_id, visit.now)
    if first:
        audit.note(connection, str(visit.chat_id), action, detail, visit.now)
    return first


def language_of(connection: Connection, visit: StaffVisit) -> str:
    account = accounts.of_chat(connection, visit.chat_id)
    return account.language if account else "id"
