"""A coordinator sends the list of a class in the chat: the real bot, a real simulator, a real workbook, from a photo to the saved list.

The whole conversation is docs/transcripts/roster.txt; SAVE_TRANSCRIPTS=1 writes it anew.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.demo.outputs import transcript
from bot.simulator.client import SimulatedPerson, SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import BENCH, build_app, serving
from tests.fieldwork.rosters.nasty import BOSS, BUDI, CICI, SITI, full_workbook, one_sheet
from tests.whole_bot import bot_run, stopped, until

COORDINATOR = 501
GOLDEN = Path(__file__).parent.parent / "docs" / "transcripts" / "roster.txt"
STEP = timedelta(seconds=7)
HEAD = (
    "No",
    "Nama Lengkap",
    "NIP / NI PPPK",
    "Unit Kerja",
    "No. HP/WA",
    "Atasan Langsung",
    "NIP Atasan",
)
LIST = (
    ("DAFTAR PESERTA PELATIHAN MANAJEMEN KEUANGAN DAERAH",), ("ANGKATAN II TAHUN 2026",), (), HEAD,
    (1, "Siti Aminah, S.E.", SITI, "BPKAD", "0812-5550-2201", "Ahmad Hidayat", BOSS),
    (2, "Budi Santoso", "1990091320252429", "Dinas Kesehatan", "081255502202", None, None),
    (3, "Cici Paramida", CICI, "Bappeda", None, None, None),
    (4, "Dedi Kurniawan", None, "RSUD", None, None, None),
    (), (None, "Muara Bungo, 13 Oktober 2026"), (None, "Panitia,"), (None, "Tono"),
)  # fmt: skip
CORRECTED = (
    *LIST[:4],
    (1, "Siti Aminah, S.E.", SITI, "Inspektorat", "0812-5550-2201", "Ahmad Hidayat", BOSS),
    (2, "Budi Santoso", BUDI, "Dinas Kesehatan", "081255502202", None, None),
)


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[tuple[SimulatorClient, SimulatedPerson]]:
    app = build_app(clock_at("2026-10-13T09:00:00+07:00"))
    async with (
        serving(app) as url,
        SimulatorClient(url) as telegram,
        bot_run(url, folder, CLOCK_URL=url, COORDINATOR_IDS=str(COORDINATOR)) as process,
    ):
        await until(lambda: app[BENCH].followers)
        yield telegram, await telegram.create_person("Rina", person_id=COORDINATOR)
        assert [call.method for call in await telegram.invalid_calls()] == []
        code, log = await stopped(process)
    assert (code, "Traceback" in log, "Siti" in log) == (0, False, False)


async def send(rina: SimulatedPerson, name: str, content: bytes) -> None:
    await rina.send_document(name, content)
    await _later(rina)


async def tap(rina: SimulatedPerson, label: str) -> None:
    await rina.tap(label)
    await _later(rina)


async def _later(rina: SimulatedPerson) -> None:
    await rina.client.wait_quiet(within=180)
    await rina.client.advance(STEP)


async def test_the_whole_conversation_from_a_pdf_to_the_corrected_list(tmp_path: Path):
    async with office(tmp_path) as (telegram, rina):
        await send(rina, "peserta.pdf", b"%PDF-1.7")
        await send(rina, "peserta.xlsx", one_sheet(LIST))
        await tap(rina, "Batal")
        await send(rina, "lengkap.xlsx", full_workbook())
        await tap(rina, "Simpan 2")
        await send(rina, "peserta.xlsx", one_sheet(LIST))
        await tap(rina, "Simpan 2")
        await send(rina, "perbaikan.xlsx", one_sheet(CORRECTED))
        await tap(rina, "Simpan 2")
        chat, calls = await rina.chat(), await telegram.calls()
        shown = [call for call in calls if call.method in {"sendMessage", "editMessageText"}]
    told = transcript(chat, shown)
    if os.environ.get("SAVE_TRANSCRIPTS"):
        GOLDEN.write_text(told, "utf-8")
    assert told == GOLDEN.read_text("utf-8")
