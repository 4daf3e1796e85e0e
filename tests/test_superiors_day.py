"""A letter and its superiors in the chat of the real bot: the number, a link that reached the wrong person, two alumni with the
unit asked about once, and somebody who answers in a superior's place.

The chats are docs/transcripts/superior.md; SAVE_TRANSCRIPTS=1 writes it anew.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, select

from bot.fieldwork.enrolment import new_link
from bot.fieldwork.roster import save_roster
from bot.simulator.client import SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import BENCH, build_app, serving
from bot.store import tables
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.fieldwork.office import CONFIG, IMPORTED, STUDY, participant, roster, superior, wib
from tests.test_coordinators_day import STEP, at, chat_of, do
from tests.whole_bot import bot_run, stopped, until

SECRET, COORDINATOR = b"s" * 32, 78
TONO, RATNA, WATI = 7_000_555_921, 7_000_555_922, 7_000_555_923
GOLDEN = Path(__file__).parent.parent / "docs" / "transcripts" / "superior.md"
DEWI = superior(60, name="Ratna Dewi", position="Kepala Bidang Anggaran")
BUDI = superior(61, name="Budi Santoso", position="Camat Rimbo Tengah")
TOKENS = {"Ratna Dewi": "p" + "r" * 22, "Budi Santoso": "p" + "b" * 22}
HEAD = """# Superiors, in the chat

Written by `tests/test_superiors_day.py` from the real bot on the simulator, with the questionnaire of `config/questionnaires`. All people
are invented. Darma enters the number of the letter and makes one. Ratna's link is forwarded to Tono first, who sends it back; she then
answers about two alumni, and is asked about her unit once. Wati answers in the place of Camat Budi.
"""


def prepare(connection: Connection) -> None:
    """A class that ended three months ago: two alumni of Ratna, one of Budi, one of Hasan; two superiors with a link."""
    people = [
        participant(1, name="Adi Saputra", superior=DEWI),
        participant(2, name="Bunga Lestari", superior=DEWI),
        participant(3, name="Citra Dewi", superior=BUDI),
        participant(4, name="Dedi Kurnia", superior=superior(62, name="Hasan Basri")),
    ]
    save_roster(connection, STUDY, roster(participants=tuple(people)), SECRET, IMPORTED)
    for name, token in TOKENS.items():
        found = connection.execute(select(tables.people.c.id).where(tables.people.c.name == name))
        new_link(connection, found.scalar_one(), wib("2027-01-12 09:00"), token)


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[SimulatorClient]:
    url = f"sqlite:///{folder / 'bot.db'}"
    migrate(url)
    async with await Database.open(url) as database:
        await database.run(prepare)
    app = build_app(clock_at("2027-01-13T08:00:00+07:00"))
    async with (
        serving(app) as address,
        SimulatorClient(address) as telegram,
        bot_run(
            address, folder, CLOCK_URL=address, COORDINATOR_IDS=str(COORDINATOR),
            QUESTIONNAIRES_DIR=str(CONFIG / "questionnaires"),
        ) as process,
    ):  # fmt: skip
        await until(lambda: app[BENCH].followers)
        yield telegram
        assert [call.method for call in await telegram.invalid_calls()] == []
        code, log = await stopped(process)
    assert (code, "Traceback" in log) == (0, False)


async def written_letter(telegram: SimulatorClient) -> None:
    """It is written by another process, which no silence of the bot waits for."""
    async with asyncio.timeout(180):
        while not await telegram.calls("sendDocument"):  # noqa: ASYNC110 - as in test_app
            await asyncio.sleep(0.05)
    await telegram.advance(STEP)


RATES = (
    "[Sering]",
    "[Kira-kira tiap minggu]",
    "[Sedikit membaik]",
    "[Jelas membaik]",
    "[Tetap]",
    "[Setuju]",
)
SUPPORT = ("[☐ Memberi tugas yang sesuai]", "[Selesai (1 dipilih)]")
OBSTACLES = ("[☐ Beban kerja tinggi]", "[Selesai (1 dari paling banyak 3)]")


async def test_a_letter_is_quoted_and_its_superiors_answer(tmp_path: Path):
    async with office(tmp_path) as telegram:
        people = [
            await telegram.create_person(name, person_id=number)
            for name, number in (("Darma", COORDINATOR), ("Tono", TONO), ("Ratna Dewi", RATNA), ("Wati", WATI))
        ]  # fmt: skip
        darma, tono, ratna, wati = people
        await do(
            darma, "/pelatihan", "[Rincian: Manajemen Keuangan Dae…]", "[Surat pengantar atasan]"
        )
        await do(darma, "[Isi nomor surat]", "800/12/BKPSDMD/2027 tanggal 13 Januari 2027")
        await do(darma, "[Pilih satu atasan]")
        await darma.tap("Hasan Basri")
        await written_letter(telegram)
        await at(telegram, wib("2027-01-20 10:00"))
        await do(tono, f"/start {TOKENS['Ratna Dewi']}", "[Bukan untuk saya]")
        await do(ratna, f"/start {TOKENS['Ratna Dewi']}", "[Saya sendiri]")
        await at(telegram, wib("2027-01-21 09:00"))
        await do(ratna, "[Mulai]", "[Saya sendiri]", "[Ya, saya bersedia]")
        await do(ratna, *RATES, "SPJ bidang selesai tanggal 5, dahulu tanggal 12.")
        await do(ratna, *SUPPORT, *OBSTACLES, "Diadakan sebelum penyusunan RKA.")
        await do(ratna, "[Lanjutkan]", *RATES, "[Lewati]")
        await do(wati, f"/start {TOKENS['Budi Santoso']}", "[Saya mewakili beliau]")
        await do(wati, "[Ya, saya bersedia]", "[Tidak pernah]", *SUPPORT, *OBSTACLES, "[Lewati]")
        chats = [await chat_of(telegram, one) for one in people]
    ratings = chats[2].split("Lanjutkan]\n\n")[-1]
    assert "800/12/BKPSDMD/2027" in chats[1]
    assert "Unit kerja - " not in ratings
    written = "\n".join([HEAD, *(f"```\n{chat}```\n" for chat in chats)])
    if os.environ.get("SAVE_TRANSCRIPTS"):
        GOLDEN.write_text(written, "utf-8")
    assert written == GOLDEN.read_text("utf-8")
