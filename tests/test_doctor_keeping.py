"""The doctor's lines on what is kept: the voice key, names after their time, the register of erasures."""

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection

from bot.doctor_keeping import Kept, kept, register_line, retention_line, voice_line
from bot.erasing import Keeper
from bot.fieldwork import erasures
from bot.sealing import seal_of
from bot.store.database import Database
from tests.fieldwork.office import SECRET, STUDY, import_class, people, roster, wib

KEY, OTHER_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()
NOW = wib("2026-11-02 09:00")
PYTHON = (sys.executable,)


def found(voices: int = 0, key: str = "") -> Kept:
    seal = seal_of([key] if key else [])
    return Kept(voices, seal.encrypt(b"OggS") if seal else None, 24, False, frozenset())


@pytest.mark.parametrize(
    ("keys", "transcriber", "kept", "says", "remedy"),
    [
        ([], (), found(), "stay at Telegram", ""),
        ([], (), found(3, KEY), "3 are kept sealed, and there is no VOICE_KEY", "Put the key back"),
        ([], PYTHON, found(), "TRANSCRIBER is set, and there is no VOICE_KEY", "VOICE_KEY"),
        ([OTHER_KEY], (), found(3, KEY), "3 are kept sealed", "former key behind the new one"),
        ([OTHER_KEY, KEY], (), found(3, KEY), "3 kept sealed, the key is right", ""),
        ([KEY], (), found(), "written down by nobody", ""),
        ([KEY], PYTHON, found(), sys.executable, ""),
        ([KEY], ("no-such-program",), found(), "no-such-program is not found", "on this machine"),
    ],
)  # fmt: skip
def test_the_line_on_voice_messages(
    keys: Sequence[str], transcriber: Sequence[str], kept: Kept, says: str, remedy: str
):
    line = voice_line(keys, transcriber, kept)
    assert says in line.found
    assert bool(line.remedy) == bool(remedy)
    assert remedy in line.remedy


def test_names_that_should_be_gone_are_told_after_a_day_of_grace(connection: Connection):
    import_class(connection, roster(2))
    on_the_day = kept(connection, STUDY, wib("2028-10-16 10:00"))
    assert retention_line(on_the_day).remedy == ""
    assert "24 months" in retention_line(on_the_day).found
    later = kept(connection, STUDY, wib("2028-10-17 10:00"))
    assert "start it" in retention_line(later).remedy


async def test_an_erasure_that_the_register_lacks_is_told(sqlite_url: str, tmp_path: Path):
    register = tmp_path / "bot.erasures"
    async with await Database.open(sqlite_url) as database:
        training_id = await database.run(import_class, roster(2))
        person = (await database.run(people, training_id))[0]
        await database.run(erasures.erase_person, SECRET, person, NOW)
        state = await database.run(kept, STUDY, NOW)
        assert "database only" in register_line(register, SECRET, state).found
        await Keeper(database, register, SECRET).settle(NOW + timedelta(minutes=1))
        line = register_line(register, SECRET, state)
    assert (line.remedy, line.found.split()[0]) == ("", str(len(state.erased)))
    assert "BOT_SECRET" in register_line(register, b"another secret", state).remedy
