"""`python -m bot recordings`: the sound by case code for who writes it down by hand, and the texts back."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, select

from bot.recordings_cli import main
from bot.sealing import seal_of
from bot.store import audit, case_tables, tables
from bot.store.database import Database
from tests.fieldwork.office import people, round_of
from tests.fieldwork.test_interviews import GOOD, INTERVIEW, LATER, POOR, duty, followed, interviews

SOUND, SAID = b"OggS dulu dua kali", "Dulu dua kali, sekarang sekali."
T = TypeVar("T")
KEY, OTHER_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()
RECORDINGS = case_tables.recordings


def spoken(connection: Connection) -> None:
    """Both cases have said something; the second was written down by a program."""
    training_id = followed(connection, GOOD, POOR)
    interviews.choose(connection, duty(connection, training_id))
    seal, responses = seal_of([KEY]), tables.responses
    assert seal is not None
    round_id = round_of(connection, training_id, INTERVIEW).id
    for number, person in enumerate(people(connection, training_id)[:2]):
        mine = select(responses.c.id).where(
            responses.c.round_id == round_id, responses.c.person_id == person
        )
        connection.execute(
            RECORDINGS.insert().values(
                response_id=connection.execute(mine).scalar_one(), item="d10", file_id=f"V{number}",
                seconds=7, due_at=LATER, sealed=seal.encrypt(SOUND),
                transcript="sudah" if number else None, written_at=LATER if number else None,
            )
        )  # fmt: skip


def transcripts(connection: Connection) -> list[str | None]:
    query = select(RECORDINGS.c.transcript).order_by(RECORDINGS.c.id)
    return list(connection.execute(query).scalars())


def on(url: str, read: Callable[[Connection], T]) -> T:
    async def done() -> T:
        async with await Database.open(url) as database:
            found: T = await database.run(read)
            return found

    return asyncio.run(done())


@pytest.fixture
def url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("VOICE_KEY", KEY)
    on(sqlite_url, spoken)
    return sqlite_url


def test_what_nobody_has_written_down_comes_out_by_case_code(url: str, tmp_path: Path):
    folder = tmp_path / "suara"
    assert main(["--out", str(folder)]) == 0
    (sound,) = folder.glob("*.ogg")
    assert sound.name[:3] in {"K01", "K02"}
    assert sound.name.endswith("-d10-1.ogg")
    assert sound.read_bytes() == SOUND
    assert (folder.stat().st_mode & 0o777, sound.stat().st_mode & 0o777) == (0o700, 0o600)
    assert ("operator", "hear recordings") in on(url, audit.actions)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "cp1252")])
def test_the_texts_of_the_sheet_are_taken_in(
    url: str, tmp_path: Path, delimiter: str, encoding: str
):
    folder = tmp_path / "suara"
    main(["--out", str(folder)])
    (sound,) = folder.glob("*.ogg")
    rows = [("berkas", "teks"), (sound.name, f'"{SAID} – é"'), ("K09-d10-77.ogg", '"x"')]
    sheet = folder / "salinan.csv"
    sheet.write_bytes("\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert main(["--in", str(sheet)]) == 0
    assert on(url, transcripts) == [f"{SAID} – é", "sudah"]


def test_a_row_without_a_text_and_a_file_that_is_not_known_change_nothing(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    sheet = tmp_path / "salinan.csv"
    sheet.write_text("berkas;teks\nK01-d10-1.ogg;\nK09-d10-77.ogg;teks\n../1.ogg;teks\n", "utf-8")
    assert main(["--in", str(sheet)]) == 0
    assert "0 texts" in (said := capsys.readouterr().out)
    assert "K09-d10-77.ogg, ../1.ogg" in said
    assert on(url, transcripts) == [None, "sudah"]


@pytest.mark.parametrize(
    ("arguments", "keys", "says"),
    [
        (["--out", "suara"], (), "VOICE_KEY is not set"),
        (["--out", "suara"], (OTHER_KEY,), "does not open"),
        (["--in", "other.csv"], (KEY,), "no columns berkas and teks"),
        (["--in", "missing.csv"], (KEY,), "No such file"),
        (["--out", "there"], (KEY,), "File exists"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    url: str,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    keys: tuple[str, ...],  # no text: a key is another in each process, and would name the test
    says: str,
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOICE_KEY", ",".join(keys))
    (tmp_path / "other.csv").write_text("a;b\n1;2\n", "utf-8")
    (tmp_path / "there").mkdir()
    assert main(arguments) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "suara").exists()
    assert on(url, transcripts) == [None, "sudah"]
