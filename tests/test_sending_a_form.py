"""A coordinator changes a questionnaire in the chat: the real bot, a real simulator, a real workbook, from sending to publishing.

The whole conversation is docs/transcripts/form-version.txt; SAVE_TRANSCRIPTS=1 writes it anew.
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
from tests.sent_forms import DAYS, TITLE, USEFUL, folder_with, old_version, workbook
from tests.whole_bot import bot_run, stopped, until

COORDINATOR = 501
GOLDEN = Path(__file__).parent.parent / "docs" / "transcripts" / "form-version.txt"
STEP = timedelta(seconds=7)


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[tuple[SimulatorClient, SimulatedPerson]]:
    """The bot with one small questionnaire in use, and a coordinator in front of it."""
    app = build_app(clock_at("2026-10-16T09:00:00+07:00"))
    forms = folder_with(folder / "forms", old_version())
    async with (
        serving(app) as url,
        SimulatorClient(url) as telegram,
        bot_run(
            url, folder, CLOCK_URL=url, COORDINATOR_IDS=str(COORDINATOR),
            QUESTIONNAIRES_DIR=str(forms),
        ) as process,
    ):  # fmt: skip
        await until(lambda: app[BENCH].followers)
        yield telegram, await telegram.create_person("Rina", person_id=COORDINATOR)
        assert [call.method for call in await telegram.invalid_calls()] == []
        code, log = await stopped(process)
    assert (code, "Traceback" in log) == (0, False)


async def say(rina: SimulatedPerson, text: str) -> None:
    await rina.send_text(text)
    await _later(rina)


async def tap(rina: SimulatedPerson, label: str) -> None:
    await rina.tap(label)
    await _later(rina)


async def send(rina: SimulatedPerson, name: str, content: bytes) -> None:
    await rina.send_document(name, content)
    await _later(rina)


async def _later(rina: SimulatedPerson) -> None:
    await rina.client.wait_quiet(within=60)
    await rina.client.advance(STEP)


async def test_the_whole_conversation_from_sending_to_publishing(tmp_path: Path):
    async with office(tmp_path) as (telegram, rina):
        await say(rina, "/formulir")
        await send(rina, "catatan.pdf", b"%PDF-1.7")
        broken = (TITLE, USEFUL, (DAYS[0], "by", *DAYS[2:]))
        await send(rina, "evaluasi-2027.xlsx", workbook(broken))
        await send(rina, "evaluasi-2027.xlsx", workbook())
        await tap(rina, "Coba dulu")
        await tap(rina, "Sebagian")
        await say(rina, "Lebih banyak latihan")
        await tap(rina, "Terbitkan")
        await tap(rina, "Tetap terbitkan")
        await tap(rina, "Terbitkan")
        await say(rina, "/formulir")
        chat, calls = await rina.chat(), await telegram.calls()
        shown = [call for call in calls if call.method in {"sendMessage", "editMessageText"}]
    told = transcript(chat, shown)
    if os.environ.get("SAVE_TRANSCRIPTS"):
        GOLDEN.write_text(told, "utf-8")
    assert told == GOLDEN.read_text("utf-8")
