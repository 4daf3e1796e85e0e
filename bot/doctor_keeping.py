"""What `python -m bot doctor` says of what is kept and what must go: voice messages, names after their time, the register of erasures.

Numbers only; a voice message is tried with the key and not looked at.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.doctor_line import Line
from bot.erasing import known_to
from bot.errors import SettingsError
from bot.fieldwork import erasures, recordings, retention
from bot.sealing import opened, seal_of
from bot.store.erasures import Erasure
from bot.survey.study import Study


@dataclass(frozen=True, slots=True)
class Kept:
    voices: int
    one_sealed: bytes | None  # to try the key on
    months: int
    is_overdue: bool  # somebody still has a name whose time is over
    erased: frozenset[Erasure]


def kept(connection: Connection, study: Study, now: datetime) -> Kept:
    voices, one = recordings.to_try(connection)
    return Kept(
        voices, one, study.office.retention_months, retention.is_overdue(connection, study, now),
        frozenset(erasures.known(connection)),
    )  # fmt: skip


def voice_line(keys: Sequence[str], transcriber: Sequence[str], found: Kept) -> Line:
    seal = seal_of(keys)
    if seal is None and (found.voices or transcriber):
        what = f"{found.voices} are kept sealed" if found.voices else "TRANSCRIBER is set"
        remedy = "Put the key back into VOICE_KEY; without it no voice message is kept or heard."
        return Line("voice", f"{what}, and there is no VOICE_KEY", remedy)
    if seal is None:
        return Line("voice", "no VOICE_KEY: voice messages stay at Telegram, by file id only")
    if found.one_sealed is not None:
        try:
            opened(seal, found.one_sealed)
        except SettingsError as wrong:
            return Line("voice", f"{found.voices} are kept sealed", str(wrong))
    if transcriber and shutil.which(transcriber[0]) is None:
        remedy = "Give TRANSCRIBER a program that is on this machine, or leave it empty."
        return Line("voice", f"{transcriber[0]} is not found", remedy)
    by = transcriber[0] if transcriber else "nobody (no TRANSCRIBER)"
    return Line("voice", f"{found.voices} kept sealed, the key is right, written down by {by}")


def retention_line(found: Kept) -> Line:
    if found.is_overdue:
        remedy = "The running bot does it at its next tick: start it, or read its log for 'names'."
        return Line("retention", "names are kept that should be gone", remedy)
    return Line("retention", f"names go {found.months} months after a training; none is overdue")


def register_line(register: Path, secret: bytes, found: Kept) -> Line:
    try:
        written = known_to(register, secret)
    except SettingsError as wrong:
        return Line("erasures", f"{register.name} is not usable", str(wrong))
    if lacking := len(found.erased - written):
        remedy = f"Bring back the last good copy of {register.name}; the bot adds what is new at its next tick."
        return Line("erasures", f"{lacking} stand in the database only", remedy)
    if not os.access(register if register.exists() else register.parent, os.W_OK):
        remedy = (
            "Give ERASURE_REGISTER a file that the bot may write to, in a folder that is there."
        )
        return Line("erasures", f"{register.name} cannot be written", remedy)
    return Line("erasures", f"{len(written)} in {register.name}; copy it off with every backup")
