"""An interview in the chat of the real bot: cases are selected, one writes and speaks, one would rather be called; who sees what.

The chats are docs/transcripts/interviewee.md; SAVE_TRANSCRIPTS=1 writes it anew.
"""

import os
import re
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import Connection

from bot.simulator.client import SimulatedPerson, SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import BENCH, build_app, serving
from bot.store import tables
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.fieldwork.office import CONFIG, FIRST_CHAT, people, wib
from tests.fieldwork.test_interviews import GOOD, POOR, UNWILLING, followed
from tests.search import files_with
from tests.sent_forms import folder_with, old_version
from tests.test_coordinators_day import STEP, at, chat_of, do
from tests.whole_bot import bot_run, stopped, until

COORDINATOR = 78
LEFT_OUT = re.compile(r"\| \| \w+( \w+)? \| d(01|12|14|14b|15|30|31) ")
AGAIN = ("[Kembali]", "[Wawancara mendalam]")
CASES = ("[Rincian: Manajemen Keuangan Dae…]", "[Wawancara mendalam]")
GOLDEN = Path(__file__).parent.parent / "docs" / "transcripts" / "interviewee.md"
NAMES = ("Siti Aminah", "Bagas Pratama", "Citra Dewi")
SOUND = b"OggS dulu SPJ kembali dua kali sekarang sekali jalan"
SAID = "Dulu SPJ kembali dua kali, sekarang sekali jalan."
LONG = (
    "Atasan kami memberi waktu satu jam tiap Jumat untuk memeriksa berkas bersama-sama di ruang rapat, "
    "tanpa diganggu."
)
HEAD = """# An interview, in the chat

Written by `tests/test_interviewee.py` from the real bot on the simulator, with a few of the questions. All people are invented. What the office sees, who is selected and
what may be quoted: [interviews.md](../interviews.md). Darma, the coordinator, has the cases selected. Siti writes, speaks, takes a voice message
back, and sees what may be quoted of her. Bagas would rather be called. Citra did not agree to an interview and is asked nothing.
"""


def prepare(connection: Connection) -> None:
    training_id = followed(connection, GOOD, POOR, UNWILLING)
    for name, person in zip(NAMES, people(connection, training_id), strict=True):
        mine = tables.people.c.id == person
        connection.execute(
            tables.people.update().where(mine).values(name=name, phone="+6281155500012")
        )


def shortened() -> str:
    """The built-in form with three of its open questions."""
    lines = (CONFIG / "questionnaires" / "interview.md").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not LEFT_OUT.match(line))


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[SimulatorClient]:
    url = f"sqlite:///{folder / 'bot.db'}"
    migrate(url)
    async with await Database.open(url) as database:
        await database.run(prepare)
    forms = folder_with(folder / "forms", old_version())
    (forms / "interview.md").write_text(shortened(), "utf-8")
    app = build_app(clock_at("2027-02-08T09:00:00+07:00"))
    async with (
        serving(app) as address,
        SimulatorClient(address) as telegram,
        bot_run(
            address, folder, CLOCK_URL=address, QUESTIONNAIRES_DIR=str(forms), LOG_LEVEL="DEBUG",
            COORDINATOR_IDS=str(COORDINATOR), VOICE_KEY=Fernet.generate_key().decode(),
            TRANSCRIBER=f'{sys.executable} -c "print({SAID!r})"',
        ) as process,
    ):  # fmt: skip
        await until(lambda: app[BENCH].followers)
        yield telegram
        assert [call.method for call in await telegram.invalid_calls()] == []
        code, log = await stopped(process)
    assert (code, "Traceback" in log) == (0, False)
    (folder / "bot.log").write_text(log, "utf-8")


async def say(person: SimulatedPerson, sound: bytes) -> None:
    await person.send_voice(sound)
    await person.client.wait_quiet(within=180)
    await person.client.advance(STEP)


def transcribed(folder: Path) -> bool:
    """The voice message that stands in the answer; the one that was taken back is forgotten."""
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        found = connection.execute(
            "SELECT transcript, (SELECT count(*) FROM answers WHERE instr(value, file_id)) FROM recordings"
        ).fetchall()
    return found == [(SAID, 1)]


async def test_an_interview_from_the_selection_to_the_pages(tmp_path: Path):
    async with office(tmp_path) as telegram:
        darma = await telegram.create_person("Darma", person_id=COORDINATOR)
        siti, bagas, citra = [
            await telegram.create_person(name, person_id=FIRST_CHAT + number)
            for number, name in enumerate(NAMES)
        ]
        for person in (darma, siti, bagas, citra):
            await do(person, "/start")
        await do(darma, "/pelatihan", *CASES)
        await do(darma, "[Bagaimana dipilih?]", "[Kembali]", "[Pilih dan undang 2 orang]")
        await at(telegram, wib("2027-02-08 10:00"))
        await do(bagas, "[Lebih nyaman ditelepon]")
        await do(siti, "[Mulai]", "[Ya, saya bersedia]", "[Boleh dikutip]")
        await do(siti, "Daftar periksa SPJ.", "[Selesai]")
        await do(siti, "Sejak Januari, untuk setiap SPJ yang masuk ke meja saya.", "[Selesai]")
        await say(siti, b"OggS salah bicara")
        await do(siti, "[Hapus, rekam ulang]")
        await say(siti, SOUND)
        await do(siti, "[Selesai]", "[Selesai]", LONG)
        await until(lambda: transcribed(tmp_path))
        await do(siti, "[Selesai]")
        await do(siti, "[Lihat kutipan]", "[Diringkas saja]", "[Boleh dikutip]")
        await do(darma, *AGAIN, "[Catat telepon K01]")
        await do(
            darma,
            "Belum sempat: aplikasi SIPD berganti pada bulan Maret.",
            "[Diringkas saja]",
            "[Selesai]",
        )
        await do(darma, "[Panduan wawancara (.docx)]")
        await at(telegram, wib("2027-03-01 09:00"))
        await do(darma, *AGAIN, "[Lembar wawancara (.docx)]")
        chats = [await chat_of(telegram, person) for person in (siti, bagas, darma)]
    written = "\n".join([HEAD, *(f"```\n{chat}```\n" for chat in chats)])
    if os.environ.get("SAVE_TRANSCRIPTS"):
        GOLDEN.write_text(written, "utf-8")
    assert written == GOLDEN.read_text("utf-8")
    assert files_with(tmp_path, [SOUND.decode(), "salah bicara"]) == []
    assert files_with(tmp_path, [SAID])
