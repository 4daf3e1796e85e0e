"""Somebody answers in a chat while the bot has a summary made of all that a filled database holds: how long each reply takes.

The real bot over HTTP. One person after the other answers the twenty questions, each tap as soon as the next card is there; an
administrator asks /ringkasan meanwhile. What is under way shows in the folder where the summary is made.

    python -m tests.bench.calm RESPONSES     prints how many replies each phase saw, and their middle, 99th part and longest, in ms
"""

import asyncio
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from bot.clock import SystemClock
from bot.simulator import people
from bot.simulator.books import Person
from bot.simulator.workbench import Workbench
from tests.bench.answers import House
from tests.bench.filled import fill
from tests.bench.rivals import Rival, ours

ADMINISTRATOR = 77
BETWEEN = 0.1  # seconds from one person to the next
Phase = Literal["quiet", "tables", "analyst"]
PHASES: tuple[Phase, ...] = get_args(Phase)
Waits = Mapping[Phase, Sequence[float]]


async def measured(
    folder: Path, house: House, answering: int, quiet: int, enough: int = sys.maxsize
) -> Waits:
    """Of so many people at most, the first ones while nothing else is under way; until each phase saw enough replies, or to the end."""
    made_in = folder / "tmp"
    made_in.mkdir()
    filled = partial(fill, house=house, now=SystemClock().now())
    settings = {"ADMIN_IDS": str(ADMINISTRATOR), "TMPDIR": str(made_in)}
    waits: defaultdict[Phase, list[float]] = defaultdict(list)
    async with ours(folder, answering, filled, **settings) as bot:
        for _ in range(quiet):
            await _one_answers(bot, made_in, waits)
        _ask(bot.bench)
        for _ in range(answering - quiet):
            await _one_answers(bot, made_in, waits)
            if _is_there(bot.bench) or all(len(waits[phase]) >= enough for phase in PHASES):
                return waits
    raise AssertionError("everybody has answered, and the summary is not there yet")


async def _one_answers(bot: Rival, made_in: Path, waits: Mapping[Phase, list[float]]) -> None:
    """Who saw two phases counts for none."""
    before = _phase(made_in)
    seen = await bot.leg(1)
    if _phase(made_in) == before:
        waits[before].extend(seen.waits)
    await asyncio.sleep(BETWEEN)


def _phase(made_in: Path) -> Phase:
    folder = next(made_in.glob("bungo-summary-*"), None)
    if folder is None:
        return "quiet"
    last = folder / "trainings.csv"
    return "analyst" if last.exists() and last.stat().st_size else "tables"


def _ask(bench: Workbench) -> None:
    people.add_person(bench.books, Person(ADMINISTRATOR, "Kepala"))
    people.say(bench.scene(), ADMINISTRATOR, "/ringkasan")
    bench.pulse.ring()


def _is_there(bench: Workbench) -> bool:
    """The workbook comes last."""
    told = [
        call
        for call in bench.books.calls
        if call.effect and str(call.parameters.get("chat_id")) == str(ADMINISTRATOR)
    ]
    sorry = [call for call in told if "belum dapat" in str(call.parameters.get("text"))]
    assert not sorry, sorry[0].parameters["text"]  # on a machine that does too much else
    return any(call.method == "sendDocument" for call in told)


def table(waits: Waits) -> str:
    return "".join(
        f"{phase:8}{len(found):6} replies{part(found, 0.5):7.0f} ms{part(found, 0.99):7.0f} ms{max(found) * 1000:7.0f} ms\n"
        for phase, found in waits.items()
        if found
    )


def part(waits: Sequence[float], share: float) -> float:
    """That part of them took no more milliseconds."""
    return sorted(waits)[int(share * (len(waits) - 1))] * 1000


def main(responses: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bungo-calm-") as name:
        house = House(1, responses // 2)
        sys.stdout.write(table(asyncio.run(measured(Path(name), house, answering=1500, quiet=20))))


if __name__ == "__main__":
    main(int(sys.argv[1]))
