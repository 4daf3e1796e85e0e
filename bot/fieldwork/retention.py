"""The promise of the notice: so many months after a training, what was answered in it has no name any more. In one transaction.

Each person of such a training gets a nameless twin, who takes over that training: enrolment, answers, consents, contacts. The
twin's pseudonym is random, so nothing leads from it to a NIP, nor from one training to another. Recordings and files
go; groups of units and grades stay for the analysis. Whoever is in no younger training is forgotten altogether.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.fieldwork import erasures
from bot.store import accounts, enrolled_before, personal_data, recordings, summaries
from bot.store.enrolled_before import Named, Written
from bot.store.erasures import Erasure
from bot.store.erasures import note as note_erasure
from bot.survey.attachments import without_files, written_down
from bot.survey.study import Study

AT_ONCE = 20  # people of one transaction
SILENT_FOR = timedelta(days=30)  # an account that nobody is connected to
HEARD_FOR = timedelta(
    days=30
)  # after an interview closed: what its first note promises of voice messages
INTERVIEW = "interview"
MARK = "retention"  # in the register: something else that must be wiped from the file
_MONTHS = 12


def last_day_kept(study: Study, today: date) -> date:
    """Trainings that ended on that day or before have had their time."""
    months = today.year * _MONTHS + today.month - 1 - study.office.retention_months
    year, month = divmod(months, _MONTHS)
    return date(year, month + 1, min(today.day, 28))


def is_overdue(connection: Connection, study: Study, now: datetime) -> bool:
    """Something that a tick takes away is still there; a day of grace for a bot that stood still."""
    then = now - timedelta(days=1)
    late = enrolled_before.named(connection, last_day_kept(study, then.date()), 1)
    heard = enrolled_before.recordings(connection, INTERVIEW, then - HEARD_FOR)
    return bool(late or heard)


def unname_some(connection: Connection, study: Study, secret: bytes, now: datetime) -> int:
    """How many people lost their name in a training; 0 when there is nothing left to do."""
    found = enrolled_before.named(connection, last_day_kept(study, now.date()), AT_ONCE)
    for one in found:
        _unname(connection, one)
    silent = enrolled_before.silent_chats(connection, now - SILENT_FOR)
    for chat_id in silent:
        accounts.erase(connection, chat_id)
    if found or silent:
        note_erasure(connection, [Erasure(erasures.key_of(secret, MARK), now)])
    return len(found)


def drop_recordings(connection: Connection, secret: bytes, now: datetime) -> int:
    """How many answers of old interviews lost their voice messages: some dozens at most."""
    changed = _without_sound(
        connection, enrolled_before.recordings(connection, INTERVIEW, now - HEARD_FOR)
    )
    if changed:
        note_erasure(connection, [Erasure(erasures.key_of(secret, MARK), now)])
    return changed


def _unname(connection: Connection, one: Named) -> None:
    code = f"x{secrets.token_hex(5)}"
    twin = enrolled_before.twin(connection, one, code)
    _without_sound(connection, enrolled_before.answers_in(connection, one))
    enrolled_before.hand_over(connection, one, twin)
    summaries.rename(connection, one.training_code, one.code, code)
    if not enrolled_before.is_anywhere(connection, one.person_id):
        account = accounts.of_person(connection, one.person_id)
        if account is not None:
            erasures.erase_chat(connection, account.chat_id)
        personal_data.erase(connection, one.person_id)


def _without_sound(connection: Connection, found: Sequence[Written]) -> int:
    """What was transcribed stands there instead. How many answers that were."""
    changed = 0
    for written in found:
        transcripts = recordings.transcripts(connection, written.response_id)
        said = {file_id: one.text for file_id, one in transcripts.items()}
        kept = without_files(written_down(written.value, said))
        if kept != written.value:
            at = max((one.at for one in transcripts.values()), default=None)
            enrolled_before.rewrite(connection, written, kept, at)
            changed += 1
    recordings.remove_of(connection, {written.response_id for written in found})
    return changed
