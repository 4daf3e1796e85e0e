"""A class held with the real bot on the real simulator: opened in two replies, joined by scan, code and contact, its card alive."""

import asyncio
import re
from contextlib import asynccontextmanager
from pathlib import Path

from bot.simulator.client import SimulatedPerson, SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import BENCH, build_app, serving
from tests.whole_bot import bot_run, stopped, until

COORDINATOR = 501


@asynccontextmanager
async def bot(app, url: str, folder: Path):
    async with bot_run(url, folder, CLOCK_URL=url, COORDINATOR_IDS=str(COORDINATOR)) as process:
        await until(lambda: app[BENCH].followers)
        yield
        code, log = await stopped(process)
    assert (code, "Traceback" in log) == (0, False), log


async def card_says(rina: SimulatedPerson, words: str) -> str:
    """The live card is edited in its place, within seconds."""
    async with asyncio.timeout(120):
        while True:
            cards = [
                one.text for one in (await rina.chat()).messages if one.text.startswith("Kelas ")
            ]
            if cards and words in cards[-1]:
                assert len(cards) == 1
                return cards[-1]
            await asyncio.sleep(0.1)


async def joins(telegram: SimulatorClient, name: str, number: int, begin: str) -> SimulatedPerson:
    person = await telegram.create_person(name, person_id=number)
    await (person.start(begin) if begin.startswith("k") else person.send_text(begin))
    await telegram.wait_quiet(within=180)
    for text in (name, "Dinas Kesehatan"):
        await person.send_text(text)
        await telegram.wait_quiet(within=180)
    await person.tap("Ya, saya bersedia")
    await telegram.wait_quiet(within=180)
    return person


async def test_a_class_lives_from_the_first_scan_over_a_restart(tmp_path: Path):
    app = build_app(clock_at("2026-10-16T15:45:00+07:00"))
    async with serving(app) as url, SimulatorClient(url) as telegram:
        async with bot(app, url, tmp_path):
            rina = await telegram.create_person("Rina", person_id=COORDINATOR)
            await rina.send_text("/bukakelas Pelayanan Publik Angkatan III")
            await telegram.wait_quiet(within=180)
            await rina.tap("Hari ini")
            await telegram.wait_quiet(within=180)
            told = "\n".join(one.text for one in (await rina.chat()).messages)
            token = re.search(r"start=(k\S{22})", told)
            code = re.search(r"BNG-\w{4}", told)
            assert token
            assert code
            await joins(telegram, "Budi Santoso", 901, token[1])
            await card_says(rina, "Terhubung 1 | mulai 1 | selesai 0")
        async with bot(app, url, tmp_path):
            await joins(telegram, "Siti Aminah", 902, code[0].lower())
            await card_says(rina, "Terhubung 2 | mulai 2 | selesai 0")
        assert [call.method for call in await telegram.invalid_calls()] == []
