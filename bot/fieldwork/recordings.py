"""Voice messages of interviews: what is still to be fetched or written down, and what must go. One function is one transaction.

1. The answers decide: a voice message that stands in an answer of an interview is kept, one that does not any more is gone with
   its sound. So taking an answer back, /hapus and the retention time need no list of their own.
2. A failed try is put off and repeated as long as the sound is kept, so that nothing is lost by a transcriber or a network that
   is away. The sound is opaque here: bot/recorder.py seals it.
3. What a transcriber wrote stands in the answer's place when the sound is gone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.fieldwork.retention import INTERVIEW
from bot.store import audit, recordings
from bot.store.recordings import Counts, Recording, Unfetched, Untranscribed
from bot.survey.attachments import voices_in
from bot.survey.case_selection import case_code

OPERATOR: Final = "operator"  # whoever has a shell where the bot runs
FIRST_PAUSE: Final = timedelta(minutes=5)
MOST_DOUBLINGS: Final = 10
LONGEST_PAUSE: Final = timedelta(hours=12)
_FILE_NAME: Final = re.compile(r"K\d{2,4}-\w{1,64}-(\d{1,9})\.ogg", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unwritten:
    file_name: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class WrittenText:
    file_name: str
    text: str


def compare(connection: Connection, now: datetime, *, may_keep: bool) -> None:
    """With the answers as they are now. Without a key nothing new is kept, and what must go still goes."""
    found = [
        Recording(one.response_id, one.item, voice.file_id, voice.seconds)
        for one in recordings.spoken(connection, INTERVIEW)
        for voice in voices_in(one.value)
    ]
    known = recordings.known(connection)
    meant = {(one.response_id, one.file_id) for one in found}
    new = [one for one in found if (one.response_id, one.file_id) not in known]
    recordings.add(connection, new if may_keep else (), now)
    gone = [number for key, number in known.items() if key not in meant]
    recordings.remove(connection, gone)


def to_fetch(connection: Connection, now: datetime) -> Unfetched | None:
    return recordings.unfetched(connection, now)


def to_write_down(connection: Connection, now: datetime) -> Untranscribed | None:
    return recordings.untranscribed(connection, now)


def keep(connection: Connection, number: int, sealed: bytes, now: datetime) -> None:
    recordings.keep(connection, number, sealed, now)


def write_down(connection: Connection, number: int, transcript: str, now: datetime) -> None:
    recordings.write_down(connection, number, transcript, now)


def put_off(connection: Connection, number: int, failures: int, now: datetime) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(failures, MOST_DOUBLINGS), LONGEST_PAUSE)
    recordings.put_off(connection, number, now + pause)


def give_up(connection: Connection, number: int) -> None:
    """Too large for Telegram to give, or for us to keep: no later try can help."""
    recordings.put_off(connection, number, recordings.NEVER)


def unwritten(connection: Connection, now: datetime) -> list[Unwritten]:
    """For the officer who writes them down by hand."""
    found = [
        Unwritten(f"{case_code(one.number)}-{one.item}-{one.id}.ogg", one.sealed)
        for one in recordings.unwritten(connection)
    ]
    if found:
        audit.note(connection, OPERATOR, "hear recordings", {"recordings": len(found)}, now)
    return found


def take_in(
    connection: Connection, texts: Sequence[WrittenText], now: datetime
) -> tuple[int, list[str]]:
    """How many, and the file names that are not known."""
    known, unknown = recordings.numbers(connection), []
    for one in texts:
        found = _FILE_NAME.fullmatch(one.file_name)
        if found is None or int(found[1]) not in known:
            unknown.append(one.file_name)
        else:
            recordings.write_down(connection, int(found[1]), one.text, now)
    taken = len(texts) - len(unknown)
    if taken:
        audit.note(connection, OPERATOR, "write down recordings", {"recordings": taken}, now)
    return taken, unknown


def of_training(connection: Connection, training_id: int) -> Counts:
    return recordings.counts(connection, training_id, INTERVIEW)


def to_try(connection: Connection) -> tuple[int, bytes | None]:
    """How many are kept, and one of them for the doctor's key."""
    return recordings.newest_sealed(connection)
