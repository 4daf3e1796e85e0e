"""A coordinator's days in the chat of the real bot: a class is opened, a follow-up goes out, who is silent is reminded, and
the summary of the week arrives.

The chats are docs/transcripts/coordinator.md; SAVE_TRANSCRIPTS=1 writes it anew.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
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
from tests.fieldwork.office import IMPORTED, STUDY, participant, roster, superior, wib
from tests.sent_forms import OLD_FORM, SETTINGS, TWO, old_version, workbook
from tests.whole_bot import bot_run, stopped, until

SECRET, ADMINISTRATOR, COORDINATOR, FIRST = b"s" * 32, 77, 78, 7_000_555_910
GOLDEN = Path(__file__).parent.parent / "docs" / "transcripts" / "coordinator.md"
NAMES = (
    "Adi Saputra",
    "Bunga Lestari",
    "Citra Dewi",
    "Dedi Kurnia",
    "Elok Puspita",
    "Fajar Hidayat",
)
STEP = timedelta(seconds=7)
HEAD = """# A coordinator's days, in the chat

Written by `tests/test_coordinators_day.py` from the real bot on the simulator. All people are invented; the questionnaire is a short one.
Darma opens a class before its list is there, sends the follow-up of an earlier one, sees who is silent, reminds them, asks why somebody
was not reminded, and extends the round. On Monday Ratna, the administrator, gets the summary of the week.
"""


def prepare(connection: Connection) -> None:
    """A class that ended three months ago: six with a personal link, one without Telegram."""
    leader = superior(60)
    people = [
        participant(number, name=name, superior=leader)
        for number, name in enumerate((*NAMES, "Gita Anggraini"), start=1)
    ]
    save_roster(connection, STUDY, roster(participants=tuple(people)), SECRET, IMPORTED)
    for number, name in enumerate(NAMES):
        found = connection.execute(select(tables.people.c.id).where(tables.people.c.name == name))
        new_link(connection, found.scalar_one(), wib("2027-01-12 09:00"), token(number))


def token(number: int) -> str:
    return "p" + "abcdef"[number] * 22


def forms(folder: Path) -> Path:
    folder.mkdir()
    (folder / "post_training.xlsx").write_bytes(old_version())
    for name, title in (("followup_alumni", "Tindak lanjut"), ("followup_superior", "Atasan")):
        content = workbook(OLD_FORM, TWO, (title, name, "1", *SETTINGS[3:]))
        (folder / f"{name}.xlsx").write_bytes(content)
    return folder


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
            address, folder, CLOCK_URL=address, QUESTIONNAIRES_DIR=str(forms(folder / "forms")),
            COORDINATOR_IDS=str(COORDINATOR),
        ) as process,
    ):  # fmt: skip
        await until(lambda: app[BENCH].followers)
        yield telegram
        assert [call.method for call in await telegram.invalid_calls()] == []
        code, log = await stopped(process)
    assert (code, "Traceback" in log) == (0, False)


async def do(person: SimulatedPerson, *what: str) -> None:
    """Typed, or tapped when it stands in brackets."""
    for one in what:
        if one.startswith("["):
            await person.tap(one[1:-1])
        else:
            await person.send_text(one)
        await person.client.wait_quiet(within=180)
        await person.client.advance(STEP)


async def at(telegram: SimulatorClient, moment: datetime) -> None:
    await telegram.wait_quiet(within=180)
    await telegram.advance_to(moment)
    await telegram.wait_quiet(within=180)


def told(call: CallView) -> CallView:
    """A picture or a file is told by its kind."""
    if call.method not in {"sendDocument", "sendPhoto"}:
        return call
    kind = "(berkas)" if call.method == "sendDocument" else "(gambar)"
    text = f"{kind}\n{call.parameters.get('caption', '')}"
    return replace(call, parameters={**call.parameters, "text": text})


def is_told(call: CallView, person: SimulatedPerson) -> bool:
    """The card of a class keeps itself up to date by real time: its later states are left out."""
    text = str(call.parameters.get("text", ""))
    if call.method == "editMessageText" and text.startswith(("<b>Kelas ", "Kelas ")):
        return False
    shows = {"sendMessage", "editMessageText", "sendDocument", "sendPhoto"}
    return call.method in shows and call.parameters.get("chat_id") == str(person.id)


async def chat_of(telegram: SimulatorClient, person: SimulatedPerson) -> str:
    shown = [told(call) for call in await telegram.calls() if is_told(call, person)]
    return transcript(await person.chat(), shown)


async def test_a_coordinators_days_from_opening_a_class_to_the_weekly_summary(tmp_path: Path):
    async with office(tmp_path) as telegram:
        ratna = await telegram.create_person("Ratna", person_id=ADMINISTRATOR)
        darma = await telegram.create_person("Darma", person_id=COORDINATOR)
        alumni = [
            await telegram.create_person(name, person_id=FIRST + number)
            for number, name in enumerate(NAMES)
        ]
        await do(ratna, "/start")
        await do(darma, "/start")
        for number, alumnus in enumerate(alumni):
            await alumnus.start(token(number))
        await do(darma, "/bukakelas Pelayanan Publik Angk. I", "[Hari ini]")
        await at(telegram, wib("2027-01-13 09:00"))
        await do(darma, "/tindaklanjut", "[Manajemen Keuangan Daerah Angk.…]")
        await do(darma, "[Siapa yang tidak dikirim?]", "[Kembali]", "[Kirim 6 undangan]")
        await at(telegram, wib("2027-01-13 10:00"))
        adi, bunga, citra, dedi, *_ = alumni
        await do(adi, "[Mulai]", "[Ya, saya bersedia]", "[Ya]", "3")
        await do(bunga, "[Tidak bersedia]")
        await do(citra, "[Ingatkan besok 09.00]")
        await dedi.block()
        await at(telegram, wib("2027-01-15 09:30"))
        await do(darma, "/status", "[Manajemen Keuangan Daerah Angk.…]")
        await do(darma, "[Siapa yang belum: Tindak lanjut alumni]", "[Lihat status]")
        await do(darma, "[Ingatkan sekarang: Tindak lanjut alumni]", "[Ingatkan 3 orang]")
        await do(darma, "/jelaskan Citra", "/jelaskan Bunga", "/status")
        await do(darma, "[Manajemen Keuangan Daerah Angk.…]", "[Kelola: Tindak lanjut alumni]")
        await do(darma, "[Perpanjang]", "[Sampai Rab 10 Feb]")
        await at(telegram, wib("2027-01-18 08:05"))
        chats = [await chat_of(telegram, darma), await chat_of(telegram, ratna)]
    written = "\n".join([HEAD, *(f"```\n{chat}```\n" for chat in chats)])
    if os.environ.get("SAVE_TRANSCRIPTS"):
        GOLDEN.write_text(written, "utf-8")
    assert written == GOLDEN.read_text("utf-8")
