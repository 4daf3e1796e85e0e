"""`python -m bot demo`: the real bot, a strict local Telegram, a class of thirty, four months in a minute.

Everything lives in a temporary folder and two child processes; no setting of a real bot is touched.
"""

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.demo import outputs, processes, stage
from bot.demo.cast import Alumnus, the_class
from bot.demo.phone import Stuck, World
from bot.demo.roster import LAST_DAY
from bot.demo.stage import WIB
from bot.demo.story import ADMIN, COORDINATOR, Story
from bot.simulator.client import SimulatorClient, SimulatorRefused


@dataclass(frozen=True, slots=True)
class Options:
    seed: int
    out: Path
    delay_ms: float


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot demo")
    parser.add_argument("--headless", action="store_true", help="no page, only progress lines")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the results")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same files")
    parser.add_argument(
        "--delay-ms", type=float, default=0, help="delay each answer by up to so much"
    )
    chosen = parser.parse_args(argv)
    options = Options(chosen.seed, chosen.out, chosen.delay_ms)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bungo-demo-") as folder:
        try:
            asyncio.run(_demo(options, Path(folder)))
        except (processes.ProcessFailed, SimulatorRefused, Stuck) as problem:
            kept = stage.keep_logs(Path(folder))
            sys.stderr.write(f"The demo stopped: {problem}\nIts logs are in {kept}.\n")
            return 1
    sys.stdout.write(f"\nDone in {time.monotonic() - began:.0f} s. Results in {options.out}/:\n")
    made = sorted(options.out.iterdir())
    widest = max(len(path.name) for path in made)
    for path in made:
        sys.stdout.write(f"  {path.name:{widest}} {path.stat().st_size:>8} bytes\n")
    return 0


async def _demo(options: Options, folder: Path) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    people = the_class(options.seed)
    start = datetime.combine(LAST_DAY, datetime.min.time(), WIB).replace(hour=7, minute=30)
    async with (
        processes.simulator(folder / "simulator.log", start.isoformat()) as telegram,
        SimulatorClient(telegram.url) as client,
    ):
        await client.name_bot(stage.TOKEN, stage.BOT_NAME, stage.BOT_TITLE)
        if options.delay_ms:
            await client.set_latency(0, options.delay_ms, seed=secrets.randbits(31))
        settings = stage.settings(telegram.url, folder)
        links = await stage.import_roster(people, folder, settings)
        tell(start, f"the roster is imported: {len(people)} participants")
        async with processes.bot(folder / "bot.log", settings):
            await stage.until_following(client)
            await Story(World(client), people, options.seed, tell).play(links)
            await _write(client, people, options.out)
            await _check(client)
        await processes.command(["export", "--out", str(folder / "tables")], settings)
    for name in ("responses.csv", "codebook.csv"):
        shutil.copy2(folder / "tables" / name, options.out / name)


def tell(moment: datetime, happening: str) -> None:
    sys.stdout.write(f"{moment.astimezone(WIB):%d/%m/%Y %H.%M} WIB  {happening}\n")
    sys.stdout.flush()


async def _write(client: SimulatorClient, people: tuple[Alumnus, ...], out: Path) -> None:
    await outputs.write_summary(client, ADMIN, out)
    await outputs.write_answers(client, ADMIN, out)
    await outputs.write_report(client, COORDINATOR, out)
    shown = next(one for one in people if one.temperament == "editor")
    await outputs.write_chat(client, shown.chat_id, out)


async def _check(client: SimulatorClient) -> None:
    """The bot must have kept to Telegram's limits and to its description."""
    limited, invalid = await client.times_limited(), await client.invalid_calls()
    if limited:
        raise Stuck(f"the simulator had to refuse {limited} calls with 429")
    if invalid:
        raise Stuck(f"calls against the description: {invalid[0].method} {invalid[0].problems}")
