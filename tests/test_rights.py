"""Each right of a participant in the chat of the real bot, and that nothing is left of her afterwards in any file.

The chats are docs/transcripts/rights.md; SAVE_TRANSCRIPTS=1 writes it anew.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from bot.demo.outputs import transcript
from bot.fieldwork.enrolment import new_link
from bot.fieldwork.roster import save_roster
from bot.simulator.client import SimulatedPerson, SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import BENCH, build_app, serving
from bot.simulator.views import CallView
from bot.store import tables
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.fieldwork.office import IMPORTED, STUDY, participant, roster
from tests.search import files_with
from tests.sent_forms import folder_with, old_version
from tests.whole_bot import bot_run, stopped, until

SECRET, TOKEN, ADMINISTRATOR, SITI = b"s" * 32, "p" + "a" * 22, 77, 7_000_555_901
NAME = "Siti Aminah Wulandari"
GOLDEN = Path(__file__).parent.parent / "docs" / "transcripts" / "rights.md"
STEP = timedelta(seconds=7)
HEAD = """# The rights of a participant, in the chat

Written by `tests/test_rights.py` from the real bot on the simulator. All people are invented. What each right does: [privacy.md](../privacy.md).
After the last word the test stops the bot and looks through every byte of database, log and register: neither her name nor her NIP
nor her account is found.
"""


def prepare(connection: Connection) -> str:
    """A class with Siti in it, and her personal link; her NIP."""
    who = tuple(participant(number) for number in range(1, 6))
    siti = participant(9, name=NAME, unit="Dinas Sosial", position="Analis", superior=None)
    save_roster(connection, STUDY, roster(participants=(siti, *who)), SECRET, IMPORTED)
    here = tables.people.c.name == NAME
    row = connection.execute(select(tables.people).where(here)).one()
    new_link(connection, row.id, IMPORTED, TOKEN)
    return str(row.nip)


@asynccontextmanager
async def survey(folder: Path) -> AsyncIterator[tuple[SimulatorClient, str]]:
    """The bot on the last day of a class; gives the NIP of Siti too."""
    url = f"sqlite:///{folder / 'bot.db'}"
    migrate(url)
    async with await Database.open(url) as database:
        nip = await database.run(prepare)
    app = build_app(clock_at("2026-10-16T09:00:00+07:00"))
    forms = folder_with(folder / "forms", old_version())
    async with (
        serving(app) as address,
        SimulatorClient(address) as telegram,
        bot_run(
            address, folder, CLOCK_URL=address, QUESTIONNAIRES_DIR=str(forms), LOG_LEVEL="DEBUG"
        ) as process,
    ):
        await until(lambda: app[BENCH].followers)
        yield telegram, nip
        assert [call.method for call in await telegram.invalid_calls()] == []
        code, log = await stopped(process)
    assert (code, "Traceback" in log) == (0, False)
    (folder / "bot.log").write_text(log, "utf-8")


async def after(person: SimulatedPerson, step: timedelta = STEP) -> None:
    await person.client.wait_quiet(within=180)
    await person.client.advance(step)


async def do(person: SimulatedPerson, *what: str) -> None:
    """Typed, or tapped when it stands in brackets."""
    for one in what:
        if one.startswith("["):
            await person.tap(one[1:-1])
        else:
            await person.send_text(one)
        await after(person)


def told(call: CallView) -> CallView:
    """A file is told by its name."""
    if call.method != "sendDocument":
        return call
    caption = str(call.parameters.get("caption", ""))
    name = "data-saya.json" if "komputer" in caption else "data-saya.html"
    text = f"(berkas) {name}\n{caption}"
    return replace(call, parameters={**call.parameters, "text": text})


async def chat_of(telegram: SimulatorClient, person: SimulatedPerson) -> str:
    shown = [
        told(call)
        for call in await telegram.calls()
        if call.method in {"sendMessage", "editMessageText", "sendDocument"}
        and call.parameters.get("chat_id") == str(person.id)
    ]
    return without_welcome(transcript(await person.chat(), shown))


def without_welcome(text: str) -> str:
    """What staff are greeted with lists their commands, which is no matter of this page."""
    blocks = text.split("\n--- ")
    return "\n--- ".join(
        one for one in blocks if not one.endswith("/start\n") and "/petugas" not in one
    )


async def test_every_right_in_the_chat_and_nothing_left_afterwards(tmp_path: Path):
    async with survey(tmp_path) as (telegram, nip):
        ratna = await telegram.create_person("Ratna", person_id=ADMINISTRATOR)
        siti = await telegram.create_person("Siti", person_id=SITI)
        await do(ratna, "/start")
        await siti.start(TOKEN)
        await after(siti)
        await do(siti, "[Selengkapnya]", "[Kembali]", "[Siapa yang dapat melihat?]", "[Kembali]")
        await do(siti, "[Ya, saya bersedia]", "[Ya]")
        await do(siti, "/datasaya", "[Ya, kirim berkas]")
        await do(siti, "/koreksi", "Jabatan saya Analis Muda, bukan Analis.")
        await after(siti, timedelta(hours=49))
        await do(ratna, "/permintaan", f"[No. 1 - {NAME}]", "[Sudah diperbaiki]")
        await do(siti, "/berhenti", "[Berhenti dari survei ini]")
        await do(siti, "/hapus", "[Ya, hapus]")
        chats = [await chat_of(telegram, siti), await chat_of(telegram, ratna)]
    assert files_with(tmp_path, [NAME, "Wulandari", nip, str(SITI), "Analis Muda"]) == []
    assert files_with(tmp_path, ["Peserta 1"])  # the others are there to be found
    written = "\n".join([HEAD, *(f"```\n{chat}```\n" for chat in chats)])
    if os.environ.get("SAVE_TRANSCRIPTS"):
        GOLDEN.write_text(written, "utf-8")
    assert written == GOLDEN.read_text("utf-8")
