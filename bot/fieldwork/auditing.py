"""The audit log as an administrator reads it: its last lines, and all of it in pages for the export. Changes nothing.

Colleagues stand in it by chat id; here their names are put beside. What only looks at numbers is left out of the last lines,
or they would be nothing else; the export has everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork.permits import PERMITS
from bot.fieldwork.staff import Duty
from bot.store import audit
from bot.store import staff as stored
from bot.store.audit import Line

SHOWN = 20
PAGE = 2000  # lines of one transaction


@dataclass(frozen=True, slots=True)
class LogLine:
    id: int
    at: datetime  # in the office's zone
    actor: str
    name: str  # "" for whom no name is known
    action: str
    detail: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Log:
    language: str
    names: Mapping[str, str]  # of staff, by chat id
    lines: tuple[LogLine, ...]
    last_id: int
    zone: str


def latest(connection: Connection, duty: Duty) -> Log:
    """The newest first."""
    looks = [action for action, permit in PERMITS.items() if permit.only_looks]
    return _log(connection, duty, audit.latest(connection, SHOWN, without=looks))


def begin_export(connection: Connection, duty: Duty) -> Log:
    """Without lines: they are read in pages up to `last_id`."""
    return _log(connection, duty, [])


def page(connection: Connection, log: Log, after: int) -> list[LogLine]:
    """The oldest first; empty at the end."""
    read = audit.after(connection, after, PAGE)
    return [_line(log.names, log.zone, line) for line in read if line.id <= log.last_id]


def _log(connection: Connection, duty: Duty, lines: list[Line]) -> Log:
    zone = duty.visit.study.office.zone
    names = {str(chat_id): name for chat_id, name in stored.names(connection).items()}
    shown = tuple(_line(names, zone, line) for line in lines)
    return Log(duty.language, names, shown, audit.last_id(connection), zone)


def _line(names: Mapping[str, str], zone: str, line: Line) -> LogLine:
    at = line.at.astimezone(ZoneInfo(zone))
    return LogLine(line.id, at, line.actor, names.get(line.actor, ""), line.action, line.detail)
