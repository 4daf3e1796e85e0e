"""What the demo and the tour set up alike: the settings of their bot, the imported roster, a bot that is ready.

Nothing of a real bot is touched: database, secret and token are of this run only.
"""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from bot.demo import processes
from bot.demo.cast import Alumnus
from bot.demo.roster import write_roster
from bot.demo.story import ADMIN, COORDINATOR
from bot.simulator.client import SimulatorClient

WIB = ZoneInfo("Asia/Jakarta")
TOKEN = "123456789:demo"  # noqa: S105 - the local simulator accepts any
BOT_NAME, BOT_TITLE = "evaluasi_bungo_bot", "Evaluasi Pelatihan"
SECRET = "a secret of the demo, of no use elsewhere"  # noqa: S105 - as it says
READY_TRIES, READY_EVERY = 300, 0.1


def settings(url: str, folder: Path) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "CLOCK_URL": url,
        "DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
        "BOT_SECRET": SECRET,
        "ADMIN_IDS": str(ADMIN),
        "COORDINATOR_IDS": str(COORDINATOR),
    }


async def import_roster(
    people: tuple[Alumnus, ...], folder: Path, environment: dict[str, str]
) -> dict[str, str]:
    """The tokens of the personal links, by NIP, read from the workbook as a coordinator would."""
    roster, links = folder / "daftar.xlsx", folder / "tautan.xlsx"
    write_roster(roster, people)
    await processes.command(["import-roster", str(roster), "--links", str(links)], environment)
    rows = load_workbook(links, read_only=True).worksheets[0].iter_rows(values_only=True)
    header = [str(cell) for cell in next(iter(rows))]
    nip, link = header.index("NIP"), header.index("Tautan")
    return {str(row[nip]): str(row[link]).split("start=")[1] for row in rows if row[link]}


async def until_following(client: SimulatorClient) -> None:
    """The bot is up once it answers an announcement of the time with its next due moment."""
    for _ in range(READY_TRIES):
        if (await client.advance(timedelta(0))).steps[-1].next_due is not None:
            return
        await asyncio.sleep(READY_EVERY)
    raise processes.ProcessFailed("the bot did not begin to follow the clock")


def keep_logs(folder: Path) -> Path:
    kept = Path(tempfile.mkdtemp(prefix="bungo-logs-"))
    for log in folder.glob("*.log"):
        shutil.copy2(log, kept)
    return kept
