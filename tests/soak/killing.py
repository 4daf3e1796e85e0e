"""Kills the town's bot at named points and at random instants, while people answer and reminders go out.

After every death whatever was acknowledged must be in the database; at the end nothing may be lost, doubled or said twice.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.soak.bot_lives import Lives, bot_lives
from tests.soak.driven_bot_points import POINTS
from tests.soak.town import Town, town
from tests.soak.verdict import confirmed_unseen, is_closed, lost, wrong_in_the_end

SELDOM = ("record", "claim")  # a life passes there only when contacts are due
# In seconds: then the named point was not reached, and the life is ended from outside.
LONGEST_LIFE = 3.0
SHARE_NAMED = 0.8  # some of them are not reached
CLOSED_WITHIN = 120.0


@dataclass(slots=True)
class Deaths:
    random: Random
    at: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.at.total()


async def killed(
    folder: Path, database_url: str, *, size: int, pace: float, kills: int, seed: int
) -> tuple[Deaths, list[str]]:
    """The histogram of deaths, and what is wrong."""
    deaths = Deaths(Random(seed))
    async with (
        town(folder, database_url, size=size, pace=pace) as at,
        bot_lives(at.settings, folder / "log") as lives,
    ):
        living = asyncio.create_task(at.live_through())
        try:
            while deaths.number < kills and not living.done():
                await _one_life(at, lives, deaths)
            await lives.begin()
            await living
            await until_closed(at)
        finally:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)
        return deaths, [*deaths.lost, *wrong_in_the_end(at)]


async def _one_life(at: Town, lives: Lives, deaths: Deaths) -> None:
    random = deaths.random
    named = random.choice(POINTS) if random.random() < SHARE_NAMED else ""
    number = random.randint(1, 2 if named.endswith(SELDOM) else 15)
    await lives.begin(f"{named}:{number}" if named else "-")
    ending = asyncio.create_task(lives.end())
    try:
        await asyncio.wait_for(
            asyncio.shield(ending), LONGEST_LIFE if named else random.uniform(0.15, 1.0)
        )
        where = named
    except TimeoutError:
        lives.kill()
        await ending
        where = "any instant"
    deaths.at[where] += 1
    deaths.lost += [
        f"after death {deaths.number} ({where}): {one}"
        for one in (*lost(at), *confirmed_unseen(at))
    ]


async def until_closed(at: Town) -> None:
    """The bot settles the round in the morning after."""
    async with asyncio.timeout(CLOSED_WITHIN):
        while not is_closed(at):  # noqa: ASYNC110 - the bot's work
            await asyncio.sleep(0.1)
