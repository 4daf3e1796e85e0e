"""`python -m bot tour`: the simulator's page in the browser, on a prepared training, with a guided panel.

The real bot and the simulator are child processes in a temporary folder; no setting of a real bot is touched. It stays until
Ctrl-C. If a child dies it says so, with the last lines of its log.
"""

import argparse
import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from bot.demo import processes, stage
from bot.demo.cast import Alumnus, the_class
from bot.demo.phone import Stuck, World
from bot.demo.roster import LAST_DAY
from bot.demo.stage import WIB
from bot.demo.story import ADMIN, COORDINATOR
from bot.demo.tour import milestones, panel
from bot.demo.tour.actions import Script
from bot.demo.tour.crowd import Casting
from bot.demo.tour.leader import Leader, listening
from bot.demo.tour.watching import Watch
from bot.fieldwork.enrolment import class_token
from bot.simulator import client_tour
from bot.simulator.client import SimulatorClient, SimulatorRefused

MORNING = datetime.combine(LAST_DAY, time(7, 30), WIB)
CURTAIN = datetime.combine(LAST_DAY, time(14, 55), WIB)
STUDY = panel.TEXTS_DIR.parent / "study.toml"
ONLY_TRAINING = 1  # of a fresh database
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Options:
    port: int
    browser: bool
    seed: int
    language: str
    pace: float


class PortTaken(Exception):
    pass


def main(argv: list[str]) -> int:
    options = _options(argv)
    try:
        with tempfile.TemporaryDirectory(prefix="bungo-tour-") as folder:
            return _toured(options, Path(folder))
    except OSError as problem:
        sys.stderr.write(
            f"The tour needs a folder that it can write to: {problem}\n"
            "Name one with some free space, as in: TMPDIR=$HOME make tour\n"
        )
        return 1


def _toured(options: Options, folder: Path) -> int:
    try:
        asyncio.run(_until_stopped(options, folder))
    except PortTaken as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except (processes.ProcessFailed, SimulatorRefused, Stuck) as problem:
        sys.stderr.write(
            f"The tour stopped: {problem}\nIts logs are in {stage.keep_logs(folder)}.\n"
        )
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the folder is left to be removed
    return 0


def _options(argv: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="python -m bot tour")
    parser.add_argument("--port", type=int, default=8080, help="of the page; 0 takes a free one")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same class")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="language of the panel")
    parser.add_argument(
        "--pace", type=float, default=0.3, help="seconds that a move of the class takes at least"
    )
    chosen = parser.parse_args(argv)
    return Options(chosen.port, not chosen.no_browser, chosen.seed, chosen.lang, chosen.pace)


async def _until_stopped(options: Options, folder: Path) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stopped.set)
    tour = asyncio.create_task(_tour(options, folder))
    stop = asyncio.create_task(stopped.wait())
    await asyncio.wait({tour, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not tour.done():
        _tell("The tour ends; the bot and the simulator are stopped.")
        tour.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await tour


async def _tour(options: Options, folder: Path) -> None:
    _refuse_a_taken_port(options.port)
    _tell("Preparing the tour: a training with thirty participants, on its last day ...")
    people = the_class(options.seed)
    log = folder / "simulator.log"
    async with (
        processes.simulator(log, MORNING.isoformat(), options.port) as telegram,
        SimulatorClient(telegram.url) as client,
    ):
        await client.name_bot(stage.TOKEN, stage.BOT_NAME, stage.BOT_TITLE)
        settings = stage.settings(telegram.url, folder) | {"STUDY_FILE": str(_study(folder))}
        links = await stage.import_roster(people, folder, settings)
        async with processes.bot(folder / "bot.log", settings) as robot:
            await stage.until_following(client)
            world = await _populated(client, people)
            await _watched(
                _led(client, _script(options, world, people, links), options),
                {"simulator": (telegram.process, log), "bot": (robot, folder / "bot.log")},
            )


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as taken:
            raise PortTaken(
                f"Port {port} cannot be had ({taken}). Perhaps another tour or simulator is running: "
                "stop it, or take another port, as in: make tour PORT=8090"
            ) from taken


def _study(folder: Path) -> Path:
    """The study as it is, but a tap is never too fast: the clock of the tour goes in steps, not as the finger does."""
    text, found = re.subn(
        r"(?m)^double_tap_seconds = [\d.]+", "double_tap_seconds = 0", STUDY.read_text("utf-8")
    )
    if found != 1:
        raise processes.ProcessFailed(f"{STUDY.name} has {found} lines with double_tap_seconds")
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


async def _populated(client: SimulatorClient, people: tuple[Alumnus, ...]) -> World:
    """The visitor first, so that the page opens on this phone; staff have met the bot already."""
    world = World(client)
    who = panel.parts(people)
    for one in (who.visitor, *who.others):
        await world.join(one.chat_id, one.name, "participant")
    await world.join(COORDINATOR, panel.COORDINATOR_NAME, "coordinator")
    await world.join(ADMIN, panel.ADMIN_NAME, "administrator")
    superiors = {one.superior.chat_id: one.superior for one in (who.visitor, *who.others)}
    for superior in superiors.values():
        await world.join(superior.chat_id, superior.name, "superior")
    for chat_id in (COORDINATOR, ADMIN):
        await world.phone(chat_id).say("/start")
    await world.quiet()
    await world.jump_to(CURTAIN)
    return world


def _script(
    options: Options, world: World, people: tuple[Alumnus, ...], links: dict[str, str]
) -> Script:
    return Script(
        casting=Casting(world, milestones.sentences(panel.TEXTS_DIR), options.seed),
        who=panel.parts(people),
        texts=panel.panel_texts(),
        language=options.language,
        class_token=class_token(stage.SECRET.encode(), ONLY_TRAINING),
        links=links,
        pace=options.pace,
    )


async def _led(client: SimulatorClient, script: Script, options: Options) -> None:
    leader = Leader(script, set())
    async with listening(leader) as callback:
        token = script.links[script.who.superior.nip]
        shown = panel.panel(script.texts, script.language, script.who, token, callback)
        await client_tour.begin(client, shown)
        _open(f"{client.base_url}/?lang={options.language}", browser=options.browser)
        watch = Watch(client, leader)
        await asyncio.gather(watch.tick_off(), watch.pass_time())


def _open(address: str, *, browser: bool) -> None:
    _tell(f"The tour is at {address}\nCtrl-C ends it.")
    if browser and _has_display():
        webbrowser.open(address)


def _has_display() -> bool:
    """Without one webbrowser would start a browser of the terminal, in which the page shows nothing."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


Children = dict[str, tuple[asyncio.subprocess.Process, Path]]


async def _watched(tour: Coroutine[None, None, None], children: Children) -> None:
    """The tour, until a child dies; then the child is what is spoken of, not what followed from its death."""
    led = asyncio.create_task(tour)
    deaths = {asyncio.create_task(process.wait()) for process, _ in children.values()}
    try:
        await asyncio.wait({led, *deaths}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait(deaths, timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
        for name, (process, log) in children.items():
            if process.returncode is not None:
                raise processes.ProcessFailed(f"the {name} has ended.\n{processes.last_lines(log)}")
        await led
    finally:
        for task in (led, *deaths):
            task.cancel()
        await asyncio.gather(led, *deaths, return_exceptions=True)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
